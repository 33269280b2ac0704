// 変更箇所: rows under the heads 変更日, 項目, 変更前の記載, 変更後の記載, 提出時期,
// 提出時期に係る説明. A row with a date is a row; one without goes on from the row above (a page
// break cut it), and so does 前記継続; a merged date cell covers the rows below it that have a
// 提出時期 of their own.

#include <algorithm>
#include <array>

#include "dicts/japanese_date.h"
#include "dicts/normalizer.h"
#include "indexer/cells_context.h"

namespace pia {
namespace {

enum Column {
  DateColumn,
  ItemColumn,
  BeforeColumn,
  AfterColumn,
  TimingColumn,
  NoteColumn,
  ColumnCount
};

struct Table {
  std::array<int, ColumnCount> column = {0, 1, 2, 3, 4, 5};
};

Column head_of(const std::string& text) {
  const std::string key = read_label(text).key;
  if (key.starts_with("変更日") || key.starts_with("変更年月日")) return DateColumn;
  if (key == "項目" || key == "変更箇所") return ItemColumn;
  if (key.starts_with("変更前")) return BeforeColumn;
  if (key.starts_with("変更後")) return AfterColumn;
  if (key.find("説明") != std::string::npos || key.find("理由") != std::string::npos)
    return NoteColumn;
  if (key.starts_with("提出時期")) return TimingColumn;
  return ColumnCount;
}

// True if the row is the head of the table (again on every page); fills the columns.
bool read_head(const SourceRow& row, Table& table) {
  std::array<int, ColumnCount> column;
  column.fill(-1);
  int found = 0;
  for (const SourceCell& cell : row.cells) {
    if (cell.text.empty() || cell.text.size() > 60) continue;
    const Column head = head_of(cell.text);
    if (head == ColumnCount || column[head] >= 0) continue;
    column[head] = cell.column;
    ++found;
  }
  if (found < 3 || column[DateColumn] < 0 || column[BeforeColumn] < 0) return false;
  table.column = column;
  return true;
}

using Cells = std::array<std::vector<Piece>, ColumnCount>;

// Cells by the head above them: the last head that begins at or before the cell.
Cells by_column(const SourceRow& row, int index, const Table& table) {
  Cells cells;
  for (const SourceCell& cell : row.cells) {
    if (trim(cell.text).empty()) continue;
    int best = -1;
    for (int k = 0; k < ColumnCount; ++k) {
      if (table.column[static_cast<std::size_t>(k)] < 0 ||
          table.column[static_cast<std::size_t>(k)] > cell.column)
        continue;
      if (best < 0 ||
          table.column[static_cast<std::size_t>(k)] > table.column[static_cast<std::size_t>(best)])
        best = k;
    }
    if (best < 0) best = DateColumn;
    cells[static_cast<std::size_t>(best)].push_back(
        {cell.text, cell.place, index, cell.column, cell.column_span});
  }
  return cells;
}

// "####": a spreadsheet program printed a date that its column was too narrow for.
bool is_overflow(const std::string& date) {
  return date.size() >= 2 && date.find_first_not_of('#') == std::string::npos;
}

bool is_ditto(const std::string& date) {
  return date == "〃" || date == "同上" || date == "同日" || date == "”" || date == "\"";
}

bool is_timing(const std::vector<Piece>& pieces) {
  const std::string text = one_line(text_of(pieces));
  return text == "事前" || text == "事後";
}

bool continues(const std::string& item) {
  return item.starts_with("前記継続") || item.starts_with("前記の継続") ||
         item.starts_with("前頁の続き") || item.starts_with("（前記継続") ||
         item.starts_with("(前記継続") || item == "続き" || item == "（続き）";
}

Text value(const CellsContext& c, const std::vector<Piece>& pieces) {
  const std::string all = text_of(pieces);
  const bool printed =
      c.source.format == SourceFormat::Pdf || c.source.format == SourceFormat::Text;
  std::string text = printed ? join_lines(all) : trim(all);
  return text.empty() ? Text() : Text(std::move(text));
}

Place place_of(const Cells& cells) {
  Place place;
  for (const std::vector<Piece>& pieces : cells) place = cover(place, pia::place_of(pieces));
  return place;
}

struct Collected {
  Cells cells;
  std::vector<Piece> marks;  // 前記継続 and the date printed with it: in the passage, no value
  bool inherits_date = false;
};

void add_passage(const CellsContext& c, std::string item, Text text, const Place& where) {
  if (text) c.out.passages.push_back({std::move(item), std::move(*text), where});
}

// Four passages a row, so that no phrase runs from 変更前 into 変更後.
void add_passages(const CellsContext& c, const Collected& row, const Revision& revision,
                  std::size_t number) {
  const std::string item = "変更箇所 " + std::to_string(number);
  std::vector<Piece> rest = row.cells[DateColumn];
  for (const auto* pieces : {&row.cells[ItemColumn], &row.cells[TimingColumn], &row.marks}) {
    rest.insert(rest.end(), pieces->begin(), pieces->end());
  }
  std::string text;
  for (const Piece& piece : rest) text += (text.empty() ? "" : "\t") + one_line(piece.text);
  if (!text.empty()) add_passage(c, item, text, pia::place_of(rest));
  add_passage(c, item + " 変更前", revision.before, pia::place_of(row.cells[BeforeColumn]));
  add_passage(c, item + " 変更後", revision.after, pia::place_of(row.cells[AfterColumn]));
  add_passage(c, item + " 説明", revision.note, pia::place_of(row.cells[NoteColumn]));
}

}  // namespace

void extract_revisions(const CellsContext& c) {
  Table table;
  std::vector<Collected> rows;
  for (int index : c.entries.revision_rows) {
    const SourceRow& row = c.source.rows[static_cast<std::size_t>(index)];
    if (read_head(row, table)) {
      std::string heads;
      Place where;
      for (const SourceCell& cell : row.cells) {
        if (cell.text.empty()) continue;
        heads += (heads.empty() ? "" : "\t") + one_line(cell.text);
        where = cover(where, cell.place);
      }
      add_passage(c, "変更箇所", heads, where);
      continue;
    }
    Cells cells = by_column(row, index, table);
    const std::string printed = one_line(text_of(cells[DateColumn]));
    const bool dated = !find_dates(printed).empty() || is_overflow(printed);
    const bool more = continues(one_line(text_of(cells[ItemColumn])));
    // A merged date cell: the row below has its own item and 提出時期, but no date.
    const bool below = (printed.empty() || is_ditto(printed)) && !cells[ItemColumn].empty() &&
                       is_timing(cells[TimingColumn]) && !more;
    if (rows.empty() || (dated && !more) || below) {
      rows.push_back({std::move(cells), {}, below && !rows.empty()});
      continue;
    }
    for (std::size_t k = 0; k < ColumnCount; ++k) {
      const bool again = k == TimingColumn &&
                         one_line(text_of(cells[k])) == one_line(text_of(rows.back().cells[k]));
      const bool mark = (more && (k == DateColumn || k == ItemColumn)) || again;
      std::vector<Piece>& last = mark ? rows.back().marks : rows.back().cells[k];
      last.insert(last.end(), cells[k].begin(), cells[k].end());
    }
  }
  Text date;
  for (Collected& row : rows) {
    Revision revision;
    if (!row.inherits_date) {
      const std::string printed = one_line(text_of(row.cells[DateColumn]));
      const std::vector<FoundDate> dates = find_dates(printed);
      const auto whole = parse_date(printed);
      date = whole ? Text(whole->iso()) : dates.empty() ? Text() : Text(dates[0].date.iso());
    }
    revision.date = date;
    revision.item = value(c, row.cells[ItemColumn]);
    revision.before = value(c, row.cells[BeforeColumn]);
    revision.after = value(c, row.cells[AfterColumn]);
    const std::string timing = one_line(text_of(row.cells[TimingColumn]));
    if (!timing.empty()) revision.timing = timing;
    revision.note = value(c, row.cells[NoteColumn]);
    revision.where = place_of(row.cells);
    add_passages(c, row, revision, c.out.revisions.size() + 1);
    c.out.revisions.push_back(std::move(revision));
  }
}

}  // namespace pia
