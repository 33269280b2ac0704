#include "indexer/source_list.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace pia {
namespace {

using Json = nlohmann::ordered_json;

int rank_of(std::string_view format) {
  constexpr std::array kBestFirst = {"xlsx", "pdf", "html", "text"};
  const auto at = std::ranges::find(kBestFirst, format);
  return static_cast<int>(at - kBestFirst.begin());
}

}  // namespace

void sort_sources(std::vector<SourceRecord>& sources) {
  std::ranges::sort(sources, [](const SourceRecord& a, const SourceRecord& b) {
    return std::pair(rank_of(a.format), std::string_view(a.path)) <
           std::pair(rank_of(b.format), std::string_view(b.path));
  });
}

std::vector<SourceRecord> parse_sources(const Json& list) {
  std::vector<SourceRecord> out;
  if (!list.is_array()) return out;
  for (const auto& source : list) {
    if (!source.is_object()) continue;
    const auto text = [&](const char* key) -> std::optional<std::string> {
      const auto found = source.find(key);
      if (found == source.end() || !found->is_string()) return std::nullopt;
      return found->get<std::string>();
    };
    out.push_back({text("path").value_or(""), text("format").value_or(""),
                   text("sha256").value_or(""), text("url")});
  }
  return out;
}

std::vector<SourceRecord> parse_sources(std::string_view json) {
  return parse_sources(Json::parse(json, nullptr, false));
}

std::string sources_json(const std::vector<SourceRecord>& sources) {
  Json list = Json::array();
  for (const auto& source : sources) {
    list.push_back({{"path", source.path},
                    {"format", source.format},
                    {"sha256", source.sha256},
                    {"url", source.url ? Json(*source.url) : Json()}});
  }
  return list.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pia
