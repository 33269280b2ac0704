// Decoding is our own, not the HTTP library's: a broken percent sign or a byte that is no UTF-8 is
// an error that says so, where the library would pass rubbish on.

#include "server/request_params.h"

#include <fmt/format.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <charconv>

#include "query/links.h"

namespace pia {
namespace {

constexpr std::size_t kMaxPairs = 500;

Error usage(std::string reason) { return Error{ErrorCode::Usage, std::move(reason), {}, 0, 0}; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
bool is_plain_text(std::string_view text) {
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, length, c);
    if (c < 0 || c == 0x7f) return false;
    if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') return false;
  }
  return true;
}
#pragma GCC diagnostic pop

Result<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return usage("URL の % の後に 16 進数が 2 桁ありません");
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  if (!is_plain_text(out)) return usage("URL に UTF-8 でない文字または制御文字があります");
  return out;
}

struct ViewName {
  View view;
  const char* name;
};
constexpr ViewName kViews[] = {{View::Assessments, "assessments"},
                               {View::Contracts, "contracts"},
                               {View::Revisions, "revisions"}};
struct SortName {
  Sort sort;
  const char* name;
};
constexpr SortName kSorts[] = {{Sort::Relevance, "relevance"},
                               {Sort::Published, "published"},
                               {Sort::Municipality, "municipality"},
                               {Sort::Rarity, "rarity"}};

bool is_facet(std::string_view name) {
  return std::ranges::any_of(facet_labels(), [&](const FacetLabel& f) { return name == f.name; });
}

// Parameters of a search that are no facet.
bool is_search_word(std::string_view name) {
  constexpr std::string_view kWords[] = {"q",      "view",   "versions", "from",
                                         "to",     "sort",   "offset",   "limit",
                                         "facets", "format", "raw",      "facet_limit"};
  return std::ranges::find(kWords, name) != std::end(kWords);
}

Status read_view(const std::string& value, SearchRequest& request) {
  if (value.empty()) return Done{};
  for (const ViewName& row : kViews) {
    if (value == row.name) {
      request.view = row.view;
      return Done{};
    }
  }
  return usage(fmt::format("view={} はありません（assessments, contracts, revisions）", value));
}

Status read_sort(const std::string& value, SearchRequest& request) {
  if (value.empty()) return Done{};
  for (const SortName& row : kSorts) {
    if (value == row.name) {
      request.sort = row.sort;
      return Done{};
    }
  }
  return usage(
      fmt::format("sort={} はありません（relevance, published, municipality, rarity）", value));
}

Status read_versions(const std::string& value, SearchRequest& request) {
  if (value.empty() || value == "latest") return Done{};
  if (value != "all") return usage(fmt::format("versions={} はありません（latest, all）", value));
  request.versions = Versions::All;
  return Done{};
}

Status read_numbers(const Params& params, Strictness strictness, SearchRequest& request) {
  const auto offset = number_param(params, "offset", 0, 0, 10'000'000);
  const auto limit = number_param(params, "limit", 20, 0, 100);
  const auto facet_limit = number_param(params, "facet_limit", 50, 1, 10'000);
  if (strictness == Strictness::Api) {
    for (const auto* number : {&offset, &limit, &facet_limit})
      if (!*number) return number->error();
  }
  request.offset = offset.value_or(0);
  request.limit = limit.value_or(20);
  request.facet_limit = facet_limit.value_or(50);
  return Done{};
}

Status read_facets(const Params& params, SearchRequest& request) {
  for (const std::string& list : all_params(params, "facets")) {
    for (std::size_t from = 0; from <= list.size();) {
      const std::size_t comma = std::min(list.find(',', from), list.size());
      const std::string name = list.substr(from, comma - from);
      from = comma + 1;
      if (name.empty()) continue;
      if (!is_facet(name))
        return usage(fmt::format("facets={} という絞り込み項目はありません", name));
      request.facets.push_back(name);
    }
  }
  return Done{};
}

}  // namespace

Result<Params> parse_params(std::string_view query) {
  Params params;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = decode(pair.substr(0, equals), true);
    if (!name) return name.error();
    auto value = decode(equals < pair.size() ? pair.substr(equals + 1) : "", true);
    if (!value) return value.error();
    if (params.size() == kMaxPairs)
      return usage(fmt::format("パラメーターは {} 個までです", kMaxPairs));
    params.emplace_back(std::move(*name), std::move(*value));
  }
  return params;
}

