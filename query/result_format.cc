#include "query/result_format.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "query/csv.h"
#include "query/unicode.h"

namespace pia {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }
Json flag_or_null(std::optional<bool> flag) { return flag ? Json(*flag) : Json(); }

Json parsed_or_null(const std::string& json) {
  if (json.empty()) return {};
  Json value = Json::parse(json, nullptr, false);
  return value.is_discarded() ? Json() : value;
}

Json passage_json(const PassageHit& passage) {
  return {{"index", passage.index},
          {"item", passage.item},
          {"where", parsed_or_null(passage.where_json)},
          {"history", passage.history},
          {"html", passage.html}};
}

Json contract_json(const Hit& hit) {
  Json contractors = Json::array();
  for (const ContractorRef& contractor : hit.contract_contractors) {
    contractors.push_back({{"printed", contractor.printed},
                           {"name", contractor.name},
                           {"branch", text_or_null(contractor.branch)}});
  }
  return {{"no", hit.contract_no},
          {"title", text_or_null(hit.contract_title)},
          {"description", text_or_null(hit.contract_description)},
          {"staff", text_or_null(hit.contract_staff)},
          {"contractors", std::move(contractors)},
          {"subcontract",
           {{"used", flag_or_null(hit.subcontract)},
            {"approval", text_or_null(hit.subcontract_approval)},
            {"scope", text_or_null(hit.subcontract_scope)}}},
          {"file", text_or_null(hit.file)},
          {"where", parsed_or_null(hit.where_json)}};
}

Json revision_json(const Hit& hit) {
  return {{"no", hit.revision_no},
          {"date", text_or_null(hit.revision_date)},
          {"item", text_or_null(hit.revision_item)},
          {"before", text_or_null(hit.revision_before)},
          {"after", text_or_null(hit.revision_after)},
          {"timing", text_or_null(hit.revision_timing)},
          {"note", text_or_null(hit.revision_note)},
          {"where", parsed_or_null(hit.where_json)}};
}

// The assessment's members, alike in all views.
Json hit_json(const Hit& hit, View view) {
  Json json = {{"id", hit.id},
               {"series", hit.series},
               {"title", text_or_null(hit.title)},
               {"kind", text_or_null(hit.kind)},
               {"body", text_or_null(hit.body_printed)},
               {"municipality", text_or_null(hit.municipality)},
               {"prefecture", text_or_null(hit.prefecture)},
               {"code", text_or_null(hit.code)},
               {"process", text_or_null(hit.process)},
               {"category", text_or_null(hit.category)},
               {"number", text_or_null(hit.number)},
               {"people", text_or_null(hit.people)},
               {"published_on", text_or_null(hit.published_on)},
               {"latest", hit.latest},
               {"versions", hit.versions},
               {"incident", flag_or_null(hit.incident)}};
  if (view == View::Assessments) {
    json["contractors"] = hit.contractors;
  } else {
    const Json row = view == View::Contracts ? contract_json(hit) : revision_json(hit);
    for (const auto& [key, value] : row.items()) json[key] = value;
    json["assessment"] = {{"id", hit.id}, {"title", text_or_null(hit.title)}, {"url", hit.url}};
  }
  json["score"] = hit.score;
  json["url"] = hit.url;
  json["source_url"] = text_or_null(hit.source_url);
  json["source_path"] = text_or_null(hit.source_path);
  json["passages"] = Json::array();
  for (const PassageHit& passage : hit.passages) json["passages"].push_back(passage_json(passage));
  return json;
}

std::string flag_text(std::optional<bool> flag, const char* yes, const char* no) {
  return flag ? (*flag ? yes : no) : "";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : "、") + text;
  return out;
}

std::string contractors_printed(const Hit& hit) {
  std::vector<std::string> names;
  for (const ContractorRef& contractor : hit.contract_contractors)
    names.push_back(contractor.printed);
  return joined(names);
}

std::string contractors_named(const Hit& hit) {
  std::vector<std::string> names;
  for (const ContractorRef& contractor : hit.contract_contractors) names.push_back(contractor.name);
  return joined(names);
}

// lines 780-794 · page 3 · Sheet1!B2, as a person would say it.
std::string place_text(const std::string& where_json) {
  const Json where = parsed_or_null(where_json);
  if (!where.is_object()) return {};
  if (const auto lines = where.find("lines");
      lines != where.end() && lines->is_array() && lines->size() == 2) {
    const int from = (*lines)[0].get<int>(), to = (*lines)[1].get<int>();
    return from == to ? fmt::format("{} 行", from) : fmt::format("{}-{} 行", from, to);
  }
  if (const auto page = where.find("page"); page != where.end() && page->is_number_integer())
    return fmt::format("{} ページ", page->get<int>());
  if (where.contains("sheet") && where["sheet"].is_string() && where.contains("cell") &&
      where["cell"].is_string())
    return where["sheet"].get<std::string>() + "!" + where["cell"].get<std::string>();
  return {};
}

}  // namespace

