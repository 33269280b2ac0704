// The home page and the page of results.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "query/links.h"
#include "server/charts.h"
#include "server/page.h"
#include "server/pages.h"
#include "server/request_params.h"
#include "server/search_model.h"

namespace pia {
namespace {

constexpr std::uint32_t kFacetLimit = 30;

// What the home page offers to try: the form of a query; values come from the index itself.
Json examples(const SearchResult& result) {
  Json out = Json::array();
  const auto add = [&](const std::string& q, const char* what) {
    out.push_back({{"q", q}, {"what", what}, {"url", search_url({{"q", q}})}});
  };
  const auto top = [&](std::string_view name) {
    const auto facet = std::ranges::find(result.facets, name, &Facet::name);
    return facet == result.facets.end() || facet->values.empty() ? std::string()
                                                                 : facet->values.front().value;
  };
  if (const std::string name = top("contractor"); !name.empty())
    add("委託先:" + name, "この会社が受託している評価書");
  add("再委託:する 取扱者数:10人以上50人未満", "同じ委託事項の中で両方");
  if (const std::string name = top("prefecture"); !name.empty())
    add("重大事故:あり 都道府県:" + name, "事故があった評価書");
  add("\"バックアップ\" 項目:保管場所", "ある項目の中だけを探す");
  return out;
}

}  // namespace

Result<Response> page_home(const Context& context) {
  SearchRequest request;
  request.sort = Sort::Published;
  request.limit = 8;
  request.facets = {"prefecture", "category", "contractor"};
  const auto result = context.backend->search(request);
  if (!result) return result.error();
  Json recent = Json::array();
  for (const Hit& hit : result->hits)
    recent.push_back({{"url", assessment_url(hit.id)},
                      {"title", hit.title.empty() ? hit.id : hit.title},
                      {"place", hit.municipality.empty() ? hit.body_printed : hit.municipality},
                      {"kind", hit.kind},
                      {"published_on", hit.published_on},
                      {"date", japanese_date(hit.published_on)},
                      {"has_incident", hit.incident.value_or(false)}});
  std::map<std::string, std::uint64_t> prefectures;
  Json categories = Json::array();
  for (const Facet& facet : result->facets) {
    for (const FacetValue& value : facet.values) {
      if (facet.name == "prefecture") prefectures[value.value] = value.count;
      if (facet.name == "category" && categories.size() < 12)
        categories.push_back({{"value", value.value}, {"count", value.count}});
    }
  }
  const Json model = {{"total", grouped(result->total)},
                      {"bodies", grouped(result->municipalities)},
                      {"examples", examples(*result)},
                      {"recent", std::move(recent)},
                      {"map", tile_map(prefectures, "/search?prefecture=", "評価書")},
                      {"categories", counted_links(categories, "category")}};
  return page(
      {"はじめに", "/", "", "/feed.atom", "特定個人情報保護評価書（PIA）の全文検索。", true},
      "home", model, context.request);
}

Result<Response> page_search(const Context& context) {
  auto request = search_request(context.request.params, Strictness::Page);
  if (!request) return request.error();
  request->facets = sidebar_facets();
  request->facet_limit = kFacetLimit;
  request->limit = std::max(1u, request->limit);
  auto result = context.backend->search(*request);
  if (!result) return result.error();
  SearchExtras extras;
  extras.totals[request->view] = result->total;
  for (const View view : {View::Assessments, View::Contracts, View::Revisions}) {
    if (view == request->view) continue;
    SearchRequest count = *request;
    count.view = view;
    count.offset = count.limit = 0;
    count.facets.clear();
    if (const auto other = context.backend->search(count)) extras.totals[view] = other->total;
  }
  for (Facet& facet : result->facets) {
    const std::string part = param(context.request.params, "in." + facet.name);
    if (part.empty()) continue;
    extras.facet_parts[facet.name] = part;
    auto found = context.backend->facet(facet.name, *request, part, 100);
    if (!found) return found.error();
    facet = std::move(*found);
  }
  const std::string title = request->text.empty() ? "検索" : request->text;
  return page(
      {title, "/search", request->text, url("/feed.atom", search_params(*request)), "", true},
      "search", search_model(*request, *result, extras), context.request);
}

}  // namespace pia
