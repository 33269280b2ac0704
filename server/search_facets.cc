// Selected values are always shown, the most frequent ones first, the rest behind "more". Each
// value links to the search with it chosen, or no longer chosen; a second link leaves it out.

#include "server/search_facets.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/page.h"
#include "server/request_params.h"

namespace pia {
namespace {

constexpr std::size_t kShown = 6;  // values of a facet before "more"

Json facet_value(const SearchRequest& request, const Facet& facet, const FacetValue& value,
                 std::uint32_t most) {
  Json out = {{"value", shown_value(facet.name, value.value)},
              {"count", grouped(value.count)},
              {"url", search_link(toggled(request, facet.name, value.value, value.excluded))},
              {"selected", value.selected},
              {"excluded", value.excluded},
              {"child", !value.parent.empty()},
              {"bar", bar(static_cast<double>(value.count) / std::max<double>(1, most))}};
  out["exclude_url"] = value.selected || value.excluded
                           ? ""
                           : search_link(toggled(request, facet.name, value.value, true));
  return out;
}

// Municipalities stand under their prefecture: a heading row of the prefecture facet, then its own.
std::vector<FacetValue> grouped_by_prefecture(const Facet& municipalities,
                                              const Facet* prefectures) {
  std::vector<FacetValue> out;
  std::vector<std::string> order;
  if (prefectures != nullptr)
    for (const FacetValue& prefecture : prefectures->values) order.push_back(prefecture.value);
  for (const FacetValue& value : municipalities.values)
    if (std::ranges::find(order, value.parent) == order.end()) order.push_back(value.parent);
  for (const std::string& parent : order)
    for (const FacetValue& value : municipalities.values)
      if (value.parent == parent) out.push_back(value);
  return out;
}

const Facet* find_facet(const SearchResult& result, std::string_view name) {
  const auto found = std::ranges::find(result.facets, name, &Facet::name);
  return found == result.facets.end() ? nullptr : &*found;
}

std::uint32_t most_of(const Facet& facet) {
  std::uint32_t most = 1;
  for (const FacetValue& value : facet.values) most = std::max(most, value.count);
  return most;
}

Json facet_model(const SearchRequest& request, const Facet& facet, const SearchExtras& extras) {
  Json out = {{"name", facet.name}, {"label", facet_label(facet.name)}};
  Json values = Json::array(), more = Json::array();
  const std::uint32_t most = most_of(facet);
  const auto part = extras.facet_parts.find(facet.name);
  const bool searching = part != extras.facet_parts.end() && !part->second.empty();
  for (const FacetValue& value : facet.values) {
    const bool first = searching || values.size() < kShown || value.selected || value.excluded;
    Json row = facet_value(request, facet, value, most);
    row["child"] = false;
    (first ? values : more).push_back(std::move(row));
  }
  out["values"] = std::move(values);
  out["more_count"] = more.size();
  out["more"] = std::move(more);
  if (facet.distinct > kShown || searching)
    out["search"] = {{"facet", facet.name},
                     {"label", facet_label(facet.name)},
                     {"part", searching ? part->second : ""},
                     {"distinct", facet.distinct},
                     {"hidden", hidden_fields(request, {})}};
  return out;
}

// 都道府県 and 自治体 as one list of two levels.
Json place_model(const SearchRequest& request, const SearchResult& result,
                 const SearchExtras& extras) {
  const Facet* prefectures = find_facet(result, "prefecture");
  const Facet* municipalities = find_facet(result, "municipality");
  if (municipalities == nullptr) return nullptr;
  Json out = {{"name", "municipality"}, {"label", "自治体"}};
  Json values = Json::array(), more = Json::array();
  const auto part = extras.facet_parts.find("municipality");
  const bool searching = part != extras.facet_parts.end() && !part->second.empty();
  const std::uint32_t most =
      prefectures != nullptr ? most_of(*prefectures) : most_of(*municipalities);
  std::string last_parent = "\n";
  std::size_t parents = 0;
  for (const FacetValue& value : grouped_by_prefecture(*municipalities, prefectures)) {
    if (value.parent != last_parent) {
      last_parent = value.parent;
      ++parents;
      const FacetValue* head = nullptr;
      if (prefectures != nullptr) {
        const auto found = std::ranges::find(prefectures->values, value.parent, &FacetValue::value);
        if (found != prefectures->values.end()) head = &*found;
      }
      const bool chosen = head != nullptr && (head->selected || head->excluded);
      if (head != nullptr)
        ((searching || parents <= 4 || chosen) ? values : more)
            .push_back(facet_value(request, *prefectures, *head, most));
    }
    const bool first =
        searching || (parents <= 4 && values.size() < 14) || value.selected || value.excluded;
    Json row = facet_value(request, *municipalities, value, most);
    row["child"] = !value.parent.empty();
    (first ? values : more).push_back(std::move(row));
  }
  out["values"] = std::move(values);
  out["more_count"] = more.size();
  out["more"] = std::move(more);
  if (municipalities->distinct > kShown || searching)
    out["search"] = {{"facet", "municipality"},
                     {"label", "自治体"},
                     {"part", searching ? part->second : ""},
                     {"distinct", municipalities->distinct},
                     {"hidden", hidden_fields(request, {})}};
  return out;
}

}  // namespace

const std::vector<std::string>& sidebar_facets() {
  static const std::vector<std::string> names = {
      "prefecture", "municipality", "category", "contractor", "subcontract",
      "incident",   "kind",         "year",     "people",     "system"};
  return names;
}

std::string search_link(const SearchRequest& request) { return search_url(search_params(request)); }

SearchRequest from_start(SearchRequest request) {
  request.offset = 0;
  return request;
}

std::string shown_value(const std::string& facet, const std::string& value) {
  if (facet == "subcontract" || facet == "incident" || value.empty()) return value;
  if (facet == "year") return japanese_date(value);
  return value;
}

Json hidden_fields(const SearchRequest& request, std::initializer_list<std::string_view> left_out) {
  Json fields = Json::array();
  for (const auto& [name, value] : search_params(from_start(request)))
    if (std::ranges::find(left_out, name) == left_out.end())
      fields.push_back({{"name", name}, {"value", value}});
  return fields;
}

Json facets_model(const SearchRequest& request, const SearchResult& result,
                  const SearchExtras& extras) {
  Json facets = Json::array();
  for (const std::string& name : sidebar_facets()) {
    if (name == "prefecture") continue;
    if (name == "municipality") {
      if (Json places = place_model(request, result, extras); !places.is_null())
        facets.push_back(std::move(places));
      continue;
    }
    const Facet* facet = find_facet(result, name);
    if (facet == nullptr) continue;
    const bool searched = extras.facet_parts.contains(name);
    if (facet->values.empty() && !searched) continue;
    facets.push_back(facet_model(request, *facet, extras));
  }
  return facets;
}

SearchRequest toggled(SearchRequest request, const std::string& facet, const std::string& value,
                      bool excluded) {
  request.offset = 0;
  std::vector<std::string>& values = request.filters[facet];
  const std::string written = excluded ? "-" + value : value;
  if (std::erase(values, written) == 0) {
    std::erase(values, excluded ? value : "-" + value);
    values.push_back(written);
  }
  if (values.empty()) request.filters.erase(facet);
  return request;
}

}  // namespace pia
