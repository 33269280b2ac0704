#include "support/test_index.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace pia {

namespace {

nlohmann::ordered_json complete(const std::string& text) {
  auto record = nlohmann::ordered_json::parse(text);
  const std::string hash = fmt::format("{:016x}", std::hash<std::string>()(text));
  if (!record.contains("schema")) record["schema"] = 1;
  if (!record.contains("id")) record["id"] = hash;
  if (!record.contains("series")) record["series"] = record["id"];
  if (!record.contains("sources")) {
    const std::string path = "test/" + record["id"].get<std::string>() + ".txt";
    record["sources"] = {{{"path", path}, {"format", "text"}, {"sha256", hash}, {"url", nullptr}}};
  }
  return record;
}

}  // namespace

TestFolder::TestFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "pia-test-XXXXXX").string();
  if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

TestIndex::TestIndex(const std::vector<std::string>& records) { add(records); }

WriterSummary TestIndex::add(const std::vector<std::string>& records, WriterOptions options) {
  auto writer = IndexWriter::open(dir(), options);
  if (!writer) throw std::runtime_error(writer.error().reason);
  for (const auto& text : records) {
    const auto added = writer->add(complete(text));
    if (!added) throw std::runtime_error(added.error().reason);
  }
  auto summary = writer->publish();
  if (!summary) throw std::runtime_error(summary.error().reason);
  return *summary;
}

}  // namespace pia
