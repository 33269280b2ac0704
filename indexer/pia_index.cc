// The program pia-index. Commands are functions; main() reads options and chooses.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "indexer/assessment.h"
#include "indexer/extract.h"
#include "indexer/source_reader.h"

namespace {

using namespace pia;

constexpr int kDone = 0, kRejected = 1, kUsage = 2;

Result<std::string> read_all(const std::string& path) {
  if (path == "-") {
    return std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{ErrorCode::SourceMissing, "no such file, or not readable", path};
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad()) return Error{ErrorCode::SourceMissing, "cannot be read", path};
  return bytes;
}

int report(const Error& error) {
  fmt::print(stderr, "pia-index: {}: {}\n", error.file.empty() ? "?" : error.file, error.reason);
  return kRejected;
}

// One source file → its assessment as JSON on standard output; no index touched.
int extract_one(const std::string& path, bool explain, bool ocr) {
  Result<std::string> bytes = read_all(path);
  if (!bytes) return report(bytes.error());
  ReadOptions options;
  options.ocr = ocr;
  Result<Source> source = read_source(*bytes, path, options);
  if (!source) return report(source.error());
  Result<Assessment> assessment = extract(*source);
  if (!assessment) return report(assessment.error());
  const std::string json = to_json(*assessment, explain).dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
  std::fwrite(json.data(), 1, json.size(), stdout);
  std::fputc('\n', stdout);
  return std::fflush(stdout) == 0 ? kDone : kRejected;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Reads privacy impact assessments (特定個人情報保護評価書)."};
  app.set_version_flag("--version", "pia-index " PIA_VERSION);
  std::vector<std::string> paths;
  bool extract_only = false, explain = false, ocr = false;
  app.add_option("PATH", paths, "source files; '-' is standard input");
  app.add_flag("--extract", extract_only, "print the assessment in the one file given as JSON");
  app.add_flag("--explain", explain, "with --extract: add what decided each value");
  app.add_flag("--ocr", ocr, "read scanned pages with tesseract");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? kDone : kUsage;
  }
  if (extract_only && paths.size() == 1) return extract_one(paths[0], explain, ocr);
  fmt::print(stderr, "pia-index: nothing to do; see --help\n");
  return kUsage;
}
