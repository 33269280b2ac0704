// Municipalities (and other bodies): all of them by prefecture, and one of them.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "query/links.h"
#include "server/charts.h"
#include "server/page.h"
#include "server/pages.h"
#include "server/request_params.h"
#include "server/table.h"

namespace pia {
namespace {

void decorate_body(Json& row) {
  // A body that is no municipality has its page under its printed name; one that no document names
  // has none.
  const std::string name = cell_text(row, "name"), code = cell_text(row, "code");
  row["url"] = code.empty() && name.empty() ? "" : municipality_url(code.empty() ? name : code);
  if (name.empty()) row["name"] = "（機関名が読み取れないもの）";
  row["date"] = japanese_date(cell_text(row, "latest"));
  row["incident_count"] = row.value("incidents", 0) > 0 ? cell_text(row, "incidents") : "";
}

}  // namespace

Result<Response> page_municipalities(const Context& context) {
  auto answer = context.backend->municipalities();
  if (!answer) return answer.error();
  Json model = *answer;
  std::map<std::string, std::uint64_t> counts;
  Json shown = Json::array(), empty = Json::array();
  for (Json& prefecture : model["prefectures"]) {
    const std::string name = cell_text(prefecture, "name");
    counts[name] = prefecture.value("assessments", std::uint64_t{0});
    for (Json& row : prefecture["with"]) decorate_body(row);
    std::string without;
    for (const Json& place : prefecture.value("without", Json::array()))
      without += (without.empty() ? "" : "、") + place.get<std::string>();
    prefecture["without_count"] = prefecture.value("without", Json::array()).size();
    prefecture["without"] = without;
    prefecture["anchor"] = "pref-" + cell_text(prefecture, "code");
    prefecture["search_url"] = search_url({{"prefecture", name}});
    (prefecture["with"].empty() ? empty : shown).push_back(prefecture);
  }
  for (Json& row : model["others"]) decorate_body(row);
  model["prefectures"] = std::move(shown);
  model["empty_prefectures"] = std::move(empty);
  model["map"] = tile_map(counts, "/search?prefecture=", "評価書");
  return page({"自治体", "/municipalities", "", "", "", false}, "municipalities", model,
              context.request);
}

Result<Response> page_municipality(const Context& context) {
  auto answer = context.backend->municipality(context.args[0]);
  if (!answer) return answer.error();
  Json model = *answer;
  const std::string name = cell_text(model, "summary.name");
  const auto links = [&](const char* list, const char* facet) {
    Json out = counted_links(model.value(list, Json::array()), facet);
    for (Json& row : out)
      row["url"] = search_url({{"municipality", name}, {facet, row["value"].get<std::string>()}});
    return out;
  };
  for (const char* list : {"assessments", "older"})
    for (Json& row : model[list]) row = assessment_link(row);
  Json contractors = counted_links(model.value("contractors", Json::array()), "contractor");
  for (Json& row : contractors) row["url"] = contractor_url(row["value"].get<std::string>());
  Json former =
      counted_links(model.value("former_contractors", Json::array()), "former_contractor");
  for (Json& row : former) row["url"] = contractor_url(row["value"].get<std::string>());
  model["contractor_links"] = std::move(contractors);
  model["former_links"] = std::move(former);
  model["system_links"] = links("systems", "system");
  model["category_links"] = links("categories", "category");
  for (Json& row : model["incidents"]) {
    row["assessment"] = assessment_link(row.value("assessment", Json::object()));
    row["date_text"] = japanese_date(cell_text(row, "occurred_on"));
  }
  for (Json& row : model["changes"]) {
    row["assessment"] = assessment_link(row.value("assessment", Json::object()));
    row["date_text"] = japanese_date(cell_text(row, "date"));
    row["url"] = cell_text(row, "assessment.url") + "#r" + cell_text(row, "revision_no");
  }
  std::vector<ChartBar> bars;
  for (const Json& year : model.value("changes_by_year", Json::array()))
    bars.push_back({cell_text(year, "value"), year.value("count", std::uint64_t{0})});
  model["chart"] = column_chart(bars, name + "の評価書の変更の数（年ごと）");
  model["assessment_count"] = model["assessments"].size();
  model["search_url"] = search_url({{"municipality", name}});
  model["feed"] = url("/feed.atom", {{"municipality", name}});
  const std::string api = "/api/v1" + municipality_url(context.args[0]);
  model["csv"] = api + "?format=csv";
  model["xlsx"] = api + "?format=xlsx";
  model["json"] = api;
  model["compare_url"] = "/compare";
  return page({name, "/municipalities", "", url("/feed.atom", {{"municipality", name}}), "", false},
              "municipality", model, context.request);
}

}  // namespace pia
