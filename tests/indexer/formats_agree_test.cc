// One document as workbook, PDF and saved web page gives the same assessment, field for field.

#include <algorithm>
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

// Every value that `text` has is the workbook's; what it has not is null. Lists of words keep only
// words of the workbook's list.
void check_agrees(const Json& text, const Json& workbook, const std::string& path, int& missing) {
  CAPTURE(path);
  if (text.is_object() || (text.is_array() && !text.empty() && text[0].is_object())) {
    REQUIRE(workbook.type() == text.type());
    if (text.is_array()) CHECK(text.size() <= workbook.size());
    for (const auto& [key, value] : text.items()) {
      const Json other = text.is_array()          ? workbook.at(std::stoul(key))
                         : workbook.contains(key) ? workbook.at(key)
                                                  : Json();
      check_agrees(value, other, path + "/" + key, missing);
    }
  } else if (text.is_array()) {
    for (const Json& word : text)
      CHECK(std::find(workbook.begin(), workbook.end(), word) != workbook.end());
    missing += text.size() < workbook.size();
  } else if (text.is_null()) {
    missing += !workbook.is_null();
  } else {
    CHECK(text.dump() == workbook.dump());
  }
}

TEST_CASE("the text of the PDF agrees with the workbook or is null, and then says so") {
  int compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator(PIA_SOURCE_DIR "/sample-data")) {
    std::filesystem::path text = entry.path();
    if (text.extension() != ".xlsx" || !std::filesystem::exists(text.replace_extension(".txt")))
      continue;
    CAPTURE(text.filename().string());
    int missing = 0;
    check_agrees(fields(text), fields(entry.path()), "", missing);
    CHECK(missing <= 8);  // of some 160 values
    std::ifstream in(text, std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    const auto source = read_source(bytes.str(), text.filename().string());
    REQUIRE(source);
    if (missing > 0) CHECK_FALSE(extract(*source)->warnings.empty());
    ++compared;
  }
  CHECK(compared >= 1);
}
