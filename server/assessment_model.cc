// The document keeps the form's own order. A passage is one item; consecutive passages of one
// section (the part of the item before its first space) stand under one heading, which is what the
// table of contents links to. Rows of 変更箇所 are shown as a table of their own.

#include "server/assessment_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "query/links.h"
#include "server/page.h"
#include "server/renderer.h"
#include "server/request_params.h"
#include "server/table.h"

namespace pia {
namespace {

const Json& member(const Json& object, const char* name) {
  static const Json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

// By reference: value() would copy a whole document for its passages.
const Json& list(const Json& object, const char* name) {
  static const Json none = Json::array();
  const Json& found = member(object, name);
  return found.is_array() ? found : none;
}

std::string text(const Json& object, const char* path) { return cell_text(object, path); }

bool is(const Json& value, bool wanted) {
  return value.is_boolean() && value.get<bool>() == wanted;
}

// A label without what the form prints around it: numbering, white space, the mark for the guide.
std::string bare_label(std::string text) {
  constexpr std::string_view kNoise[] = {" ", "\t", "　", "※", "．", ".", "（", "）",
                                         "(", ")",  "Ⅰ",  "Ⅱ", "Ⅲ",  "Ⅳ", "Ⅴ",  "Ⅵ"};
  for (const std::string_view noise : kNoise)
    for (std::size_t at = 0; (at = text.find(noise, at)) != std::string::npos;)
      text.erase(at, noise.size());
  constexpr std::string_view kDigits[] = {"０", "１", "２", "３", "４",
                                          "５", "６", "７", "８", "９"};
  for (bool again = true; again;) {  // leading digits, Arabic or Roman, ASCII or full width
    again = false;
    if (!text.empty() && std::string_view("0123456789IVX").find(text[0]) != std::string_view::npos)
      text.erase(0, 1), again = true;
    for (const std::string_view digit : kDigits)
      if (text.starts_with(digit)) text.erase(0, digit.size()), again = true;
  }
  return text;
}

// The list of choices that a form prints under an answer is no answer: it is set back. It begins
// with its title, on a line of its own or not, and goes on while lines begin with a number.
std::string with_choices_set_back(const std::string& html) {
  constexpr const char* kOpen = "<span class=\"choices\">";
  std::string out;
  bool in_choices = false;
  for (std::size_t from = 0; from <= html.size();) {
    const std::size_t end = std::min(html.find('\n', from), html.size());
    const std::string line = html.substr(from, end - from);
    from = end + 1;
    const std::size_t title =
        std::min({line.find("＜選択肢＞"), line.find("&lt;選択肢&gt;"), line.size()});
    const std::string begin = line.substr(0, std::min<std::size_t>(line.size(), 4));
    const bool choice = in_choices && !line.empty() && bare_label(begin) != begin &&
                        line.find('[') == std::string::npos;
    if (in_choices && !choice) out += "</span>";
    if (in_choices && choice) {
      out += " " + line;
      continue;
    }
    in_choices = title < line.size();
    if (!out.empty()) out += '\n';
    out += in_choices ? line.substr(0, title) + kOpen + line.substr(title) : line;
  }
  return in_choices ? out + "</span>" : out;
}

// A fact: label, value, place. Nothing for an empty value.
class Facts {
 public:
  explicit Facts(const AssessmentView& view) : view_(view) {}

  void add(const char* label, const char* path, std::string shown = "", std::string link = "") {
    if (shown.empty()) shown = text(view_.record, path);
    if (shown.empty()) return;
    std::string pointer = "/" + std::string(path);
    std::ranges::replace(pointer, '.', '/');
    const Json& where = member(member(view_.record, "places"), pointer.c_str());
    facts_.push_back({{"label", label},
                      {"value", shown},
                      {"url", link},
                      {"place", place_text(where)},
                      {"place_url", source_link(view_.record, where, view_.sources_served)}});
  }

  Json take() { return std::move(facts_); }

 private:
  const AssessmentView& view_;
  Json facts_ = Json::array();
};

Json facts_model(const AssessmentView& view) {
  const Json& record = view.record;
  Facts facts(view);
  const std::string code = text(record, "body.code");
  facts.add("評価実施機関", "body.printed", "", code.empty() ? "" : municipality_url(code));
  facts.add("都道府県", "body.prefecture");
  facts.add("公表日", "published_on", japanese_date(text(record, "published_on")));
  facts.add("種類", "kind", text(record, "kind").empty() ? "" : text(record, "kind") + "評価書");
  facts.add("様式", "form.name",
            text(record, "form.name").empty() && text(record, "form.edition").empty()
                ? ""
                : text(record, "form.edition") + " " + text(record, "form.name"));
  facts.add("評価書番号", "number");
  facts.add("事務の名称", "process.name");
  const std::string category = text(record, "process.category");
  facts.add("事務分野", "process.category", "",
            category.empty() ? "" : search_url({{"category", category}}));
  facts.add("対象人数", "process.people");
  facts.add("取扱者数", "staff.count");
  facts.add("情報連携", "network.used");
  facts.add("担当部署", "department.name");
  facts.add("監査", "audit.done");
  facts.add("教育・啓発", "training");
  facts.add("しきい値判断", "procedure.threshold.result");
  facts.add("開示請求先", "disclosure_request.to");
  return facts.take();
}

std::string subcontract_word(const Json& used) {
  return used.is_boolean() ? (used.get<bool>() ? "する" : "しない") : "不明";
}

Json contracts_model(const AssessmentView& view) {
  Json rows = Json::array();
  const Json& files = member(view.record, "files");
  if (!files.is_array()) return rows;
  for (const Json& file : files) {
    const Json& contracts = member(member(file, "contracts"), "rows");
    if (!contracts.is_array()) continue;
    for (const Json& row : contracts) {
      Json who = Json::array();
      for (const Json& contractor : list(row, "contractors"))
        who.push_back({{"name", text(contractor, "name")},
                       {"printed", text(contractor, "printed")},
                       {"branch", text(contractor, "branch")},
                       {"url", contractor_url(text(contractor, "name"))}});
      const Json& subcontract = member(row, "subcontract");
      const Json& where = member(row, "where");
      rows.push_back({{"file", files.size() > 1 ? text(file, "name") : ""},
                      {"no", text(row, "no")},
                      {"title", text(row, "title")},
                      {"description", text(row, "description")},
                      {"staff", text(row, "staff")},
                      {"who", std::move(who)},
                      {"subcontract", subcontract_word(member(subcontract, "used"))},
                      {"subcontracted", is(member(subcontract, "used"), true)},
                      {"approval", text(subcontract, "approval")},
                      {"scope", text(subcontract, "scope")},
                      {"place", place_text(where)},
                      {"place_url", source_link(view.record, where, view.sources_served)}});
    }
  }
  return rows;
}

Json incidents_model(const AssessmentView& view) {
  const Json& incidents = member(view.record, "incidents");
  Json out = {{"yes", is(member(incidents, "occurred"), true)},
              {"no", is(member(incidents, "occurred"), false)},
              {"unknown", !member(incidents, "occurred").is_boolean()}};
  const Json& question = member(incidents, "question");
  if (member(question, "years").is_number())
    out["question"] = fmt::format("過去{}年以内の{}に関する重大事故",
                                  member(question, "years").dump(), text(question, "scope"));
  Json rows = Json::array();
  for (const Json& row : list(incidents, "rows")) {
    if (text(row, "summary").empty() && text(row, "prevention").empty()) continue;
    rows.push_back({{"file", text(row, "file")},
                    {"summary", text(row, "summary")},
                    {"prevention", text(row, "prevention")},
                    {"place", place_text(member(row, "where"))}});
  }
  out["rows"] = std::move(rows);
  Json cases = Json::array();
  for (const Json& attachment : list(incidents, "attachments")) {
    for (const Json& one : list(attachment, "cases")) {
      Json responses = Json::array();
      for (const Json& response : list(one, "response"))
        responses.push_back(
            {{"date", japanese_date(text(response, "date"))}, {"what", text(response, "what")}});
      cases.push_back({{"attachment", text(attachment, "title")},
                       {"title", text(one, "title")},
                       {"date", japanese_date(text(one, "occurred_on"))},
                       {"summary", text(one, "summary")},
                       {"cause", text(one, "cause")},
                       {"impact", text(one, "impact")},
                       {"response", std::move(responses)},
                       {"prevention", text(one, "prevention")},
                       {"place", place_text(member(attachment, "where"))}});
    }
  }
  out["cases"] = std::move(cases);
  return out;
}

Json risks_model(const AssessmentView& view) {
  Json rows = Json::array();
  for (const Json& risk : list(view.record, "risks"))
    rows.push_back({{"section", text(risk, "section")},
                    {"item", text(risk, "item")},
                    {"judgement", text(risk, "judgement")},
                    {"weak", text(risk, "judgement").find("課題") != std::string::npos},
                    {"file", text(risk, "file")},
                    {"place", place_text(member(risk, "where"))}});
  return rows;
}

Json systems_model(const AssessmentView& view) {
  Json rows = Json::array();
  for (const Json& system : list(view.record, "systems"))
    rows.push_back(
        {{"name", text(system, "name")},
         {"connections", text(system, "connections")},
         {"url",
          text(system, "name").empty() ? "" : search_url({{"system", text(system, "name")}})}});
  return rows;
}

// Passages of 変更箇所 are named by row and column ("変更箇所 15 変更後"): they are shown in the
// table of rows, marked, and not a second time in the text.
struct RevisionPassage {
  std::size_t row = 0;  // 1-based; 0: no such passage
  bool before = false, after = false;
};

RevisionPassage revision_passage(const std::string& item, std::size_t rows) {
  const auto [section, rest] = split_item(item);
  if (section != "変更箇所") return {};
  const std::size_t row = static_cast<std::size_t>(std::strtoul(rest.c_str(), nullptr, 10));
  if (row == 0 || row > rows) return {};
  return {row, rest.ends_with(" 変更前"), rest.ends_with(" 変更後")};
}

Json revisions_model(const AssessmentView& view) {
  Json rows = Json::array();
  int number = 0;
  for (const Json& row : list(view.record, "revisions"))
    rows.push_back({{"n", ++number},
                    {"date", text(row, "date")},
                    {"date_text", japanese_date(text(row, "date"))},
                    {"item", text(row, "item")},
                    {"before", html_escape(text(row, "before"))},
                    {"after", html_escape(text(row, "after"))},
                    {"timing", text(row, "timing")},
                    {"note", text(row, "note")},
                    {"place", place_text(member(row, "where"))},
                    {"anchors", Json::array()}});
  std::size_t n = 0;
  for (const Json& passage : list(view.record, "passages")) {
    const RevisionPassage at = revision_passage(text(passage, "item"), rows.size());
    const std::string html = n < view.marked.size() ? view.marked[n] : "";
    if (at.row > 0) {
      Json& row = rows[at.row - 1];
      row["anchors"].push_back(n);
      if (html.find("<mark") != std::string::npos && (at.before || at.after))
        row[at.before ? "before" : "after"] = html;
    }
    ++n;
  }
  return rows;
}

Json versions_model(const AssessmentView& view) {
  Json rows = Json::array();
  const std::string id = text(view.record, "id");
  for (std::size_t i = 0; i < view.versions.size(); ++i) {
    const VersionRef& version = view.versions[i];
    Json row = {{"url", assessment_url(version.id)},
                {"date", japanese_date(version.published_on)},
                {"latest", version.latest},
                {"this_one", version.id == id}};
    if (i + 1 < view.versions.size())
      row["diff_url"] = url("/compare", {{"a", view.versions[i + 1].id}, {"b", version.id}});
    rows.push_back(std::move(row));
  }
  return rows;
}

// The passages under the headings of their sections, and the table of contents beside them.
struct Document {
  Json sections = Json::array();
  Json toc = Json::array();
  Json hits = Json::array();              // passages with a mark
  std::vector<std::size_t> in_revisions;  // of these, the ones in the table of 変更箇所
};

// Consecutive passages with a mark know each other, for "previous" and "next".
void link_hits(Document& document, const std::vector<std::pair<std::size_t, std::size_t>>& marked) {
  for (std::size_t i = 0; i < marked.size(); ++i) {
    Json& passage = document.sections[marked[i].first]["passages"][marked[i].second];
    passage["hit"] = fmt::format("{}/{}", i + 1, marked.size());
    const auto anchor = [&](std::size_t at) {
      const Json& other = document.sections[marked[at].first]["passages"][marked[at].second];
      return "#p" + other["n"].dump();
    };
    if (i > 0) passage["previous"] = anchor(i - 1);
    if (i + 1 < marked.size()) passage["next"] = anchor(i + 1);
    if (document.hits.size() < 200)
      document.hits.push_back({{"url", "#p" + passage["n"].dump()},
                               {"item", passage["item"]},
                               {"section", document.sections[marked[i].first]["name"]}});
  }
}

Document document_model(const AssessmentView& view) {
  Document document;
  std::vector<std::pair<std::size_t, std::size_t>> marked;
  std::string chapter;
  std::size_t n = 0;
  const std::size_t revisions = list(view.record, "revisions").size();
  for (const Json& passage : list(view.record, "passages")) {
    if (const RevisionPassage at = revision_passage(text(passage, "item"), revisions); at.row > 0) {
      if (n < view.marked.size() && view.marked[n].find("<mark") != std::string::npos)
        document.in_revisions.push_back(n);
      ++n;
      continue;
    }
    const auto [section, rest] = split_item(text(passage, "item"));
    const std::string name = section.empty() ? "その他" : section;
    if (document.sections.empty() || document.sections.back()["name"] != name) {
      const std::string id = fmt::format("s{}", document.sections.size() + 1);
      document.sections.push_back({{"id", id}, {"name", name}, {"passages", Json::array()}});
      const std::string top = name.substr(0, name.find('-'));
      document.toc.push_back({{"url", "#" + id},
                              {"name", name},
                              {"first", top != chapter},
                              {"what", rest},
                              {"count", 0}});
      chapter = top;
    }
    const std::string html = n < view.marked.size() ? view.marked[n] : "";
    if (html.empty() && document.sections.back()["passages"].empty() &&
        !document.sections.back().contains("what")) {
      // The first passage of a section is its printed heading.
      document.sections.back()["what"] = rest;
      document.sections.back()["heading_of"] = n;
      ++n;
      continue;
    }
    const Json& where = member(passage, "where");
    Json& list = document.sections.back()["passages"];
    if (html.find("<mark") != std::string::npos) {
      marked.emplace_back(document.sections.size() - 1, list.size());
      Json& entry = document.toc.back();
      entry["count"] = entry["count"].get<int>() + 1;
    }
    list.push_back({{"n", n},
                    {"item", rest.empty() ? name : rest},
                    {"html", with_choices_set_back(html)},
                    {"bare", html.empty()},
                    {"place", place_text(where)},
                    {"place_url", source_link(view.record, where, view.sources_served)},
                    {"similar", url("/similar", {{"id", text(view.record, "id")},
                                                 {"passage", std::to_string(n)}})}});
    ++n;
  }
  link_hits(document, marked);
  for (const std::size_t hit : document.in_revisions)
    if (document.hits.size() < 200)
      document.hits.push_back({{"url", fmt::format("#p{}", hit)},
                               {"item", text(view.record["passages"][hit], "item")},
                               {"section", ""}});
  for (Json& entry : document.toc)
    entry["count"] = entry["count"] == 0 ? Json("") : Json(entry["count"].dump());
  return document;
}

Json sources_model(const AssessmentView& view) {
  Json rows = Json::array();
  std::size_t number = 0;
  for (const Json& source : list(view.record, "sources")) {
    const std::string path = text(source, "path");
    const std::string web = text(source, "url");
    std::string address = web.starts_with("http://") || web.starts_with("https://") ? web : "";
    if (address.empty() && view.sources_served && number == 0)
      address = assessment_url(text(view.record, "id")) + "/source";
    rows.push_back({{"format", text(source, "format")},
                    {"name", path.substr(path.rfind('/') + 1)},
                    {"url", address},
                    {"sha256", text(source, "sha256")}});
    ++number;
  }
  return rows;
}

}  // namespace

std::pair<std::string, std::string> split_item(const std::string& item) {
  const std::size_t space = item.find(' ');
  if (space == std::string::npos) return {item, ""};
  return {item.substr(0, space), item.substr(space + 1)};
}

std::string shown_text(const std::string& item, const std::string& text) {
  const std::size_t space = item.rfind(' ');
  const std::string label = space == std::string::npos ? item : item.substr(space + 1);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string first = bare_label(text.substr(0, end));
  for (const std::string& wanted : {bare_label(label), bare_label(split_item(item).second)})
    if (!wanted.empty() && first.starts_with(wanted) &&
        (first.size() == wanted.size() ||
         std::string_view(first).substr(wanted.size()).starts_with("【")))
      return text.substr(std::min(end + 1, text.size()));
  if (!text.starts_with(label) || label.empty()) return text;
  std::size_t from = label.size();  // "①連絡先総務部": the label and the answer on one line
  while (text.compare(from, 3, "※") == 0 || text.compare(from, 3, "　") == 0) from += 3;
  while (from < text.size() && text[from] == ' ') ++from;
  return text.substr(from);
}

std::string source_link(const Json& record, const Json& where, bool sources_served) {
  const Json& sources = member(record, "sources");
  if (!sources.is_array() || sources.empty()) return "";
  std::string address = text(sources[0], "url");
  if (!address.starts_with("http://") && !address.starts_with("https://"))
    address = sources_served ? assessment_url(text(record, "id")) + "/source" : "";
  if (address.empty()) return "";
  const Json& page_number = member(where, "page");
  if (page_number.is_number() && text(sources[0], "format") == "pdf")
    address += "#page=" + page_number.dump();
  return address;
}

std::string citation(const Json& record) {
  const std::string date = text(record, "published_on");
  return fmt::format("{}「{}」（特定個人情報保護評価書{}{}）",
                     text(record, "body.printed").empty() ? text(record, "body.municipality")
                                                          : text(record, "body.printed"),
                     text(record, "title"),
                     text(record, "kind").empty() ? "" : "、" + text(record, "kind"),
                     date.empty() ? "" : "、" + japanese_date(date) + "公表");
}

Json assessment_model(const AssessmentView& view) {
  const Json& record = view.record;
  Document document = document_model(view);
  const std::string place = text(record, "body.municipality").empty()
                                ? text(record, "body.printed")
                                : text(record, "body.municipality");
  const std::string code = text(record, "body.code");
  Json model = {
      {"id", text(record, "id")},
      {"title", text(record, "title").empty() ? text(record, "id") : text(record, "title")},
      {"place", place},
      {"municipality_url", code.empty() ? "" : municipality_url(code)},
      {"prefecture",
       text(record, "body.prefecture") == place ? "" : text(record, "body.prefecture")},
      {"kind", text(record, "kind")},
      {"date", japanese_date(text(record, "published_on"))},
      {"remarks", text(record, "remarks")},
      {"summary", text(record, "process.summary")},
      {"citation", citation(record)},
      {"facts", facts_model(view)},
      {"contracts", contracts_model(view)},
      {"incidents", incidents_model(view)},
      {"risks", risks_model(view)},
      {"systems", systems_model(view)},
      {"revisions", revisions_model(view)},
      {"versions", versions_model(view)},
      {"sources", sources_model(view)},
      {"warnings", list(record, "warnings")},
      {"q", view.q},
      {"json_url", "/api/v1" + assessment_url(text(record, "id"))},
      {"back_url", search_url({{"q", view.q}})}};
  model["many_versions"] = view.versions.size() > 1;
  model["contract_count"] = model["contracts"].size();
  model["revision_count"] = model["revisions"].size();
  model["hit_count"] = document.hits.empty() ? "" : std::to_string(document.hits.size());
  model["no_marks"] = !view.q.empty() && document.hits.empty();
  for (const VersionRef& version : view.versions)
    if (version.latest && version.id != text(record, "id"))
      model["newer_url"] = assessment_url(version.id);
  model["sections"] = std::move(document.sections);
  model["toc"] = std::move(document.toc);
  model["hits"] = std::move(document.hits);
  return model;
}

}  // namespace pia
