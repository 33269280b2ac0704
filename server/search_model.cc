#include "server/search_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "query/links.h"
#include "server/page.h"
#include "server/renderer.h"
#include "server/request_params.h"
#include "server/search_facets.h"

namespace pia {
namespace {

constexpr std::size_t kShownContractors = 4;  // names in a hit

struct ViewText {
  View view;
  const char* label;
  const char* unit;
};
constexpr ViewText kViews[] = {{View::Assessments, "評価書", "件の評価書"},
                               {View::Contracts, "委託", "件の委託事項"},
                               {View::Revisions, "変更履歴", "件の変更"}};

const ViewText& text_of(View view) { return *std::ranges::find(kViews, view, &ViewText::view); }

// " a b " for "a　b": every word between two ASCII spaces.
std::string between_spaces(const std::string& text) {
  constexpr std::string_view kWide = "　";
  std::string out = " " + text + " ";
  for (std::size_t at = 0; (at = out.find(kWide, at)) != std::string::npos; ++at)
    out.replace(at, kWide.size(), " ");
  return out;
}

Json chips_model(const SearchRequest& request) {
  Json chips = Json::array();
  for (const FacetLabel& facet : facet_labels()) {
    const auto found = request.filters.find(facet.name);
    if (found == request.filters.end()) continue;
    for (const std::string& value : found->second) {
      const bool excluded = value.starts_with('-');
      const std::string plain = excluded ? value.substr(1) : value;
      chips.push_back({{"label", facet.label},
                       {"value", shown_value(facet.name, plain)},
                       {"excluded", excluded},
                       {"url", search_link(toggled(request, facet.name, plain, excluded))}});
    }
  }
  const auto date_chip = [&](const char* label, std::string SearchRequest::*end) {
    if ((request.*end).empty()) return;
    SearchRequest without = from_start(request);
    without.*end = "";
    chips.push_back({{"label", label},
                     {"value", request.*end},
                     {"excluded", false},
                     {"url", search_link(without)}});
  };
  date_chip("公表日 から", &SearchRequest::from);
  date_chip("公表日 まで", &SearchRequest::to);
  if (request.versions == Versions::All) {
    SearchRequest without = from_start(request);
    without.versions = Versions::Latest;
    chips.push_back({{"label", "版"},
                     {"value", "以前の版も含む"},
                     {"excluded", false},
                     {"url", search_link(without)}});
  }
  return chips;
}

Json tabs_model(const SearchRequest& request, const SearchExtras& extras) {
  Json tabs = Json::array();
  for (const ViewText& view : kViews) {
    SearchRequest other = from_start(request);
    other.view = view.view;
    const auto total = extras.totals.find(view.view);
    tabs.push_back({{"label", view.label},
                    {"url", search_link(other)},
                    {"current", view.view == request.view},
                    {"count", total == extras.totals.end() ? "" : grouped(total->second)}});
  }
  return tabs;
}

Json sorts_model(const SearchRequest& request) {
  struct Row {
    Sort sort;
    const char* label;
  };
  constexpr Row kSorts[] = {{Sort::Relevance, "関連の強い順"},
                            {Sort::Published, "公表の新しい順"},
                            {Sort::Municipality, "自治体順"},
                            {Sort::Rarity, "珍しい文の順"}};
  Json sorts = Json::array();
  for (const Row& row : kSorts) {
    SearchRequest other = from_start(request);
    other.sort = row.sort;
    sorts.push_back(
        {{"label", row.label}, {"url", search_link(other)}, {"current", row.sort == request.sort}});
  }
  return sorts;
}

Json pages_model(const SearchRequest& request, std::uint32_t total) {
  const std::uint32_t size = std::max(1u, request.limit);
  const std::uint32_t count = (total + size - 1) / size, current = request.offset / size;
  Json pages = Json::array();
  if (count < 2) return pages;
  const auto add = [&](std::uint32_t number, const std::string& label, const char* rel,
                       bool is_current) {
    SearchRequest other = request;
    other.offset = number * size;
    pages.push_back(
        {{"label", label}, {"url", search_link(other)}, {"rel", rel}, {"current", is_current}});
  };
  if (current > 0) add(current - 1, "前へ", "prev", false);
  std::uint32_t last = UINT32_MAX;
  for (std::uint32_t number = 0; number < count; ++number) {
    if (number != 0 && number + 1 != count && (number + 2 < current || number > current + 2))
      continue;
    if (last != UINT32_MAX && number != last + 1) pages.push_back({{"label", "…"}, {"url", ""}});
    add(number, std::to_string(number + 1), "", number == current);
    last = number;
  }
  if (current + 1 < count) add(current + 1, "次へ", "next", false);
  return pages;
}

bool is_web_address(const std::string& address) {
  return address.starts_with("https://") || address.starts_with("http://");
}

// The page of the published document, where the source is a PDF with an address.
std::string page_link(const Hit& hit, const Json& where) {
  if (!is_web_address(hit.source_url) || !where.is_object() || !where.contains("page")) return "";
  return hit.source_url + "#page=" + where["page"].dump();
}

Json passage_model(const Hit& hit, const PassageHit& passage, const std::string& address) {
  const Json where = Json::parse(passage.where_json, nullptr, false);
  return {{"place_url", page_link(hit, where)},
          {"item", passage.item.empty() ? "本文" : passage.item},
          {"place", place_text(where)},
          {"history", passage.history},
          {"html", passage.html},
          {"url", fmt::format("{}#p{}", address, passage.index)}};
}

// What the three views show of the assessment that a hit belongs to.
Json hit_base(const Hit& hit, const SearchRequest& request) {
  Params carried;
  if (!request.text.empty()) carried.emplace_back("q", request.text);
  const std::string place = hit.municipality.empty() ? hit.body_printed : hit.municipality;
  return {{"assessment_url", url(assessment_url(hit.id), carried)},
          {"assessment_title", hit.title.empty() ? hit.id : hit.title},
          {"place", place},
          {"prefecture_shown", hit.prefecture == place ? "" : hit.prefecture},
          {"municipality_url", hit.code.empty() ? "" : municipality_url(hit.code)},
          {"date", japanese_date(hit.published_on)},
          {"published_on", hit.published_on}};
}

Json assessment_model(const Hit& hit, const SearchRequest& request) {
  Json out = hit_base(hit, request);
  const std::string address = out["assessment_url"];
  out["url"] = address;
  out["title"] = hit.title.empty() ? hit.id : hit.title;
  out["kind"] = hit.kind;
  out["category"] = hit.category;
  out["people"] = hit.people;
  out["source_url"] = is_web_address(hit.source_url) ? hit.source_url : "";
  out["older"] = !hit.latest;
  out["many_versions"] = hit.versions > 1 ? std::to_string(hit.versions) : "";
  out["has_incident"] = hit.incident.value_or(false);
  Json names = Json::array();
  for (const std::string& name : hit.contractors) {
    if (names.size() == kShownContractors) break;
    names.push_back({{"name", name}, {"url", contractor_url(name)}, {"sep", true}});
  }
  if (!names.empty()) names.back()["sep"] = false;
  out["more_contractors"] = hit.contractors.size() > kShownContractors
                                ? std::to_string(hit.contractors.size() - kShownContractors)
                                : "";
  out["contractors"] = std::move(names);
  Json passages = Json::array();
  for (const PassageHit& passage : hit.passages)
    passages.push_back(passage_model(hit, passage, address));
  out["passages"] = std::move(passages);
  return out;
}

std::string hit_address(const Hit& hit, const Json& base) {
  const std::string address = base["assessment_url"];
  return hit.passages.empty() ? address
                              : fmt::format("{}#p{}", address, hit.passages.front().index);
}

Json contract_model(const Hit& hit, const SearchRequest& request) {
  Json out = hit_base(hit, request);
  Json who = Json::array();
  for (const ContractorRef& contractor : hit.contract_contractors)
    who.push_back({{"name", contractor.name},
                   {"branch", contractor.branch},
                   {"url", contractor_url(contractor.name)}});
  out["who"] = std::move(who);
  out["url"] = hit_address(hit, out);
  out["no_label"] = hit.contract_no > 0 ? fmt::format("{}. ", hit.contract_no) : "";
  out["title"] = hit.contract_title.empty() ? "（事項名なし）" : hit.contract_title;
  const bool marked =
      !hit.passages.empty() && hit.passages.front().html.find("<mark") != std::string::npos;
  out["text"] = marked ? hit.passages.front().html : html_escape(hit.contract_description);
  out["staff"] = hit.contract_staff;
  out["sub_yes"] = hit.subcontract.value_or(false);
  out["sub_no"] = hit.subcontract.has_value() && !*hit.subcontract;
  out["sub_unknown"] = !hit.subcontract.has_value();
  out["scope"] = hit.subcontract_scope;
  out["where"] = place_text(Json::parse(hit.where_json, nullptr, false));
  return out;
}

Json revision_model(const Hit& hit, const SearchRequest& request) {
  Json out = hit_base(hit, request);
  out["url"] = hit.revision_no > 0
                   ? fmt::format("{}#r{}", std::string(out["assessment_url"]), hit.revision_no)
                   : hit_address(hit, out);
  out["date"] = hit.revision_date;
  out["date_text"] = japanese_date(hit.revision_date);
  out["timing"] = hit.revision_timing;
  out["item"] = hit.revision_item.empty() ? "（項目名なし）" : hit.revision_item;
  out["before"] = hit.revision_before;
  out["after"] = hit.revision_after;
  out["where"] = place_text(Json::parse(hit.where_json, nullptr, false));
  return out;
}

// What was written together with a word that has no hit: the analyser may have cut it in pieces
// that nobody typed.
std::string written_with(const std::string& text, const std::string& word) {
  const std::string spaced = between_spaces(text);
  const std::size_t at = spaced.find(word);
  if (at == std::string::npos) return word;
  const std::size_t from = spaced.rfind(' ', at) + 1;
  return spaced.substr(from, spaced.find(' ', at + word.size()) - from);
}

Json without_model(const SearchRequest& request, const SearchResult& result) {
  Json out = Json::array();
  std::vector<std::string> shown_words;
  for (const std::string& word : result.without_hits) {
    const std::string written = written_with(request.text, word);
    if (std::ranges::find(shown_words, written) != shown_words.end()) continue;
    shown_words.push_back(written);
    SearchRequest dropped = from_start(request);
    dropped.text = without_word(request.text, written);
    const bool found = dropped.text != request.text;
    out.push_back({{"word", written}, {"url", found ? search_link(dropped) : ""}});
  }
  return out;
}

Json join_words(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += "「" + word + "」";
  return out;
}

}  // namespace

std::string without_word(const std::string& text, const std::string& word) {
  if (word.empty()) return text;
  const std::string spaced = between_spaces(text);
  std::string out = text;
  for (const std::string& form : {word, "\"" + word + "\"", "「" + word + "」"}) {
    const std::size_t at = spaced.find(" " + form + " ");
    if (at == std::string::npos) continue;
    out = spaced.substr(0, at) + " " + spaced.substr(at + form.size() + 2);
    break;
  }
  const std::size_t first = out.find_first_not_of(' ');
  return first == std::string::npos ? "" : out.substr(first, out.find_last_not_of(' ') - first + 1);
}

Json search_model(const SearchRequest& request, const SearchResult& result,
                  const SearchExtras& extras) {
  SearchRequest cleared;
  cleared.text = request.text;
  cleared.view = request.view;
  SearchRequest versions = from_start(request);
  versions.versions = request.versions == Versions::All ? Versions::Latest : Versions::All;
  SearchRequest raw = from_start(request);
  raw.raw = !request.raw;
  SearchRequest suggested = from_start(request);
  suggested.text = result.suggestion;
  const Params exported = search_params(from_start(request));
  const auto download = [&](const char* format) {
    Params params = exported;
    params.emplace_back("format", format);
    return url("/api/v1/search", params);
  };
  Json model = {{"q", request.text},
                {"hidden", hidden_fields(request, {"q"})},
                {"hidden_dates", hidden_fields(request, {"from", "to"})},
                {"from", request.from},
                {"to", request.to},
                {"tabs", tabs_model(request, extras)},
                {"facets", facets_model(request, result, extras)},
                {"total", grouped(result.total)},
                {"unit", text_of(request.view).unit},
                {"unit_name", text_of(request.view).label},
                {"municipalities", result.municipalities > 0 ? grouped(result.municipalities) : ""},
                {"can_answer", request.view == View::Assessments && result.can_answer > 0 &&
                                       result.can_answer != result.total
                                   ? grouped(result.can_answer)
                                   : ""},
                {"sorts", sorts_model(request)},
                {"csv", download("csv")},
                {"xlsx", download("xlsx")},
                {"json", url("/api/v1/search", exported)},
                {"feed", url("/feed.atom", exported)},
                {"chips", chips_model(request)},
                {"clear_url", search_link(cleared)},
                {"versions_url", search_link(versions)},
                {"versions_label",
                 request.versions == Versions::All ? "最新の版だけにする" : "以前の版も含める"},
                {"suggestion", result.suggestion},
                {"suggestion_url", search_link(suggested)},
                {"raw_url", search_link(raw)},
                {"raw_on", request.raw},
                {"notices", result.notices},
                {"empty", result.total == 0},
                {"without", result.total == 0 ? without_model(request, result) : Json::array()},
                {"first", request.offset + 1},
                {"pages", pages_model(request, result.total)},
                {"took", fmt::format("{:.1f}", result.took_ms)}};
  model["conditions_clash"] =
      result.without_hits.empty() && (!request.text.empty() || !request.filters.empty());
  Json recognised = Json::array();
  for (const Recognised& entry : result.recognised) {
    SearchRequest with = from_start(request);
    with.text = entry.query;
    recognised.push_back(
        {{"label", facet_label(entry.field)}, {"value", entry.value}, {"url", search_link(with)}});
  }
  model["recognised"] = std::move(recognised);
  Json expanded = Json::array();
  for (const Expanded& entry : result.expanded)
    expanded.push_back({{"written", entry.written}, {"also", join_words(entry.also)}});
  model["expanded"] = std::move(expanded);
  Json hits = Json::array();
  for (const Hit& hit : result.hits) {
    switch (request.view) {
      case View::Assessments:
        hits.push_back(assessment_model(hit, request));
        break;
      case View::Contracts:
        hits.push_back(contract_model(hit, request));
        break;
      case View::Revisions:
        hits.push_back(revision_model(hit, request));
        break;
    }
  }
  model[view_word(request.view)] = std::move(hits);
  return model;
}

}  // namespace pia
