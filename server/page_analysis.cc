// Comparison, incidents, what the index holds, and the help page.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "query/links.h"
#include "server/charts.h"
#include "server/page.h"
#include "server/pages.h"
#include "server/renderer.h"
#include "server/request_params.h"
#include "server/table.h"

namespace pia {
namespace {

// Two documents, item by item.
Result<Response> page_align(const Context& context, const std::string& a, const std::string& b) {
  auto answer = context.backend->align(a, b);
  if (!answer) return answer.error();
  Json model = *answer;
  model["a"] = assessment_link(answer->value("a", Json::object()));
  model["b"] = assessment_link(answer->value("b", Json::object()));
  const bool all = param(context.request.params, "show") == "all";
  Json items = Json::array();
  for (Json& item : model["items"]) {
    const bool equal = item.value("equal", false);
    if (equal && !all) continue;
    const std::string text_a = cell_text(item, "text_a"), text_b = cell_text(item, "text_b");
    const Json diff = item.value("diff", Json::array());
    Json left = Json::array(), right = Json::array();  // each side shows its own words only
    for (const Json& piece : diff) {
      if (piece.at(0) != "+") left.push_back(piece);
      if (piece.at(0) != "-") right.push_back(piece);
    }
    const std::string name =
        cell_text(item, "item_b").empty() ? cell_text(item, "item_a") : cell_text(item, "item_b");
    items.push_back(
        {{"item", name},
         {"equal", equal},
         {"a_html", diff_html(left, text_a)},
         {"b_html", diff_html(right, text_b)},
         {"only_a", text_b.empty() && !text_a.empty()},
         {"only_b", text_a.empty() && !text_b.empty()},
         {"a_url", fmt::format("{}#p{}", assessment_url(a), cell_text(item, "passage_a"))},
         {"b_url", fmt::format("{}#p{}", assessment_url(b), cell_text(item, "passage_b"))}});
  }
  model["items"] = std::move(items);
  Params params = {{"a", a}, {"b", b}};
  model["swap_url"] = url("/compare", {{"a", b}, {"b", a}});
  model["csv"] = url("/api/v1/compare", {{"a", a}, {"b", b}, {"format", "csv"}});
  model["xlsx"] = url("/api/v1/compare", {{"a", a}, {"b", b}, {"format", "xlsx"}});
  model["json"] = url("/api/v1/compare", params);
  if (!all) params.emplace_back("show", "all");
  model["show_url"] = url("/compare", params);
  model["show_label"] = all ? "違うところだけを見る" : "同じ項目も見る";
  return page({"二つの評価書の比較", "/compare", "", "", "", false}, "align", model,
              context.request);
}

Json choices(const Json& values, const std::vector<std::string>& chosen) {
  Json out = Json::array();
  for (const Json& value : values) {
    const std::string text = cell_text(value, "value");
    out.push_back({{"value", text},
                   {"count", cell_text(value, "count")},
                   {"chosen", std::ranges::find(chosen, text) != chosen.end()}});
  }
  return out;
}

}  // namespace

Result<Response> page_compare(const Context& context) {
  Params params = context.request.params;
  std::erase_if(params, [](const auto& pair) { return pair.second.empty(); });
  const std::string a = param(params, "a"), b = param(params, "b");
  if (!a.empty() && !b.empty()) return page_align(context, a, b);
  Params asked = params;
  // Nothing chosen yet: what can be chosen is known from a few assessments, without reading fifty.
  if (asked.empty()) asked.emplace_back("limit", "12");
  auto answer = context.backend->compare(asked);
  if (!answer) return answer.error();
  Json model = *answer;
  model["process"] = param(params, "process");
  model["process_choices"] =
      choices(answer->value("processes", Json::array()), {param(params, "process")});
  model["item_choices"] =
      choices(answer->value("all_items", Json::array()), all_params(params, "item"));
  model["municipality_choices"] =
      choices(answer->value("municipalities", Json::array()), all_params(params, "municipality"));
  const Json first = model["rows"].empty() ? Json() : model["rows"].front();
  std::string previous;
  for (Json& row : model["rows"]) {
    row["assessment"] = assessment_link(row.value("assessment", Json::object()));
    const std::string id = cell_text(row, "assessment.id");
    if (!previous.empty()) row["align_url"] = url("/compare", {{"a", previous}, {"b", id}});
    previous = id;
    for (Json& cell : row["cells"]) {
      cell["html"] =
          diff_html(cell.value("diff", Json::array()), cell.value("text", std::string()));
      cell["url"] = fmt::format("{}#p{}", assessment_url(id), cell_text(cell, "passage"));
      cell["place"] = place_text(cell.value("where", Json()));
      cell["same_count"] = cell.value("commonest", false) ? cell_text(cell, "same") : "";
    }
  }
  model["row_count"] = model["rows"].size();
  for (const char* format : {"csv", "xlsx"}) {
    Params exported = params;
    exported.emplace_back("format", format);
    model[format] = url("/api/v1/compare", exported);
  }
  model["json"] = url("/api/v1/compare", params);
  model["ready"] = !model["rows"].empty() && !model["items"].empty();
  model["nothing"] = !param(params, "process").empty() && model["rows"].empty();
  return page({"比較", "/compare", "", "", "", false}, "compare", model, context.request);
}

Result<Response> page_incidents(const Context& context) {
  Params params = context.request.params;
  std::erase_if(params, [](const auto& pair) { return pair.second.empty(); });
  auto answer = context.backend->incidents(params);
  if (!answer) return answer.error();
  Json model = *answer;
  std::map<std::string, std::uint64_t> counts;
  for (const Json& row : model.value("prefectures", Json::array()))
    counts[cell_text(row, "value")] = row.value("count", std::uint64_t{0});
  std::vector<ChartBar> bars;
  for (const Json& row : model.value("years", Json::array()))
    bars.push_back({cell_text(row, "value"), row.value("count", std::uint64_t{0})});
  std::string year = "\n";
  for (Json& row : model["entries"]) {
    row["assessment"] = assessment_link(row.value("assessment", Json::object()));
    const std::string date = cell_text(row, "occurred_on");
    row["date_text"] = japanese_date(date);
    row["place"] = place_text(row.value("where", Json()));
    const std::string own = date.substr(0, std::min<std::size_t>(4, date.size()));
    row["year"] = own == year ? "" : own.empty() ? "発生日の記載なし" : japanese_date(own);
    year = own;
    for (Json& response : row["response"])
      response["date_text"] = japanese_date(cell_text(response, "date"));
  }
  model["map"] = tile_map(counts, "/incidents?prefecture=", "重大事故");
  model["chart"] = column_chart(bars, "重大事故の数（発生年ごと）");
  model["prefecture"] = param(params, "prefecture");
  model["entry_count"] = model["entries"].size();
  for (const char* format : {"csv", "xlsx"}) {
    Params exported = params;
    exported.emplace_back("format", format);
    model[format] = url("/api/v1/incidents", exported);
  }
  model["json"] = url("/api/v1/incidents", params);
  model["all_url"] = "/incidents";
  model["search_url"] = "/search?incident=" + percent_encode("あり");
  return page({"重大事故", "/incidents", "", "", "", false}, "incidents", model, context.request);
}

Result<Response> page_overview(const Context& context) {
  auto answer = context.backend->overview();
  if (!answer) return answer.error();
  Json model = *answer;
  std::map<std::string, std::uint64_t> counts;
  for (const Json& row : model.value("prefectures", Json::array()))
    counts[cell_text(row, "value")] = row.value("count", std::uint64_t{0});
  std::vector<ChartBar> bars;
  for (const Json& row : model.value("years", Json::array()))
    bars.push_back({cell_text(row, "value"), row.value("count", std::uint64_t{0})});
  std::ranges::sort(bars, {}, &ChartBar::label);
  model["map"] = tile_map(counts, "/search?prefecture=", "評価書");
  model["chart"] = column_chart(bars, "公表年ごとの評価書の数");
  const auto links = [&](const char* list, const char* facet) {
    return counted_links(model.value(list, Json::array()), facet);
  };
  model["kind_links"] = links("kinds", "kind");
  model["category_links"] = links("categories", "category");
  model["year_links"] = links("years", "year");
  model["form_links"] = links("forms", "form");
  Json contractors = links("contractors", "contractor");
  for (Json& row : contractors) row["url"] = contractor_url(row["value"].get<std::string>());
  model["contractor_links"] = std::move(contractors);
  std::uint64_t with = 0, all = 0;
  Json coverage = Json::array();
  for (const Json& row : model.value("coverage", Json::array())) {
    const auto bodies = row.value("bodies", std::uint64_t{0}),
               known = row.value("municipalities", std::uint64_t{0});
    with += bodies;
    all += known;
    coverage.push_back(
        {{"name", cell_text(row, "name")},
         {"assessments", cell_text(row, "assessments")},
         {"bodies", bodies},
         {"municipalities", known},
         {"url", search_url({{"prefecture", cell_text(row, "name")}})},
         {"any", bodies > 0},
         {"bar", bar(known == 0 ? 0 : static_cast<double>(bodies) / static_cast<double>(known))}});
  }
  model["coverage"] = std::move(coverage);
  model["covered"] = with;
  model["coverable"] = all;
  for (Json& row : model["warning_list"])
    row["assessment"] = assessment_link(row.value("assessment", Json::object()));
  model["rejected_count"] = model["rejected"].size();
  for (const char* name : {"assessments", "versions", "bodies", "contracts", "revisions",
                           "passages", "can_name_contractor"})
    model[name] = grouped(answer->value(name, std::uint64_t{0}));
  return page({"収録状況", "/overview", "", "", "", false}, "overview", model, context.request);
}

Result<Response> page_help(const Context& context) {
  struct Field {
    const char* japanese;
    const char* english;
    const char* example;
    const char* what;
  };
  constexpr Field kFields[] = {
      {"自治体", "municipality", "自治体:川口市", "評価実施機関の市区町村"},
      {"都道府県", "prefecture", "都道府県:埼玉県", ""},
      {"事務", "process", "事務:児童手当", "事務の名称"},
      {"分野", "category", "分野:介護保険", "事務を分野にまとめたもの"},
      {"委託先", "contractor", "委託先:データ", "現在の委託先。会社名の一部でもよい"},
      {"旧委託先", "former_contractor", "旧委託先:データ", "変更前にだけ名前がある会社"},
      {"委託事項", "contract", "委託事項:システム運用", ""},
      {"再委託", "subcontract", "再委託:する", "する／しない"},
      {"取扱者数", "staff", "取扱者数:10人以上50人未満", "選択肢のとおり"},
      {"重大事故", "incident", "重大事故:あり", "あり／なし"},
      {"種類", "kind", "種類:全項目", "基礎項目／重点項目／全項目"},
      {"公表日", "published", "公表日:2024..2025", "範囲、和暦（R6、令和6年4月）も"},
      {"公表年", "year", "公表年:2025", ""},
      {"対象人数", "people", "対象人数:30万人以上", "選択肢のとおり"},
      {"システム", "system", "システム:住民記録", ""},
      {"評価書名", "title", "評価書名:国民健康保険", ""},
      {"評価書番号", "number", "評価書番号:12", ""},
      {"項目", "item", "項目:保管場所 データセンター", "その項目の中だけを探す"},
      {"変更", "revision", "変更:委託先", "変更箇所の中を探す"},
      {"様式", "form", "様式:様式4", ""}};
  Json fields = Json::array();
  for (const Field& field : kFields)
    fields.push_back({{"japanese", field.japanese},
                      {"english", field.english},
                      {"example", field.example},
                      {"url", search_url({{"q", field.example}})},
                      {"what", field.what}});
  struct Row {
    const char* q;
    const char* what;
  };
  constexpr Row kRows[] = {
      {"住民票 データセンター", "両方のことばを含む"},
      {"\"静脈認証\"",
       "この文字の並びを含む（空白や改行、全角・半角の違いは無視。同義語は使わない）"},
      {"バックアップ OR 複製", "どちらかを含む（｜ でもよい）"},
      {"再委託 -サーバー", "再委託を含み、サーバーを含まない（NOT でもよい）"},
      {"(住民票 OR 戸籍) 郵送", "かっこでまとめる"},
      {"電子計算*", "この文字で始まることば"},
      {"委託先:(データ OR システム)", "一つの欄に、どれかを当てはめる"},
      {"公表日:>=令和6年4月", "それ以降（<=、>、<、2024..2025、2026..、..2024）"},
      {"委託先:データ 再委託:する", "同じ委託事項の中で両方が成り立つもの"}};
  Json rows = Json::array();
  for (const Row& row : kRows)
    rows.push_back({{"q", row.q}, {"what", row.what}, {"url", search_url({{"q", row.q}})}});
  struct Call {
    const char* url;
    const char* what;
  };
  constexpr Call kCalls[] = {{"/api/v1/"
                              "search?q=%E5%86%8D%E5%A7%94%E8%A8%97%3A%E3%81%99%E3%82%8B&facets="
                              "contractor,prefecture&limit=2",
                              "検索。view=contracts|revisions、format=csv|xlsx も"},
                             {"/api/v1/suggest?q=%E3%81%8B", "入力の候補"},
                             {"/api/v1/facets/contractor?prefix=%E6%A0%AA", "絞り込みの値"},
                             {"/api/v1/contractors", "委託先の一覧"},
                             {"/api/v1/municipalities", "自治体の一覧"},
                             {"/api/v1/incidents", "重大事故の一覧"},
                             {"/api/v1/stats", "収録状況"},
                             {"/api/v1/openapi.json", "すべての呼び出しの定義（OpenAPI 3.1）"},
                             {"/feed.atom?q=%E5%A7%94%E8%A8%97", "検索の新着（Atom）"},
                             {"/metrics", "運用の数値（Prometheus）"},
                             {"/healthz", "稼働の確認"}};
  Json calls = Json::array();
  for (const Call& call : kCalls) calls.push_back({{"url", call.url}, {"what", call.what}});
  return page({"使い方", "/help", "", "", "", false}, "help",
              {{"rows", rows}, {"fields", fields}, {"calls", calls}}, context.request);
}

}  // namespace pia
