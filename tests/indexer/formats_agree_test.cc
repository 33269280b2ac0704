// One document as workbook, PDF and saved web page gives the same assessment, field for field.

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "indexer/extract.h"
#include "indexer/source_reader.h"

using namespace pia;
using Json = nlohmann::ordered_json;

namespace {

// Without what must differ: places, the source itself, and the passages' spacing.
void strip(Json& json) {
  if (json.is_object()) {
    for (const char* key : {"where", "places", "sources", "passages", "warnings", "id"})
      json.erase(key);
  }
  if (json.is_string()) {
    std::string text = json.get<std::string>(), out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text.compare(i, 3, "　") == 0)
        i += 2;
      else if (text[i] != ' ' && text[i] != '\n')
        out += text[i];
    }
    json = out;
  }
  for (Json& child : json) {
    if (json.is_structured()) strip(child);
  }
}

Json fields(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  const auto source = read_source(bytes.str(), path.filename().string());
  REQUIRE(source);
  const auto assessment = extract(*source);
  REQUIRE(assessment);
  Json json = to_json(*assessment);
  strip(json);
  return json;
}

}  // namespace

TEST_CASE("workbook, PDF and HTML of the same content agree in every field") {
  int compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator(PIA_SOURCE_DIR "/sample-data")) {
    if (entry.path().extension() != ".xlsx") continue;
    const Json workbook = fields(entry.path());
    for (const char* extension : {".pdf", ".html"}) {
      std::filesystem::path other = entry.path();
      if (!std::filesystem::exists(other.replace_extension(extension))) continue;
      CAPTURE(other.filename().string());
      const Json difference = Json::diff(workbook, fields(other));
      CHECK(difference.dump() == "[]");
      ++compared;
    }
  }
  CHECK(compared >= 2);
}