nlohmann::ordered_json to_json(const Facet& facet) {
  Json values = Json::array();
  for (const FacetValue& value : facet.values) {
    Json row = {{"value", value.value}, {"count", value.count}, {"selected", value.selected}};
    if (value.excluded) row["excluded"] = true;
    if (!value.parent.empty()) row["parent"] = value.parent;
    values.push_back(std::move(row));
  }
  return values;
}

nlohmann::ordered_json to_json(const SearchResult& result) {
  Json filters = Json::object();
  for (const auto& [name, values] : result.filters) filters[name] = values;
  Json json = {{"query",
                {{"text", result.text},
                 {"parsed", result.parsed},
                 {"filters", std::move(filters)},
                 {"view", name_of(result.view)}}},
               {"total", result.total},
               {"total_is_exact", true},
               {"took_ms", result.took_ms},
               {"municipalities", result.municipalities},
               {"can_answer", result.can_answer},
               {"hits", Json::array()},
               {"facets", Json::object()},
               {"notices", result.notices},
               {"suggestion", text_or_null(result.suggestion)},
               {"without_hits", result.without_hits},
               {"recognised", Json::array()},
               {"expanded", Json::array()}};
  for (const Hit& hit : result.hits) json["hits"].push_back(hit_json(hit, result.view));
  for (const Facet& facet : result.facets) json["facets"][facet.name] = to_json(facet);
  for (const Recognised& r : result.recognised) {
    json["recognised"].push_back(
        {{"field", r.field}, {"value", r.value}, {"written", r.written}, {"query", r.query}});
  }
  for (const Expanded& e : result.expanded)
    json["expanded"].push_back({{"written", e.written}, {"also", e.also}});
  return json;
}

std::vector<std::string> headings(View view) {
  std::vector<std::string> common = {"ID",           "評価書番号", "評価書名", "種類",
                                     "評価実施機関", "自治体",     "都道府県", "団体コード",
                                     "事務",         "分野",       "公表日"};
  const auto with = [&](std::initializer_list<const char*> more) {
    common.insert(common.end(), more.begin(), more.end());
    return common;
  };
  switch (view) {
    case View::Assessments:
      return with({"最新", "版の数", "対象人数", "重大事故", "委託先", "該当箇所", "項目", "場所",
                   "URL", "出典"});
    case View::Contracts:
      return with({"特定個人情報ファイル", "委託事項番号", "委託事項", "委託内容", "取扱者数",
                   "委託先名", "委託先", "再委託の有無", "再委託の許諾方法", "再委託事項", "場所",
                   "URL", "出典"});
    case View::Revisions:
      return with({"行", "変更日", "項目", "変更前の記載", "変更後の記載", "提出時期",
                   "提出時期に係る説明", "場所", "URL", "出典"});
  }
  return common;
}

std::vector<std::string> cells(const Hit& hit, View view) {
  std::vector<std::string> row = {hit.id,           hit.number,       hit.title,       hit.kind,
                                  hit.body_printed, hit.municipality, hit.prefecture,  hit.code,
                                  hit.process,      hit.category,     hit.published_on};
  const auto with = [&](std::vector<std::string> more) {
    row.insert(row.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
    return row;
  };
  switch (view) {
    case View::Assessments: {
      const PassageHit best = hit.passages.empty() ? PassageHit{} : hit.passages.front();
      return with({hit.latest ? "最新" : "旧", std::to_string(hit.versions), hit.people,
                   flag_text(hit.incident, "発生あり", "発生なし"), joined(hit.contractors),
                   plain_text(best.html), best.item, place_text(best.where_json), hit.url,
                   hit.source_url});
    }
    case View::Contracts:
      return with({hit.file, hit.contract_no > 0 ? std::to_string(hit.contract_no) : "",
                   hit.contract_title, hit.contract_description, hit.contract_staff,
                   contractors_printed(hit), contractors_named(hit),
                   flag_text(hit.subcontract, "再委託する", "再委託しない"),
                   hit.subcontract_approval, hit.subcontract_scope, place_text(hit.where_json),
                   hit.url, hit.source_url});
    case View::Revisions:
      return with({std::to_string(hit.revision_no), hit.revision_date, hit.revision_item,
                   hit.revision_before, hit.revision_after, hit.revision_timing, hit.revision_note,
                   place_text(hit.where_json), hit.url, hit.source_url});
  }
  return row;
}

std::string to_csv(const SearchResult& result) {
  std::string out = std::string(kByteOrderMark) + csv_record(headings(result.view));
  for (const Hit& hit : result.hits) out += csv_record(cells(hit, result.view));
  return out;
}

std::string plain_text(std::string_view html) {
  std::string out;
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] == '<') {
      const std::size_t end = html.find('>', at);
      if (end == std::string_view::npos) break;
      at = end + 1;
      continue;
    }
    bool entity = false;
    for (const auto& [name, c] : {std::pair{"&amp;", '&'},
                                  {"&lt;", '<'},
                                  {"&gt;", '>'},
                                  {"&quot;", '"'},
                                  {"&#39;", '\''}}) {
      if (!html.substr(at).starts_with(name)) continue;
      out += c;
      at += std::string_view(name).size();
      entity = true;
      break;
    }
    if (!entity) out += html[at++];
  }
  return out;
}

