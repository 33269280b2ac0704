// The assessment of each sample source that is read as rows of cells, as golden files: what a
// change of extraction changes is read there. UPDATE_GOLDEN=1 rewrites them. Passages and places
// are left out: they repeat the source; laws about them are in extract_cells_test.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "dicts/normalizer.h"
#include "indexer/assessment.h"
#include "indexer/extract.h"
#include "indexer/source_reader.h"

using namespace pia;
using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

const fs::path kSamples = fs::path(PIA_SOURCE_DIR) / "sample-data";
const fs::path kGolden = fs::path(PIA_SOURCE_DIR) / "tests" / "golden" / "extract";

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Without what depends on the file: its path and hash, places, and the identity made of them.
void strip(Json& json) {
  if (json.is_object()) {
    for (const char* key : {"where", "places", "passages", "sources", "id", "series"})
      json.erase(key);
  }
  if (json.is_structured()) {
    for (auto& child : json) strip(child);
  }
}

// nullopt for a source of the other layout.
std::optional<Json> extracted(const fs::path& path) {
  const auto source = read_source(read_file(path), path.filename().string());
  REQUIRE(source);
  if (source->layout != SourceLayout::Cells) return std::nullopt;
  const auto assessment = extract(*source);
  REQUIRE(assessment);
  Json json = to_json(*assessment);
  strip(json);
  return json;
}

// Every string folded and without white space: formats break lines in different places.
void fold_strings(Json& json) {
  if (json.is_string()) {
    json = fold_literal_text(json.get<std::string>());
  } else if (json.is_structured()) {
    for (auto& child : json) fold_strings(child);
  }
}

}  // namespace

TEST_CASE("sample sources in cells give the assessments of the golden files") {
  const bool update = std::getenv("UPDATE_GOLDEN") != nullptr;
  int compared = 0;
  for (const auto& entry : fs::directory_iterator(kSamples)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".txt") continue;
    const auto json = extracted(entry.path());
    if (!json) continue;
    CAPTURE(entry.path().filename().string());
    const fs::path golden = kGolden / (entry.path().stem().string() + ".json");
    const std::string text = json->dump(1) + "\n";
    if (update) {
      fs::create_directories(kGolden);
      std::ofstream(golden, std::ios::binary) << text;
    }
    CHECK((read_file(golden) == text));
    ++compared;
  }
  CHECK(compared >= 5);
}

TEST_CASE("the workbook, the PDF and the web page of one assessment agree in every field") {
  std::optional<Json> first;
  for (const char* name :
       {"hamamatsu-kaigo-2025.xlsx", "hamamatsu-kaigo-2025.pdf", "hamamatsu-kaigo-2025.html"}) {
    CAPTURE(name);
    std::optional<Json> json = extracted(kSamples / name);
    REQUIRE(json);
    fold_strings(*json);
    json->erase("warnings");
    if (!first) {
      first = json;
      continue;
    }
    for (const auto& [key, value] : first->items()) {
      CAPTURE(key);
      CHECK((value == (*json)[key]));
    }
  }
}
