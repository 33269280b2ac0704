// Each function reads its parameters, asks the backend, and prints. What differs between JSON and
// the downloads is only the last step.

#include "server/api.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "query/links.h"
#include "server/assets.h"
#include "server/request_params.h"
#include "server/table.h"

namespace pia {
namespace {

constexpr std::uint32_t kChunk = 500;  // hits a step of a download
constexpr std::size_t kMaxNames = 2000;

Response json_response(const Json& json) {
  Response response;
  response.content_type = "application/json";
  response.body = json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  return response;
}

// The list `member` of an answer in the format that was asked for.
Result<Response> list_response(const Context& context, const Result<Json>& answer,
                               const char* member, const char* name, const char* file,
                               const std::vector<Column>& columns) {
  if (!answer) return answer.error();
  const auto format = format_param(context.request.params);
  if (!format) return format.error();
  if (*format == Format::AsJson) return json_response(*answer);
  const auto rows = answer->is_array() ? answer->begin() : answer->find(member);
  Table table = table_of(name, file, columns,
                         answer->is_array()      ? *answer
                         : rows == answer->end() ? Json::array()
                                                 : *rows);
  table.about = about_table(context.request, name);
  return table_response(*format, std::move(table));
}

// A refusal of parameters that the address does not know.
Status known(const Params& params, std::initializer_list<std::string_view> names) {
  for (const auto& [name, value] : params)
    if (std::ranges::find(names, name) == names.end())
      return Error{
          ErrorCode::Usage, fmt::format("{} というパラメーターはありません", name), {}, 0, 0};
  return Done{};
}

std::string file_name(View view) { return std::string("pia-") + view_word(view); }

const char* sheet_name(View view) {
  switch (view) {
    case View::Assessments:
      return "評価書";
    case View::Contracts:
      return "委託";
    case View::Revisions:
      return "変更履歴";
  }
  return "";
}

}  // namespace

Result<Response> search_download(const Context& context, SearchRequest request, Format format) {
  const bool all = param(context.request.params, "limit").empty();
  const std::uint32_t wanted = all ? UINT32_MAX : request.limit;
  request.facets.clear();
  request.limit = std::min(wanted, kChunk);
  auto first =
      context.backend->search(request);  // before the first byte, so that errors can be told
  if (!first) return first.error();
  Table table;
  table.name = sheet_name(request.view);
  table.file = file_name(request.view);
  table.headings = context.backend->headings(request.view);
  table.about = about_table(context.request, sheet_name(request.view));
  table.about.emplace_back("検索式", request.text);
  table.about.emplace_back("解釈", first->parsed);
  for (const auto& [facet, values] : request.filters)
    for (const std::string& value : values)
      table.about.emplace_back("絞り込み: " + facet_label(facet), value);
  table.about.emplace_back("件数", std::to_string(first->total));
  for (const std::string& notice : first->notices) table.about.emplace_back("注意", notice);
  table.rows = [backend = context.backend, request, wanted,
                result = std::make_shared<SearchResult>(std::move(*first))](const auto& add) {
    SearchRequest next = request;
    for (std::uint32_t sent = 0;;) {
      for (const Hit& hit : result->hits) {
        if (sent++ == wanted) return true;
        if (!add(backend->cells(hit, next.view))) return false;
      }
      if (result->hits.size() < next.limit || sent >= wanted) return true;
      next.offset += static_cast<std::uint32_t>(result->hits.size());
      auto more = backend->search(next);
      if (!more) return false;
      *result = std::move(*more);
    }
  };
  return table_response(format, std::move(table));
}

Result<Response> api_search(const Context& context) {
  auto request = search_request(context.request.params, Strictness::Api);
  if (!request) return request.error();
  const auto format = format_param(context.request.params);
  if (!format) return format.error();
  if (*format != Format::AsJson) return search_download(context, std::move(*request), *format);
  const auto result = context.backend->search(*request);
  if (!result) return result.error();
  return json_response(context.backend->to_json(*result));
}

Result<Response> api_assessment(const Context& context) {
  auto record = context.backend->record(context.args[0]);
  if (!record) return record.error();
  Response response;
  response.content_type = "application/json";
  response.body = std::move(*record);
  return response;
}

Result<Response> api_versions(const Context& context) {
  const auto versions = context.backend->versions(context.args[0]);
  if (!versions) return versions.error();
  Json list = Json::array();
  for (const VersionRef& version : *versions)
    list.push_back({{"id", version.id},
                    {"title", version.title},
                    {"published_on", version.published_on},
                    {"latest", version.latest},
                    {"url", assessment_url(version.id)}});
  return json_response({{"versions", list}});
}

Result<Response> api_facet(const Context& context) {
  Params params = context.request.params;
  const std::string part = param(params, "prefix");
  std::erase_if(params, [](const auto& pair) { return pair.first == "prefix"; });
  auto request = search_request(params, Strictness::Api);
  if (!request) return request.error();
  const std::string& name = context.args[0];
  const auto& names = facet_labels();
  if (std::ranges::none_of(names, [&](const FacetLabel& facet) { return name == facet.name; }))
    return Error{
        ErrorCode::NotFound, fmt::format("{} という絞り込み項目はありません", name), {}, 0, 0};
  const std::uint32_t limit = param(params, "limit").empty() ? 50 : request->limit;
  const auto facet = context.backend->facet(name, *request, part, limit);
  if (!facet) return facet.error();
  Json values = Json::array();
  for (const FacetValue& value : facet->values) {
    values.push_back(
        {{"value", value.value}, {"count", value.count}, {"selected", value.selected}});
    if (!value.parent.empty()) values.back()["parent"] = value.parent;
  }
  return json_response({{"name", name},
                        {"label", facet_label(name)},
                        {"distinct", facet->distinct},
                        {"values", values}});
}

Result<Response> api_suggest(const Context& context) {
  if (auto status = known(context.request.params, {"q", "limit"}); !status) return status.error();
  const auto limit = number_param(context.request.params, "limit", 10, 1, 50);
  if (!limit) return limit.error();
  const auto answer = context.backend->suggest(param(context.request.params, "q"), *limit);
  if (!answer) return answer.error();
  return json_response({{"suggestions", *answer}});
}

Result<Response> api_contractors(const Context& context) {
  if (auto status = known(context.request.params,
                          {"q", "category", "prefecture", "sort", "offset", "limit", "format"});
      !status)
    return status.error();
  return list_response(context, context.backend->contractors(context.request.params), "rows",
                       "委託先", "pia-contractors",
                       {{"委託先", "name"},
                        {"評価書", "assessments"},
                        {"自治体", "municipalities"},
                        {"委託事項", "contracts"},
                        {"再委託あり", "subcontracted"},
                        {"旧委託先としての評価書", "former"},
                        {"占有率", "share"}});
}

Result<Response> api_contractor(const Context& context) {
  return list_response(context, context.backend->contractor(context.args[0]), "contracts",
                       "委託事項", "pia-contractor",
                       {{"都道府県", "assessment.prefecture"},
                        {"自治体", "assessment.municipality"},
                        {"評価書名", "assessment.title"},
                        {"事務分野", "assessment.category"},
                        {"公表日", "assessment.published_on"},
                        {"特定個人情報ファイル", "file"},
                        {"番号", "no"},
                        {"委託事項", "title"},
                        {"委託内容", "description"},
                        {"取扱者数", "staff"},
                        {"再委託", "subcontract"},
                        {"再委託する業務", "subcontract_scope"},
                        {"印刷された名称", "printed"},
                        {"いつから", "since"},
                        {"評価書 ID", "assessment.id"}});
}

Result<Response> api_municipalities(const Context& context) {
  if (auto status = known(context.request.params, {"format"}); !status) return status.error();
  auto answer = context.backend->municipalities();
  if (!answer) return answer.error();
  const auto format = format_param(context.request.params);
  if (!format) return format.error();
  if (*format == Format::AsJson) return json_response(*answer);
  Json rows = Json::array();
  for (const Json& prefecture : answer->value("prefectures", Json::array()))
    for (const Json& row : prefecture.value("with", Json::array())) rows.push_back(row);
  for (const Json& row : answer->value("others", Json::array())) rows.push_back(row);
  return list_response(context, rows, "", "自治体", "pia-municipalities",
                       {{"団体コード", "code"},
                        {"名称", "name"},
                        {"都道府県", "prefecture"},
                        {"評価書", "assessments"},
                        {"委託先", "contractors"},
                        {"重大事故ありの評価書", "incidents"},
                        {"最新の公表日", "latest"}});
}

Result<Response> api_municipality(const Context& context) {
  return list_response(context, context.backend->municipality(context.args[0]), "assessments",
                       "評価書", "pia-municipality",
                       {{"評価書名", "title"},
                        {"種類", "kind"},
                        {"事務", "process"},
                        {"事務分野", "category"},
                        {"公表日", "published_on"},
                        {"重大事故", "incident"},
                        {"評価書 ID", "id"}});
}

Result<Response> api_incidents(const Context& context) {
  if (auto status = known(context.request.params, {"prefecture", "years", "format"}); !status)
    return status.error();
  return list_response(context, context.backend->incidents(context.request.params), "entries",
                       "重大事故", "pia-incidents",
                       {{"都道府県", "assessment.prefecture"},
                        {"自治体", "assessment.municipality"},
                        {"評価書名", "assessment.title"},
                        {"公表日", "assessment.published_on"},
                        {"発生日", "occurred_on"},
                        {"件名", "title"},
                        {"内容", "summary"},
                        {"原因", "cause"},
                        {"影響", "impact"},
                        {"再発防止策", "prevention"},
                        {"評価書 ID", "assessment.id"}});
}

Result<Response> api_compare(const Context& context) {
  const Params& params = context.request.params;
  if (auto status =
          known(params, {"process", "item", "municipality", "id", "a", "b", "limit", "format"});
      !status)
    return status.error();
  if (!param(params, "a").empty() || !param(params, "b").empty())
    return list_response(context, context.backend->align(param(params, "a"), param(params, "b")),
                         "items", "二つの評価書の比較", "pia-align",
                         {{"項目（A）", "item_a"},
                          {"項目（B）", "item_b"},
                          {"同じ", "equal"},
                          {"A", "text_a"},
                          {"B", "text_b"}});
  const auto answer = context.backend->compare(params);
  if (!answer) return answer.error();
  const auto format = format_param(params);
  if (!format) return format.error();
  if (*format == Format::AsJson) return json_response(*answer);
  Table table;
  table.name = "比較";
  table.file = "pia-compare";
  table.headings = {"都道府県", "自治体", "評価書名", "公表日"};
  for (const Json& item : answer->value("items", Json::array()))
    table.headings.push_back(item.get<std::string>());
  table.about = about_table(context.request, "比較");
  table.rows = [rows = answer->value("rows", Json::array())](const auto& add) {
    for (const Json& row : rows) {
      std::vector<std::string> cells;
      for (const char* path : {"assessment.prefecture", "assessment.municipality",
                               "assessment.title", "assessment.published_on"})
        cells.push_back(cell_text(row, path));
      for (const Json& cell : row.value("cells", Json::array()))
        cells.push_back(cell_text(cell, "text"));
      if (!add(cells)) return false;
    }
    return true;
  };
  return table_response(*format, std::move(table));
}

Result<Response> api_similar(const Context& context) {
  const Params& params = context.request.params;
  if (auto status = known(params, {"id", "passage", "limit"}); !status) return status.error();
  const auto passage = number_param(params, "passage", 0, 0, 100'000);
  if (!passage) return passage.error();
  const auto limit = number_param(params, "limit", 20, 1, 100);
  if (!limit) return limit.error();
  const auto answer = context.backend->similar(param(params, "id"), *passage, *limit);
  if (!answer) return answer.error();
  return json_response(*answer);
}

Result<std::vector<std::string>> batch_names(const Params& params) {
  std::vector<std::string> names;
  for (const std::string& text : all_params(params, "names")) {
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t end = std::min(text.find_first_of("\r\n\t,", from), text.size());
      std::string name = text.substr(from, end - from);
      from = end + 1;
      while (name.ends_with(' ')) name.pop_back();
      name.erase(0, name.find_first_not_of(' '));
      if (!name.empty()) names.push_back(std::move(name));
      if (names.size() > kMaxNames)
        return Error{ErrorCode::Usage,
                     fmt::format("一度に調べられる名称は {} 件までです", kMaxNames),
                     {},
                     0,
                     0};
    }
  }
  return names;
}

Result<Response> api_batch(const Context& context) {
  if (auto status = known(context.request.params, {"names", "format"}); !status)
    return status.error();
  const auto names = batch_names(context.request.params);
  if (!names) return names.error();
  const auto answer = context.backend->look_up(*names);
  if (!answer) return answer.error();
  const auto format = format_param(context.request.params);
  if (!format) return format.error();
  if (*format == Format::AsJson) return json_response({{"rows", *answer}});
  // One record a place where a name appears, and one for a name that appears nowhere.
  Json rows = Json::array();
  for (const Json& row : *answer) {
    Json base = {
        {"input", row.value("input", "")}, {"name", row.value("name", "")}, {"role", "なし"}};
    const Json hits = row.value("hits", Json::array());
    if (hits.empty()) rows.push_back(base);
    for (const Json& hit : hits) {
      base["role"] = hit.value("role", "");
      base["printed"] = hit.value("printed", "");
      base["assessment"] = hit.value("assessment", Json::object());
      rows.push_back(base);
    }
  }
  return list_response(context, rows, "", "一括照会", "pia-batch",
                       {{"照会した名称", "input"},
                        {"照合した名称", "name"},
                        {"立場", "role"},
                        {"印刷された名称", "printed"},
                        {"都道府県", "assessment.prefecture"},
                        {"自治体", "assessment.municipality"},
                        {"評価書名", "assessment.title"},
                        {"公表日", "assessment.published_on"},
                        {"評価書 ID", "assessment.id"}});
}

Result<Response> api_stats(const Context& context) {
  const auto answer = context.backend->overview();
  if (!answer) return answer.error();
  return json_response(*answer);
}

Result<Response> api_openapi(const Context&) {
  Response response;
  response.content_type = "application/json";
  response.body = std::string(find_asset("openapi.json")->content);
  return response;
}

}  // namespace pia