namespace {

// Marks as bold for a terminal, or as they are without colour: 【…】 would add characters to a
// copy.
std::string for_terminal(const std::string& html, bool colour) {
  if (!colour) return plain_text(html);
  std::string out;
  std::string_view rest = html;
  while (!rest.empty()) {
    const std::size_t at = std::min(rest.find("<mark>"), rest.find("</mark>"));
    out += plain_text(rest.substr(0, at));
    if (at == std::string_view::npos) break;
    const bool opens = rest.substr(at).starts_with("<mark>");
    out += opens ? "\033[1m" : "\033[0m";
    rest.remove_prefix(at + (opens ? 6 : 7));
  }
  return out;
}

std::string hit_text(const Hit& hit, View view, bool colour) {
  std::string out = fmt::format("{}{}  {}  {}  {}\n",
                                hit.body_printed.empty() ? hit.municipality : hit.body_printed,
                                hit.latest ? "" : " (旧版)", hit.title, hit.published_on, hit.kind);
  if (view == View::Contracts) {
    out += fmt::format("    {} {}  委託先: {}  取扱者数: {}  {}\n", hit.contract_no,
                       hit.contract_title, contractors_printed(hit), hit.contract_staff,
                       flag_text(hit.subcontract, "再委託する", "再委託しない"));
  }
  for (const PassageHit& passage : hit.passages) {
    const std::string place = place_text(passage.where_json);
    out += fmt::format(
        "    [{}{}{}] {}\n", passage.item, place.empty() ? "" : " " + place,
        passage.history && passage.item.find("変更箇所") == std::string::npos ? " 変更履歴" : "",
        for_terminal(passage.html, colour));
  }
  return out;
}

std::string advice_text(const SearchResult& result) {
  std::string out;
  for (const std::string& notice : result.notices) out += "※ " + notice + "\n";
  if (!result.without_hits.empty()) out += "見つからない語: " + joined(result.without_hits) + "\n";
  if (!result.suggestion.empty()) out += "もしかして: " + result.suggestion + "\n";
  for (const Expanded& e : result.expanded)
    out += fmt::format("「{}」は {} も検索しています\n", e.written, joined(e.also));
  for (const Recognised& r : result.recognised) out += fmt::format("絞り込みの候補: {}\n", r.query);
  return out;
}

}  // namespace

std::string to_table(const SearchResult& result, bool colour) {
  const char* unit = result.view == View::Assessments ? "評価書"
                     : result.view == View::Contracts ? "委託事項"
                                                      : "変更箇所";
  std::string out = fmt::format("{} {} 件 ({} 団体、{:.1f} ミリ秒)\n", unit, result.total,
                                result.municipalities, result.took_ms);
  out += advice_text(result);
  std::size_t number = 0;
  for (const Hit& hit : result.hits)
    out += fmt::format("\n{}. {}", ++number, hit_text(hit, result.view, colour));
  for (const Facet& facet : result.facets) {
    out += "\n" + facet.name + "\n";
    for (const FacetValue& value : facet.values) {
      out += fmt::format("  {}{:>6}  {}\n",
                         value.selected   ? "*"
                         : value.excluded ? "-"
                                          : " ",
                         value.count, value.value);
    }
  }
  return out;
}

std::string_view name_of(View view) {
  switch (view) {
    case View::Assessments:
      return "assessments";
    case View::Contracts:
      return "contracts";
    case View::Revisions:
      return "revisions";
  }
  return "";
}

namespace {
Error unknown(std::string_view what, std::string_view name, std::string_view right) {
  return {ErrorCode::Usage,
          fmt::format("「{}」は {} の値ではありません ({} のどれか)", name, what, right), "", 0, 0};
}
}  // namespace

Result<View> view_named(std::string_view name) {
  if (name.empty() || name == "assessments") return View::Assessments;
  if (name == "contracts") return View::Contracts;
  if (name == "revisions") return View::Revisions;
  return unknown("view", name, "assessments, contracts, revisions");
}

Result<Versions> versions_named(std::string_view name) {
  if (name.empty() || name == "latest") return Versions::Latest;
  if (name == "all") return Versions::All;
  return unknown("versions", name, "latest, all");
}

Result<Sort> sort_named(std::string_view name) {
  if (name.empty() || name == "relevance") return Sort::Relevance;
  if (name == "published") return Sort::Published;
  if (name == "municipality") return Sort::Municipality;
  if (name == "rarity") return Sort::Rarity;
  return unknown("sort", name, "relevance, published, municipality, rarity");
}

}  // namespace pia
