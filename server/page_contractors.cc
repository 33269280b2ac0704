// Contractors: the ranking, one contractor, and the look-up of a pasted list of names.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "query/links.h"
#include "server/api.h"
#include "server/charts.h"
#include "server/page.h"
#include "server/pages.h"
#include "server/request_params.h"
#include "server/table.h"

namespace pia {
namespace {

constexpr std::uint32_t kPageSize = 50;

// The parameters with one changed; an empty value takes it away.
Params with(Params params, const std::string& name, const std::string& value) {
  std::erase_if(params,
                [&](const auto& pair) { return pair.first == name || pair.first == "offset"; });
  if (!value.empty()) params.emplace_back(name, value);
  return params;
}

Json choice_links(const Json& values, const Params& params, const std::string& name) {
  Json out = Json::array();
  const std::string chosen = param(params, name);
  for (const Json& value : values) {
    const std::string text = cell_text(value, "value");
    out.push_back({{"value", text},
                   {"count", cell_text(value, "count")},
                   {"current", text == chosen},
                   {"url", url("/contractors", with(params, name, text == chosen ? "" : text))}});
  }
  return out;
}

void decorate_contract(Json& row) {
  row["assessment"] = assessment_link(row.value("assessment", Json::object()));
  const Json subcontract = row.value("subcontract", Json());
  row["subcontracted"] = subcontract.is_boolean() && subcontract.get<bool>();
  row["subcontract_word"] = !subcontract.is_boolean() ? "不明"
                            : subcontract.get<bool>() ? "する"
                                                      : "しない";
  row["place"] = place_text(row.value("where", Json()));
  row["since"] = japanese_date(cell_text(row, "since"));
}

void decorate_change(Json& row) {
  row["assessment"] = assessment_link(row.value("assessment", Json::object()));
  row["date_text"] = japanese_date(cell_text(row, "date"));
  row["url"] = cell_text(row, "assessment.url") + "#r" + cell_text(row, "revision_no");
  Json others = Json::array();
  for (const Json& other : row.value("others", Json::array()))
    others.push_back(
        {{"name", other.get<std::string>()}, {"url", contractor_url(other.get<std::string>())}});
  row["others"] = std::move(others);
}

Json named_links(const Json& values) {
  Json out = counted_links(values, "contractor");
  for (Json& value : out) value["url"] = contractor_url(value["value"].get<std::string>());
  return out;
}

const char* role_word(const std::string& role) {
  if (role == "contractor") return "委託先";
  if (role == "former contractor") return "旧委託先";
  if (role == "contractor by history") return "変更履歴からの委託先";
  return "記載";
}

}  // namespace

Result<Response> page_contractors(const Context& context) {
  Params params = context.request.params;
  std::erase_if(params, [](const auto& pair) { return pair.second.empty(); });
  auto answer = context.backend->contractors(params);
  if (!answer) return answer.error();
  Json model = *answer;
  const auto offset = number_param(params, "offset", 0, 0, 10'000'000).value_or(0);
  std::uint64_t most = 1;
  for (const Json& row : model["rows"])
    most = std::max(most, row.value("contracts", std::uint64_t{0}));
  std::uint32_t rank = offset;
  for (Json& row : model["rows"]) {
    row["rank"] = ++rank;
    row["url"] = contractor_url(cell_text(row, "name"));
    row["share_text"] = fmt::format("{:.1f}%", 100 * row.value("share", 0.0));
    row["bar"] = bar(static_cast<double>(row.value("contracts", std::uint64_t{0})) /
                     static_cast<double>(most));
  }
  const auto total = answer->value("total", std::uint32_t{0});
  Json sorts = Json::array();
  const std::string sort = param(params, "sort").empty() ? "assessments" : param(params, "sort");
  for (const auto& [name, label] : {std::pair{"assessments", "評価書の多い順"},
                                    {"municipalities", "自治体の多い順"},
                                    {"contracts", "委託事項の多い順"},
                                    {"name", "名前順"}})
    sorts.push_back({{"label", label},
                     {"url", url("/contractors", with(params, "sort", name))},
                     {"current", sort == name}});
  model["sorts"] = std::move(sorts);
  model["category_links"] =
      choice_links(answer->value("categories", Json::array()), params, "category");
  model["prefecture_links"] =
      choice_links(answer->value("prefectures", Json::array()), params, "prefecture");
  model["q"] = param(params, "q");
  model["category"] = param(params, "category");
  model["prefecture"] = param(params, "prefecture");
  Params exported = with(params, "format", "csv");
  model["csv"] = url("/api/v1/contractors", exported);
  exported = with(params, "format", "xlsx");
  model["xlsx"] = url("/api/v1/contractors", exported);
  model["json"] = url("/api/v1/contractors", with(params, "format", ""));
  const auto paged = [&](std::uint32_t at) {
    Params other = with(params, "sort", param(params, "sort"));
    if (at > 0) other.emplace_back("offset", std::to_string(at));
    return url("/contractors", other);
  };
  model["previous_url"] = offset == 0 ? "" : paged(offset < kPageSize ? 0 : offset - kPageSize);
  model["next_url"] = offset + kPageSize < total ? paged(offset + kPageSize) : "";
  return page({"委託先", "/contractors", "", "", "", false}, "contractors", model, context.request);
}

Result<Response> page_contractor(const Context& context) {
  auto answer = context.backend->contractor(context.args[0]);
  if (!answer) return answer.error();
  Json model = *answer;
  const std::string name = cell_text(model, "name");
  for (Json& row : model["contracts"]) decorate_contract(row);
  for (const char* list : {"former", "predecessors"})
    for (Json& row : model[list]) decorate_change(row);
  for (const char* list : {"by_history", "mentioned"})
    for (Json& row : model[list]) row = assessment_link(row);
  for (Json& row : model["incidents"]) {
    row["assessment"] = assessment_link(row.value("assessment", Json::object()));
    row["date_text"] = japanese_date(cell_text(row, "occurred_on"));
  }
  std::vector<ChartBar> bars;
  for (const Json& year : model.value("years", Json::array()))
    bars.push_back({cell_text(year, "year"), year.value("contracts", std::uint64_t{0})});
  model["chart"] = column_chart(bars, name + "の委託事項の数（公表年ごと）");
  model["category_links"] = counted_links(model.value("categories", Json::array()), "category");
  model["prefecture_links"] =
      counted_links(model.value("prefectures", Json::array()), "prefecture");
  for (const char* list : {"category_links", "prefecture_links"})
    for (Json& row : model[list])
      row["url"] = search_url({{"contractor", name},
                               {list == std::string("category_links") ? "category" : "prefecture",
                                row["value"].get<std::string>()}});
  model["successor_links"] = named_links(model.value("successors_names", Json::array()));
  model["predecessor_links"] = named_links(model.value("predecessors_names", Json::array()));
  model["contract_count"] = model["contracts"].size();
  model["search_url"] = search_url({{"contractor", name}});
  model["rows_url"] = search_url({{"view", "contracts"}, {"contractor", name}});
  model["mention_url"] = search_url({{"q", "\"" + name + "\""}});
  model["csv"] = "/api/v1" + contractor_url(name) + "?format=csv";
  model["xlsx"] = "/api/v1" + contractor_url(name) + "?format=xlsx";
  model["json"] = "/api/v1" + contractor_url(name);
  return page({name, "/contractors", "", url("/feed.atom", {{"contractor", name}}), "", false},
              "contractor", model, context.request);
}

Result<Response> page_batch(const Context& context) {
  const auto names = batch_names(context.request.params);
  if (!names) return names.error();
  Json model = {{"names", param(context.request.params, "names")}};
  if (!names->empty()) {
    const auto answer = context.backend->look_up(*names);
    if (!answer) return answer.error();
    Json rows = *answer;
    std::size_t found = 0;
    for (Json& row : rows) {
      const bool any = !row.value("hits", Json::array()).empty();
      found += any ? 1 : 0;
      row["found"] = any;
      row["url"] = contractor_url(cell_text(row, "name"));
      row["is_contractor"] = row.value("present", 0) + row.value("former", 0) > 0;
      Json hits = Json::array();
      for (const Json& hit : row.value("hits", Json::array())) {
        if (hits.size() == 20) break;
        Json one = hit;
        one["assessment"] = assessment_link(hit.value("assessment", Json::object()));
        one["role"] = role_word(cell_text(hit, "role"));
        one["place"] = place_text(hit.value("where", Json()));
        hits.push_back(std::move(one));
      }
      const std::size_t all = row.value("hits", Json::array()).size();
      row["more_hits"] = all > hits.size() ? std::to_string(all - hits.size()) : "";
      row["hits"] = std::move(hits);
    }
    model["asked"] = names->size();
    model["found"] = found;
    model["rows"] = std::move(rows);
  }
  return page({"一括照会", "/batch", "", "", "", false}, "batch", model, context.request);
}

}  // namespace pia
