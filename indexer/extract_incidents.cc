// 重大事故: the question of each form (様式2: once, one year, 特定個人情報; 様式3 and 4: for every
// file, three years, 個人情報), and the 別紙 that describes incidents case by case behind the table
// of changes. A 別紙 is read by the words of its headings, which every municipality numbers its own
// way:
//
//   事案1 ○○申請書の紛失
//   (1) 発生(発覚)時期 / 令和6年4月8日
//   (5) 事故発覚後の対応 / 令和6年5月1日<TAB>報道発表

#include <algorithm>
#include <array>
#include <optional>

#include "dicts/japanese_date.h"
#include "dicts/normalizer.h"
#include "indexer/cells_context.h"
#include "indexer/incident_cases.h"
#include "indexer/utf8.h"

namespace pia {
namespace {

Flag occurred_of(const CellsContext& c, const Entry& entry, const std::string& pointer) {
  Text choice;
  c.set_choice(choice, pointer, entry);
  if (!choice) return std::nullopt;
  return find_words(*choice, "発生なし").at == std::string_view::npos;
}

// Lines, dashes included.
Texts lines_of_all(const std::string& text) {
  Texts lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string line = trim(std::string_view(text).substr(begin, end - begin));
    begin = end + 1;
    if (!line.empty()) lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

void extract_incidents(const CellsContext& c) {
  Incidents& incidents = c.out.incidents;
  Text file;
  Place file_place;
  if (c.out.files.size() == 1) {
    file = c.out.files[0].name;
    file_place = c.out.places["/files/0/name"];
  }
  for (const Entry& entry : c.entries.items) {
    if (entry.node < 0) continue;
    const FormItem& item = c.item(entry);
    const std::string_view pointer = item.pointer;
    if (pointer == "/incidents/occurred") {
      incidents.occurred = occurred_of(c, entry, "/incidents/occurred");
    }
    if (pointer == "/incidents/occurred" || pointer == "/incidents/rows/*/occurred") {
      const Place question = place_of(entry.labels);
      c.out.places.try_emplace("/incidents/question/years", question);
      c.out.places.try_emplace("/incidents/question/scope", question);
    }
    const bool names_file = item.level == Level::Section &&
                            std::string_view(item.label) == "特定個人情報ファイル名" &&
                            pointer.empty();
    if (names_file && !c.raw(entry).empty()) {
      file = c.line(entry);
      file_place = place_of(entry.values);
    }
    if (!pointer.starts_with("/incidents/rows/*/")) continue;
    if (pointer.ends_with("occurred")) {
      IncidentRow row;
      row.file = file;
      if (file)
        c.out.places["/incidents/rows/" + std::to_string(incidents.rows.size()) + "/file"] =
            file_place;
      row.occurred = occurred_of(
          c, entry, "/incidents/rows/" + std::to_string(incidents.rows.size()) + "/occurred");
      row.where = cover(place_of(entry.labels), place_of(entry.values));
      incidents.rows.push_back(std::move(row));
      continue;
    }
    if (incidents.rows.empty()) continue;
    IncidentRow& row = incidents.rows.back();
    const std::string base = "/incidents/rows/" + std::to_string(incidents.rows.size() - 1) + "/";
    if (pointer.ends_with("summary")) c.set_text(row.summary, base + "summary", entry);
    if (pointer.ends_with("prevention")) c.set_text(row.prevention, base + "prevention", entry);
    row.where = cover(row.where, place_of(entry.values));
  }
}

// Paragraphs behind the table of changes; the cases of those that describe incidents.
void extract_attachments(const CellsContext& c) {
  std::vector<AttachmentLine> lines;
  for (int index : c.entries.attachment_rows) {
    const std::vector<SourceCell>& cells = c.source.rows[static_cast<std::size_t>(index)].cells;
    const auto filled = std::count_if(cells.begin(), cells.end(), [](const SourceCell& cell) {
      return !trim(cell.text).empty();
    });
    if (filled == 1) {  // a text of several lines in one cell of a workbook
      for (const SourceCell& cell : cells) {
        for (std::string& own : lines_of_all(cell.text))
          lines.push_back({{without_list_mark(own)}, cell.place});
      }
      continue;
    }
    AttachmentLine line;
    for (const SourceCell& cell : c.source.rows[static_cast<std::size_t>(index)].cells) {
      if (trim(cell.text).empty()) continue;
      line.cells.push_back(trim(without_list_mark(cell.text)));
      line.place = cover(line.place, cell.place);
    }
    lines.push_back(std::move(line));
  }
  for (IncidentAttachment& attachment : read_attachments(lines))
    c.out.incidents.attachments.push_back(std::move(attachment));
  for (const IncidentRow& row : c.out.incidents.rows) {
    const bool refers = row.summary && row.summary->find("別紙") != std::string::npos;
    if (!refers || !c.out.incidents.attachments.empty()) continue;
    c.out.warnings.push_back(
        "重大事故の内容は別紙にあるとされていますが、事案を記した別紙が本文に見当たりません");
    break;
  }
  // Passages: a heading and what stands below it.
  for (std::size_t i = 0; i < lines.size();) {
    std::string text;
    Place where;
    const std::string heading = attachment_heading(lines[i]);
    do {
      for (const std::string& cell : lines[i].cells) text += (text.empty() ? "" : "\n") + cell;
      where = cover(where, lines[i].place);
      ++i;
    } while (i < lines.size() && attachment_heading(lines[i]).empty());
    c.out.passages.push_back(
        {heading.empty() ? "別紙" : "別紙 " + heading, join_lines(text), where});
  }
}

}  // namespace pia
