// What must hold on the real documents beside the project, if they are there.

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "indexer/assessment.h"
#include "indexer/extract.h"

using namespace pia;
namespace fs = std::filesystem;

namespace {

std::optional<nlohmann::ordered_json> seed(const std::string& number) {
  const fs::path folder = fs::path(PIA_SHARED_DIR) / "seeds";
  if (!fs::is_directory(folder)) {
    WARN("skipped: no " << folder.string());
    return std::nullopt;
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename().string().rfind(number + "_", 0) != 0) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const auto source = read_text_source(bytes, entry.path().string());
    REQUIRE(source);
    const auto assessment = extract(*source);
    REQUIRE(assessment);
    return to_json(*assessment);
  }
  WARN("skipped: no seed " << number);
  return std::nullopt;
}

std::map<std::string, std::string> roles(const nlohmann::ordered_json& a) {
  std::map<std::string, std::string> found;
  for (const auto& o : a["organisations"]) found[o["name"]] = o["role"];
  return found;
}

}  // namespace

TEST_CASE("of five real assessments four report incidents") {
  const std::map<std::string, bool> occurred = {
      {"000", true}, {"001", true}, {"002", true}, {"003", false}, {"004", true}};
  for (const auto& [number, expected] : occurred) {
    const auto a = seed(number);
    if (!a) continue;
    CAPTURE(number);
    CHECK((*a)["incidents"]["occurred"] == expected);
  }
}

TEST_CASE("a real tab-separated assessment with missing pages") {
  const auto a = seed("001");
  if (!a) return;
  CHECK((*a)["published_on"] == "2025-07-31");
  CHECK((*a)["body"]["municipality"] == "川崎市");
  CHECK((*a)["revisions"].size() == 95);
  CHECK((*a)["files"][0]["contracts"]["count"] == 4);
  CHECK((*a)["files"][0]["contracts"]["rows"].size() == 1);
  CHECK((*a)["incidents"]["attachments"][0]["cases"].size() == 1);
  CHECK(roles(*a)["アデコ株式会社"] == "contractor by history");
  CHECK(roles(*a)["株式会社野村総合研究所"] == "former contractor");
}

TEST_CASE("a real tab-separated assessment whose ticks are lost") {
  const auto a = seed("002");
  if (!a) return;
  CHECK((*a)["published_on"] == "2026-02-05");
  CHECK((*a)["process"]["category"] == "児童手当");
  CHECK((*a)["files"][0]["contracts"]["rows"].empty());
  CHECK(roles(*a)["日本郵便株式会社"] == "former contractor");
}
