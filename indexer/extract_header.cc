// Cover, Ⅰ, the threshold items of 様式2, and the chapters behind the risks: values that a document
// has once. Fields are found by the pointer that the form's table gives an item.

#include <algorithm>
#include <map>

#include "dicts/japanese_date.h"
#include "dicts/normalizer.h"
#include "indexer/cells_context.h"
#include "indexer/utf8.h"

namespace pia {
namespace {

// [令和６年10月　様式３] on the cover: edition and form as printed.
void read_edition(const CellsContext& c) {
  int rows = 0;
  for (const SourceRow& row : c.source.rows) {
    if (++rows > 80) return;
    for (const SourceCell& cell : row.cells) {
      const std::size_t at = cell.text.find("様式");
      if (at == std::string::npos || cell.text.size() > 200) continue;
      const std::string name = nfkc(one_line(cell.text).substr(one_line(cell.text).find("様式")));
      std::size_t digit = std::string_view("様式").size();
      while (digit < name.size() && name[digit] == ' ') ++digit;
      if (digit >= name.size() || name[digit] < '2' || name[digit] > '4') continue;
      const std::vector<FoundDate> dates = find_dates(cell.text);
      if (dates.empty() || dates[0].offset > at) continue;
      c.out.form_name = std::string("様式") + name[digit];
      std::string edition =
          nfkc(std::string_view(cell.text).substr(dates[0].offset, dates[0].length));
      std::erase_if(edition, [](char ch) { return ch == ' ' || ch == '\n'; });
      c.out.edition = edition;
      c.prove("/form/name", cell.place);
      c.prove("/form/edition", cell.place);
      return;
    }
  }
}

void set_iso(const CellsContext& c, Text& field, const std::string& pointer, const Entry& entry) {
  if (field) return;
  // The edition of the form, [令和6年10月 様式3], stands below the date on the cover.
  Texts lines = lines_of(c.raw(entry));
  std::erase_if(lines,
                [](const std::string& line) { return line.find("様式") != std::string::npos; });
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  const std::string printed = one_line(all);
  if (is_blank(printed)) return;
  if (const auto date = parse_date(printed)) {
    field = date->iso();
    c.prove(pointer, place_of(entry.values), "date " + printed);
    return;
  }
  const std::vector<FoundDate> dates = find_dates(printed);
  if (dates.size() == 1) {
    field = dates[0].date.iso();
    c.prove(pointer, place_of(entry.values), "date in " + printed);
  } else {
    c.warn(entry, "日付として読めません: " + printed);
  }
}

// True if the text begins with the name of a law and its article: 番号法第9条, ○○条例第3条,
// 番号法別表.
bool begins_law(std::string_view text) {
  for (std::string_view known : {"番号法", "行政手続における特定の個人", "マイナンバー法"}) {
    if (text.starts_with(known)) return true;
  }
  std::size_t at = 0;
  const char32_t first = text.empty() ? 0 : next_char(text, at);
  if ((first >= U'ぁ' && first <= U'ん') || first == U'別' || first == U'第' || first == U'（' ||
      first == U'(' || first == U'及' || first == U'並' || first == U'又' || first == U'若' ||
      first == U'、' || first == U'の') {
    return false;
  }
  for (int length = 0; at < text.size() && length < 60; ++length) {
    const std::string_view rest = text.substr(at);
    for (std::string_view kind : {"法", "条例", "規則", "命令", "省令"}) {
      if (!rest.starts_with(kind)) continue;
      const std::string_view behind = rest.substr(kind.size());
      if (behind.starts_with("第") || behind.starts_with("施行") || behind.starts_with("（") ||
          behind.starts_with("("))
        return true;
    }
    const char32_t c = next_char(text, at);
    if (c == U'、' || c == U'。' || c == U'第' || c == U'\n' || c == U' ') return false;
  }
  return false;
}

// Several laws that were printed in lines of their own and came out as one: behind 条, 項, 号 a new
// one begins.
void split_laws(const std::string& line, Texts& items) {
  std::size_t begin = 0;
  char32_t before = 0, c = 0;  // 第8号, not 番号
  for (std::size_t at = 0; at < line.size();) {
    before = c;
    c = next_char(line, at);
    const bool counted =
        (before >= U'0' && before <= U'9') || (before >= U'０' && before <= U'９') ||
        before == U'の' ||
        std::u32string_view(U"一二三四五六七八九十").find(before) != std::u32string_view::npos;
    if (!counted || (c != U'条' && c != U'項' && c != U'号')) continue;
    std::size_t next = at;
    while (next < line.size() && (line[next] == ' ' || line.compare(next, 3, "　") == 0))
      next += line[next] == ' ' ? 1 : 3;
    if (next >= line.size() || !begins_law(std::string_view(line).substr(next))) continue;
    items.push_back(trim(std::string_view(line).substr(begin, at - begin)));
    begin = at = next;
  }
  items.push_back(trim(std::string_view(line).substr(begin)));
}

// One item a line or bullet.
Texts laws_of(const std::string& text) {
  Texts items;
  for (const std::string& line : bulleted_lines(text)) split_laws(line, items);
  return items;
}

using Setter = void (*)(const CellsContext&, const Entry&);

const std::map<std::string_view, Setter>& setters() {
  static const std::map<std::string_view, Setter> table = {
      {"/number",
       [](const CellsContext& c, const Entry& e) { c.set_line(c.out.number, "/number", e); }},
      {"/title",
       [](const CellsContext& c, const Entry& e) { c.set_line(c.out.title, "/title", e); }},
      {"/remarks",
       [](const CellsContext& c, const Entry& e) { c.set_text(c.out.remarks, "/remarks", e); }},
      {"/body/printed", [](const CellsContext& c,
                           const Entry& e) { c.set_line(c.out.body.printed, "/body/printed", e); }},
      {"/published_on", [](const CellsContext& c,
                           const Entry& e) { set_iso(c, c.out.published_on, "/published_on", e); }},
      {"/process/name", [](const CellsContext& c,
                           const Entry& e) { c.set_line(c.out.process.name, "/process/name", e); }},
      {"/process/summary",
       [](const CellsContext& c, const Entry& e) {
         c.set_text(c.out.process.summary, "/process/summary", e);
       }},
      {"/process/people",
       [](const CellsContext& c, const Entry& e) {
         c.set_choice(c.out.process.people, "/process/people", e);
       }},
      {"/process/people_as_of",
       [](const CellsContext& c, const Entry& e) {
         c.set_line(c.out.process.people_as_of, "/process/people_as_of", e);
       }},
      {"/process/legal_basis",
       [](const CellsContext& c, const Entry& e) {
         c.set_list(c.out.process.legal_basis, "/process/legal_basis", e, laws_of(c.text(e)));
       }},
      {"/network/used",
       [](const CellsContext& c, const Entry& e) {
         c.set_choice(c.out.network.used, "/network/used", e);
       }},
      {"/network/legal_basis",
       [](const CellsContext& c, const Entry& e) {
         c.set_text(c.out.network.legal_basis, "/network/legal_basis", e);
       }},
      {"/department/name",
       [](const CellsContext& c, const Entry& e) {
         c.set_text(c.out.department.name, "/department/name", e);
       }},
      {"/department/head",
       [](const CellsContext& c, const Entry& e) {
         c.set_text(c.out.department.head, "/department/head", e);
       }},
      {"/staff/count",
       [](const CellsContext& c, const Entry& e) {
         if (!c.out.staff) c.out.staff.emplace();
         c.set_choice(c.out.staff->count, "/staff/count", e);
       }},
      {"/staff/as_of",
       [](const CellsContext& c, const Entry& e) {
         if (!c.out.staff) c.out.staff.emplace();
         c.set_line(c.out.staff->as_of, "/staff/as_of", e);
       }},
      {"/disclosure_request/to",
       [](const CellsContext& c, const Entry& e) {
         c.set_text(c.out.disclosure_request.to, "/disclosure_request/to", e);
       }},
      {"/disclosure_request/how",
       [](const CellsContext& c, const Entry& e) {
         c.set_text(c.out.disclosure_request.how, "/disclosure_request/how", e);
       }},
      {"/disclosure_request/fee",
       [](const CellsContext& c, const Entry& e) {
         c.set_choice(c.out.disclosure_request.fee, "/disclosure_request/fee", e);
       }},
      {"/contact/to", [](const CellsContext& c,
                         const Entry& e) { c.set_text(c.out.contact.to, "/contact/to", e); }},
      {"/contact/how", [](const CellsContext& c,
                          const Entry& e) { c.set_text(c.out.contact.how, "/contact/how", e); }},
      {"/procedure/threshold/date",
       [](const CellsContext& c, const Entry& e) {
         c.set_line(c.out.procedure.threshold_date, "/procedure/threshold/date", e);
       }},
      {"/procedure/threshold/result",
       [](const CellsContext& c, const Entry& e) {
         c.set_choice(c.out.procedure.threshold_result, "/procedure/threshold/result", e);
       }},
      {"/procedure/public_comment/how",
       [](const CellsContext& c, const Entry& e) {
         c.set_text(c.out.procedure.comment_how, "/procedure/public_comment/how", e);
       }},
      {"/procedure/public_comment/period",
       [](const CellsContext& c, const Entry& e) {
         c.set_text(c.out.procedure.comment_period, "/procedure/public_comment/period", e);
       }},
      {"/procedure/third_party/date",
       [](const CellsContext& c, const Entry& e) {
         c.set_line(c.out.procedure.review_date, "/procedure/third_party/date", e);
       }},
      {"/procedure/third_party/how",
       [](const CellsContext& c, const Entry& e) {
         c.set_text(c.out.procedure.review_how, "/procedure/third_party/how", e);
       }},
      {"/procedure/third_party/result",
       [](const CellsContext& c, const Entry& e) {
         c.set_text(c.out.procedure.review_result, "/procedure/third_party/result", e);
       }},
  };
  return table;
}

// 様式2 prints the box in the heading: ４．… [ ] 委託しない. The flag is false if the box is there
// and empty, null if there is no box.
void read_heading_box(const CellsContext& c, std::string_view option, Flag& field,
                      const std::string& pointer, bool ticked_means) {
  for (const Entry& entry : c.entries.items) {
    if (entry.node < 0) continue;
    const std::string heading = text_of(entry.labels) + " " + c.raw(entry);
    if (find_words(heading, option).at == std::string_view::npos) continue;
    for (const Tick& tick : read_ticks(heading, {option})) {
      field = tick.checked == ticked_means;
      c.prove(pointer, cover(place_of(entry.labels), place_of(entry.values)),
              "the box " + std::string(option));
      return;
    }
  }
}

// 様式2 Ⅲ: the heading's only answer, which some print right below it without a label.
void read_threshold(const CellsContext& c) {
  if (c.out.procedure.threshold_result) return;
  for (const Entry& entry : c.entries.items) {
    if (entry.node < 0 || entry.values.empty()) continue;
    const FormItem& heading = c.item(entry);
    if (heading.level != Level::Chapter) continue;
    const int answer = c.form.child(entry.node, heading.label);
    if (answer < 0) continue;
    const FormItem& item = *c.form.node(answer).item;
    const Choice choice = read_choice(c.raw(entry), options_of(item));
    if (!choice.value || choice.uncertain) continue;
    c.out.procedure.threshold_result = one_line(*choice.value);
    c.prove(item.pointer, place_of(entry.values), "below the heading: " + choice.reason);
    return;
  }
}

}  // namespace

void extract_header(const CellsContext& c) {
  read_edition(c);
  for (const Entry& entry : c.entries.items) {
    if (entry.node < 0) continue;
    const auto found = setters().find(c.item(entry).pointer);
    if (found != setters().end()) found->second(c, entry);
  }
  if (c.form.kind() != Kind::Basic) return;
  read_threshold(c);
  read_heading_box(c, "委託しない", c.out.contracts_out, "/contracts_out", false);
  ManualWork manual;
  read_heading_box(c, "人手を介在させる作業はない", manual.none, "/manual_work/none", true);
  TopMeasure top;
  for (const Entry& entry : c.entries.items) {
    if (entry.node < 0) continue;
    const std::string_view pointer = c.item(entry).pointer;
    if (pointer == "/manual_work/judgement")
      c.set_choice(manual.judgement, "/manual_work/judgement", entry);
    if (pointer == "/manual_work/basis") c.set_text(manual.basis, "/manual_work/basis", entry);
    // Its list is numbered in the brackets too: [ 3）権限のない者によって… ].
    if (pointer == "/top_measure/choice") {
      c.set_choice(top.choice, "/top_measure/choice", entry);
      if (top.choice)
        top.choice = one_line(read_choice(c.raw(entry), options_of(c.item(entry))).bracket);
    }
    if (pointer == "/top_measure/judgement")
      c.set_choice(top.judgement, "/top_measure/judgement", entry);
    if (pointer == "/top_measure/basis") c.set_text(top.basis, "/top_measure/basis", entry);
  }
  if (manual.none || manual.judgement || manual.basis) c.out.manual_work = manual;
  if (top.choice || top.judgement || top.basis) c.out.top_measure = top;
}

}  // namespace pia
