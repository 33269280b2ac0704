// pia-query: searches an index from the command line. Data goes to standard output, everything else
// to standard error. Exit codes: 0 done, 2 wrong usage or malformed query, 3 the index cannot be
// read.

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "query/answers_json.h"
#include "query/batch.h"
#include "query/csv.h"
#include "query/index_reader.h"
#include "query/result_format.h"
#include "query/searcher.h"

namespace {

constexpr const char* kExamples = R"(Examples:
  pia-query --db index '委託先:アデコ 再委託:しない'
      assessments in which one and the same 委託事項 has that contractor and no subcontracting
  pia-query --db index --view contracts --format csv '都道府県:埼玉県 クラウド' > contracts.csv
      every 委託事項 of that prefecture that speaks of クラウド, for a spreadsheet

The query language: words (all must be found), "..." or 「...」 (these characters in a row), OR or |,
- or NOT, ( ), 日本電* (begins with), 委託先:アデコ (fields), 公表日:2024..2025 (dates). An empty query means
everything. Write -- before a query that begins with a dash: pia-query --db index -- '-委託先:アデコ'.)";

struct Options {
  std::string db, view = "assessments", versions = "latest", format = "table", sort = "relevance";
  std::string facets, from, to, batch, query;
  std::vector<std::string> filters;
  int limit = -1;
  unsigned offset = 0;
  bool raw = false;
};

int exit_code(pia::ErrorCode code) {
  switch (code) {
    case pia::ErrorCode::Usage:
    case pia::ErrorCode::MalformedQuery:
    case pia::ErrorCode::NotFound:
      return 2;
    case pia::ErrorCode::SourceMissing:
    case pia::ErrorCode::SourceEmpty:
    case pia::ErrorCode::SourceNotText:
    case pia::ErrorCode::SourceNotForm:
    case pia::ErrorCode::SourceDamaged:
    case pia::ErrorCode::SourceTooBig:
    case pia::ErrorCode::SourceUnsupported:
      return 1;
    case pia::ErrorCode::IndexMissing:
    case pia::ErrorCode::IndexVersion:
    case pia::ErrorCode::IndexDamaged:
    case pia::ErrorCode::IndexBusy:
    case pia::ErrorCode::IndexIo:
    case pia::ErrorCode::Dictionary:
    case pia::ErrorCode::Internal:
      return 3;
  }
  return 3;
}

int fail(const pia::Error& error) {
  std::cerr << "pia-query: ";
  if (!error.file.empty()) std::cerr << error.file << ": ";
  if (error.column > 0) std::cerr << error.column << " 文字目: ";
  std::cerr << error.reason << "\n";
  return exit_code(error.code);
}

std::vector<std::string> split(const std::string& list, char at) {
  std::vector<std::string> out;
  std::istringstream stream(list);
  for (std::string item; std::getline(stream, item, at);) {
    if (!item.empty()) out.push_back(item);
  }
  return out;
}

pia::Result<pia::SearchRequest> request_of(const Options& options) {
  pia::SearchRequest request;
  request.text = options.query;
  const auto view = pia::view_named(options.view);
  if (!view) return view.error();
  const auto versions = pia::versions_named(options.versions);
  if (!versions) return versions.error();
  const auto sort = pia::sort_named(options.sort);
  if (!sort) return sort.error();
  request.view = *view;
  request.versions = *versions;
  request.sort = *sort;
  request.from = options.from;
  request.to = options.to;
  request.offset = options.offset;
  request.raw = options.raw;
  request.facets = split(options.facets, ',');
  request.unlimited = options.limit < 0 && options.format == "csv";
  if (options.limit >= 0) request.limit = static_cast<std::uint32_t>(options.limit);
  for (const std::string& filter : options.filters) {
    const std::size_t at = filter.find('=');
    if (at == std::string::npos) {
      return pia::Error{pia::ErrorCode::Usage,
                        "--filter は 名前=値 の形で書いてください: " + filter, "", 0, 0};
    }
    request.filters[filter.substr(0, at)].push_back(filter.substr(at + 1));
  }
  return request;
}