Result<std::string> decode_path(std::string_view path) { return decode(path, false); }

std::string encode_params(const Params& params) {
  std::string out;
  for (const auto& [name, value] : params) {
    if (!out.empty()) out += '&';
    out += percent_encode(name) + '=' + percent_encode(value);
  }
  return out;
}

std::string url(std::string_view path, const Params& params) {
  std::string out(path);
  if (!params.empty()) out += '?' + encode_params(params);
  return out;
}

std::string param(const Params& params, std::string_view name) {
  const auto found =
      std::ranges::find_if(params, [&](const auto& pair) { return pair.first == name; });
  return found == params.end() ? std::string() : found->second;
}

std::vector<std::string> all_params(const Params& params, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : params)
    if (key == name) values.push_back(value);
  return values;
}

Result<std::uint32_t> number_param(const Params& params, std::string_view name,
                                   std::uint32_t fallback, std::uint32_t least,
                                   std::uint32_t most) {
  const std::string text = param(params, name);
  if (text.empty()) return fallback;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least || number > most)
    return usage(
        fmt::format("{}={}: {} から {} までの整数を指定してください", name, text, least, most));
  return number;
}

const std::vector<FacetLabel>& facet_labels() {
  static const std::vector<FacetLabel> names = {{"prefecture", "都道府県"},
                                                {"municipality", "自治体"},
                                                {"category", "事務分野"},
                                                {"contractor", "委託先"},
                                                {"subcontract", "再委託"},
                                                {"incident", "重大事故"},
                                                {"kind", "種類"},
                                                {"year", "公表年"},
                                                {"people", "対象人数"},
                                                {"system", "システム"},
                                                {"process", "事務"},
                                                {"staff", "取扱者数"},
                                                {"former_contractor", "旧委託先"},
                                                {"form", "様式"}};
  return names;
}

std::string facet_label(std::string_view name) {
  for (const FacetLabel& facet : facet_labels())
    if (name == facet.name) return facet.label;
  return std::string(name);
}

Result<SearchRequest> search_request(const Params& params, Strictness strictness) {
  SearchRequest request;
  for (const auto& [name, value] : params) {
    if (is_facet(name)) {
      if (!value.empty() && value != "-") request.filters[name].push_back(value);
    } else if (strictness == Strictness::Api && !is_search_word(name)) {
      return usage(fmt::format("{} というパラメーターはありません", name));
    }
  }
  request.text = param(params, "q");
  request.from = param(params, "from");
  request.to = param(params, "to");
  request.raw = param(params, "raw") == "1";
  for (const Status& status :
       {read_view(param(params, "view"), request),
        read_versions(param(params, "versions"), request),
        read_sort(param(params, "sort"), request), read_numbers(params, strictness, request),
        read_facets(params, request)})
    if (!status) return status.error();
  return request;
}

Params search_params(const SearchRequest& request) {
  Params params;
  if (!request.text.empty()) params.emplace_back("q", request.text);
  if (request.view != View::Assessments) params.emplace_back("view", view_word(request.view));
  if (request.versions != Versions::Latest)
    params.emplace_back("versions", versions_word(request.versions));
  for (const FacetLabel& facet : facet_labels()) {
    const auto found = request.filters.find(facet.name);
    if (found == request.filters.end()) continue;
    for (const std::string& value : found->second) params.emplace_back(facet.name, value);
  }
  if (!request.from.empty()) params.emplace_back("from", request.from);
  if (!request.to.empty()) params.emplace_back("to", request.to);
  if (request.raw) params.emplace_back("raw", "1");
  if (request.sort != Sort::Relevance) params.emplace_back("sort", sort_word(request.sort));
  if (request.offset > 0) params.emplace_back("offset", std::to_string(request.offset));
  return params;
}

const char* view_word(View view) {
  for (const ViewName& row : kViews)
    if (row.view == view) return row.name;
  return "";
}

const char* versions_word(Versions versions) {
  return versions == Versions::All ? "all" : "latest";
}

const char* sort_word(Sort sort) {
  for (const SortName& row : kSorts)
    if (row.sort == sort) return row.name;
  return "";
}

Result<Format> format_param(const Params& params) {
  const std::string value = param(params, "format");
  if (value.empty() || value == "json") return Format::AsJson;
  if (value == "csv") return Format::Csv;
  if (value == "xlsx") return Format::Xlsx;
  return usage(fmt::format("format={} はありません（json, csv, xlsx）", value));
}

}  // namespace pia