int search(const Options& options) {
  if (options.format != "table" && options.format != "json" && options.format != "csv") {
    return fail(
        {pia::ErrorCode::Usage,
         fmt::format("「{}」という形式はありません (table, json, csv のどれか)", options.format),
         "", 0, 0});
  }
  const auto request = request_of(options);
  if (!request) return fail(request.error());
  const auto searcher = pia::Searcher::open(options.db);
  if (!searcher) return fail(searcher.error());
  const auto result = searcher->search(*request);
  if (!result) return fail(result.error());
  if (options.format == "json") {
    std::cout << pia::to_json(*result).dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
              << "\n";
  } else if (options.format == "csv") {
    std::cout << pia::to_csv(*result);
  } else {
    std::cout << pia::to_table(*result, isatty(STDOUT_FILENO) != 0);
  }
  return 0;
}

pia::Result<std::string> read_all(const std::string& path) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream file(path, std::ios::binary);
  if (!file) return pia::Error{pia::ErrorCode::Usage, "名前の一覧を開けません", path, 0, 0};
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void print_batch_csv(const std::vector<pia::BatchRow>& rows) {
  std::cout << pia::kByteOrderMark << pia::csv_record(pia::batch_headings());
  for (const auto& row : pia::batch_table(rows)) std::cout << pia::csv_record(row);
}

void print_batch_table(const std::vector<pia::BatchRow>& rows) {
  for (const pia::BatchRow& row : rows) {
    std::cout << fmt::format("{}  現在 {} ・ 旧 {} ・ 履歴から {} ・ 言及 {}\n",
                             row.name.empty() ? row.input : row.name, row.present, row.former,
                             row.by_history, row.mentioned);
  }
}

int look_up(const Options& options) {
  const auto text = read_all(options.batch);
  if (!text) return fail(text.error());
  const auto searcher = pia::Searcher::open(options.db);
  if (!searcher) return fail(searcher.error());
  const auto rows = pia::look_up(*searcher->snapshot(), pia::batch_names(*text));
  if (!rows) return fail(rows.error());
  if (options.format == "json") {
    std::cout << pia::to_json(*rows).dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
              << "\n";
  } else if (options.format == "csv") {
    print_batch_csv(*rows);
  } else {
    print_batch_table(*rows);
  }
  return 0;
}

void declare(CLI::App& app, Options& options) {
  app.set_version_flag("--version", std::string("pia-query ") + PIA_VERSION);
  app.add_option("--db", options.db, "directory of the index")->required()->type_name("DIR");
  app.add_option("--view", options.view, "assessments, contracts or revisions")
      ->capture_default_str();
  app.add_option("--versions", options.versions,
                 "latest: the newest publication of each series; all")
      ->capture_default_str();
  app.add_option("--format", options.format, "table, json or csv")->capture_default_str();
  app.add_option("--limit", options.limit, "hits to print (default: 20; csv: all)")
      ->check(CLI::Range(0, 1000000));
  app.add_option("--offset", options.offset, "hits to skip")->capture_default_str();
  app.add_option("--sort", options.sort, "relevance, published, municipality or rarity")
      ->capture_default_str();
  app.add_option("--facets", options.facets,
                 "facets to count, by commas: prefecture,contractor,...");
  app.add_option("--filter", options.filters,
                 "a facet's value, as prefecture=埼玉県 or kind=-全項目; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--from", options.from, "published on or after: 2024, 2024-04, 令和6年4月1日");
  app.add_option("--to", options.to, "published on or before");
  app.add_flag("--raw", options.raw, "no synonyms and no other spellings");
  app.add_option("--batch", options.batch,
                 "look up names of companies, one a line, instead of searching (-: standard input)")
      ->type_name("FILE");
  app.add_option("QUERY", options.query, "what to search; see below");
  app.footer(kExamples);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Searches the privacy impact assessments of an index.", "pia-query"};
  Options options;
  declare(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : 2;
  }
  return options.batch.empty() ? search(options) : look_up(options);
}
