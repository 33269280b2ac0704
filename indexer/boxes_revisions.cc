// From the rows of each page (boxes_page_table.h) to the rows of the document: cells that go on
// over pages, cells that hold two, rows that are printed twice.

#include "indexer/boxes_revisions.h"

#include <algorithm>
#include <map>
#include <set>

#include "dicts/japanese_date.h"
#include "indexer/boxes_build.h"
#include "indexer/boxes_grid.h"
#include "indexer/boxes_page_table.h"
#include "indexer/boxes_present.h"
#include "indexer/boxes_revision_words.h"
#include "indexer/boxes_scrambled.h"
#include "indexer/boxes_text.h"
#include "indexer/revision_fit.h"

namespace pia::boxes {
namespace {

// The first `count` characters that are not white space, and the rest.
std::pair<std::string, std::string> cut_text(std::string_view text, std::size_t count) {
  const Chars chars = decode(text);
  std::size_t i = 0;
  for (; i < chars.size() && count > 0; ++i)
    count -= !is_space(chars.folded[i]) && chars.folded[i] != '\n';
  return {std::string(trim(text.substr(0, chars.offset[i]))),
          std::string(trim(text.substr(chars.offset[i])))};
}

std::pair<std::string, std::string> split_cells(const PageRows& table,
                                                const std::vector<int>& split) {
  const Cell& cell = table.cells[static_cast<std::size_t>(split.front())];
  std::vector<std::string_view> lines;
  for (const int i : split) {
    const Cell& part = table.cells[static_cast<std::size_t>(i)];
    lines.insert(lines.end(), part.lines.begin(), part.lines.end());
  }
  const std::string all = join_lines(lines);
  const std::string_view text = trim(cell.lines.front());
  if (lines.size() == 1) {
    // Behind a space the text may begin again.
    const std::u32string whole = key(text);
    for (std::size_t s = text.find(' '); s != std::string_view::npos; s = text.find(' ', s + 1)) {
      const std::u32string again = key(text.substr(s));
      if (again.size() >= 4 && again.size() < whole.size() &&
          again.substr(0, 4) == whole.substr(0, 4))
        return {std::string(trim(text.substr(0, s))), std::string(trim(text.substr(s)))};
    }
  }
  if (lines.size() == 1 && text.find(' ') != std::string_view::npos) {
    const std::size_t middle = text.size() / 2;
    std::size_t space = text.find(' ');
    for (std::size_t s = space; s != std::string_view::npos; s = text.find(' ', s + 1)) {
      const auto off = [&](std::size_t p) { return p > middle ? p - middle : middle - p; };
      if (off(s) < off(space)) space = s;
    }
    if (echo(key(text)) == 0)
      return {std::string(trim(text.substr(0, space))), std::string(trim(text.substr(space)))};
  }
  const std::size_t versions = versions_in_one(lines);
  if (versions == 0 && !says_new(key(lines.front()))) {
    if (const std::size_t at = echo(key(all)); at > 0) return cut_text(all, at);
  }
  std::size_t cut = 1;
  if (versions > 0) {
    cut = versions;
  } else if (!says_new(key(lines.front()))) {
    // The first line that does not fill the column ends the first cell.
    std::size_t widest = 0;
    for (const std::string_view line : lines) widest = std::max(widest, length(line));
    while (cut + 1 < lines.size() && length(lines[cut - 1]) + 2 >= widest) ++cut;
  }
  const std::vector<std::string_view> first(lines.begin(),
                                            lines.begin() + static_cast<std::ptrdiff_t>(cut));
  const std::vector<std::string_view> second(lines.begin() + static_cast<std::ptrdiff_t>(cut),
                                             lines.end());
  return {join_lines(first), join_lines(second)};
}

Text join_cells(const PageRows& table, const std::vector<int>& cells) {
  std::string out;
  for (const int i : cells) {
    if (!out.empty()) out.push_back('\n');
    out += table.cells[static_cast<std::size_t>(i)].text;
  }
  return out.empty() ? Text{} : Text{out};
}

void warn_of(const char* what, const Revision& row, std::vector<std::string>& warnings) {
  std::string item = row.item.value_or("項目不明");
  std::erase(item, '\n');  // a warning is one line
  warnings.push_back("変更箇所の行（" + row.date.value_or("日付不明") + " " + item + "）: " + what +
                     "を判別できません");
}

void warn_of_texts(const Revision& row, std::vector<std::string>& warnings) {
  warn_of("変更前と変更後の記載", row, warnings);
}

// （新規） fills a 変更前 and does not open a 変更後 that goes on: the texts of two rows, as
// "（新規） 10人未満" and "（新規） みどり株式会社", each a before and its after in one line.
bool opens_with_filler(const Text& after) {
  if (!after) return false;
  const std::size_t end = after->find_first_of(" \n");
  if (end == std::string::npos) return false;
  const std::u32string k = key(std::string_view(*after).substr(0, end));
  return k.size() > 1 && says_new(k);  // a dash may be a list's mark
}

// A paragraph at 対象人数, or a choice at a name: the cells of the page are out of order, and if
// one of the two is another row's, so may the other be.
void drop_misfits(Revision& row, std::vector<std::string>& warnings) {
  if (!row.item) return;
  const FormItem* item = named_item(key(*row.item));
  const auto misfit = [&](const Text& text) { return text && fits(item, key(*text)) == Fit::No; };
  if (!misfit(row.before) && !misfit(row.after) && !opens_with_filler(row.after)) return;
  row.before.reset();
  row.after.reset();
  warn_of_texts(row, warnings);
}

Revision make_row(const PageRows& table, const PageRow& row, const Source& source,
                  std::vector<std::string>& warnings) {
  Revision out;
  const auto cell = [&](int i) -> const Cell& { return table.cells[static_cast<std::size_t>(i)]; };
  const auto add_place = [&](int i) {
    extend(out.where, place_of(source, cell(i).first_line, cell(i).last_line));
  };
  if (row.date >= 0) {
    if (const auto date = parse_date(to_utf8(table.key_of(row.date)))) out.date = date->iso();
    add_place(row.date);
  }
  if (row.item >= 0) {
    out.item = cell(row.item).text;
    add_place(row.item);
  }
  if (!row.split.empty()) {
    const auto [before, after] = split_cells(table, row.split);
    out.before = before;
    out.after = after;
    for (const int i : row.split) add_place(i);
  } else {
    out.before = join_cells(table, row.before);
    out.after = join_cells(table, row.after);
    for (const int i : row.before) add_place(i);
    for (const int i : row.after) add_place(i);
  }
  if (row.timing >= 0) {
    out.timing = cell(row.timing).text;
    add_place(row.timing);
  }
  out.note = join_cells(table, row.note);
  for (const int i : row.note) add_place(i);
  if (out.note && is_choice(key(*out.note))) out.note.reset();
  if (row.date < 0) warn_of("変更日", out, warnings);
  if (row.unsure) warn_of_texts(out, warnings);
  drop_misfits(out, warnings);
  return out;
}

bool finished(const Text& text) {
  return !text || text->ends_with("。") || text->ends_with("）") || text->ends_with("」");
}

// Cells above the first row of a page go on from the last row of the page before.
void append_tail(const PageRows& table, const Source& source, const std::set<std::u32string>& notes,
                 Revision& row) {
  std::vector<int> texts;
  for (const int i : table.tail) {
    const Cell& cell = table.cells[static_cast<std::size_t>(i)];
    const bool note = cell.kind == CellKind::Text && notes.count(table.key_of(i)) != 0;
    if (note && !row.note) row.note = cell.text;
    if (cell.kind == CellKind::Text && !note) texts.push_back(i);
    if (cell.kind == CellKind::Timing && !row.timing) row.timing = cell.text;
    extend(row.where, place_of(source, cell.first_line, cell.last_line));
  }
  const auto add = [&](Text& field, int i) {
    const std::string& text = table.cells[static_cast<std::size_t>(i)].text;
    field = field ? *field + (starts_with_mark(text) ? "\n" : "") + text : text;
  };
  if (texts.size() == 1) {
    add(!finished(row.before) && finished(row.after) ? row.before : row.after, texts[0]);
  } else if (texts.size() == 2) {
    add(row.before, texts[0]);
    add(row.after, texts[1]);
  } else if (!texts.empty()) {
    for (const int i : texts) add(row.after, i);
  }
}

// Date, item, before, after and timing stand in this order.
bool in_order(const PageRow& row) {
  if (row.item < row.date || row.timing < 0) return false;
  return row.item < row.before.front() && row.before.back() < row.after.front() &&
         row.after.back() < row.timing;
}

// Where the cells of a row stand out of order, so may its before and after.
void turn_by_present(const PageRows& table, PageRow& row, Present& present) {
  if (row.before.empty() || row.after.empty() || in_order(row)) return;
  const auto text = [&](const std::vector<int>& cells) {
    std::u32string all;
    for (const int i : cells) all += table.key_of(i);
    return all;
  };
  const std::u32string before = text(row.before), after = text(row.after);
  constexpr double kVersions = 0.4, kKnown = 0.99, kMargin = 0.02;
  if (likeness(before, after) < kVersions) return;  // not two versions of one text
  const auto share = [&](const std::vector<int>& cells) {
    std::vector<std::u32string_view> parts;
    for (const int i : cells) parts.emplace_back(table.key_of(i));
    return present.share(parts);
  };
  const double now = share(row.before);
  if (now > kKnown && now - share(row.after) > kMargin) std::swap(row.before, row.after);
}

// Of A, X and A again X may be the end of the before or the beginning of the after: if the form has
// it now, it is of the after.
void cut_by_present(const PageRows& table, PageRow& row, Present& present) {
  constexpr double kSame = 0.9, kNow = 0.97;
  constexpr std::size_t kLeast = 24, kMost = 12;  // characters of X; boxes of a row
  if (row.before.size() < 2 || row.after.empty() || row.before.size() + row.after.size() > kMost)
    return;
  if (!std::is_sorted(row.before.begin(), row.before.end()) ||
      row.before.back() + 1 != row.after.front() ||
      row.before.back() - row.before.front() + 1 != static_cast<int>(row.before.size()))
    return;  // X does not stand between the two
  const auto text = [&](auto from, auto to) {
    std::u32string all;
    for (; from != to; ++from) all += table.key_of(*from);
    return all;
  };
  const PairSet after(text(row.after.begin(), row.after.end()));
  for (auto cut = row.before.begin() + 1; cut != row.before.end(); ++cut) {
    const PairSet first(text(row.before.begin(), cut));
    if (std::min(first.size(), after.size()) * 4 < std::max(first.size(), after.size()) * 3 ||
        first.likeness(after) < kSame)
      continue;
    const std::u32string rest = text(cut, row.before.end());
    if (rest.size() < kLeast || present.share(rest) < kNow) return;
    row.after.insert(row.after.begin(), cut, row.before.end());
    row.before.erase(cut, row.before.end());
    return;
  }
}

Text join_grid(const std::vector<std::string_view>& lines) {
  const std::string text = join_lines(lines);
  return text.empty() ? Text{} : Text{text};
}

// Rows of a page that is drawn with spaces. False if its columns cannot be made out.
bool add_grid(const Page& page, const Source& source, std::vector<Revision>& out) {
  const std::vector<GridRow> rows = read_grid(page, source);
  if (rows.empty()) return false;
  for (const GridRow& row : rows) {
    const Place where = place_of(source, row.first_line, row.last_line);
    if (row.continued) {
      if (out.empty()) continue;
      Revision& last = out.back();
      const auto add = [&](Text& field, GridColumn column) {
        if (const Text more = join_grid(row.cells[column]))
          field = field ? *field + "\n" + *more : *more;
      };
      add(last.item, GridItem);
      add(last.before, GridBefore);
      add(last.after, GridAfter);
      if (!last.timing) add(last.timing, GridTiming);
      add(last.note, GridNote);
      extend(last.where, where);
      continue;
    }
    Revision r;
    std::string date;
    for (const std::string_view line : row.cells[GridDate]) date += line;
    if (const auto parsed = parse_date(to_utf8(key(date)))) r.date = parsed->iso();
    r.item = join_grid(row.cells[GridItem]);
    r.before = join_grid(row.cells[GridBefore]);
    r.after = join_grid(row.cells[GridAfter]);
    r.timing = join_grid(row.cells[GridTiming]);
    r.note = join_grid(row.cells[GridNote]);
    r.where = where;
    out.push_back(std::move(r));
  }
  return true;
}

// A row that a page's end tears may be printed again, clipped, at the head of the next page. What
// stands there before the next date, word for word on the page before, is no row of its own.
void drop_repeated_row(const std::vector<Cell>& before, std::vector<Cell>& cells) {
  if (cells.size() < 3 || cells[0].kind != CellKind::Date || cells[1].kind != CellKind::Item)
    return;
  const auto last = std::find_if(before.rbegin(), before.rend(),
                                 [](const Cell& cell) { return cell.kind == CellKind::Item; });
  if (last == before.rend()) return;
  const std::u32string item = last->key, again = cells[1].key;
  if (!item.starts_with(again)) return;
  std::u32string all;
  for (const Cell& cell : before) all += cell.key;
  if (all.find(cells[0].key) == std::u32string::npos) return;
  std::size_t end = 2, known = 0, size = 0;
  for (; end < cells.size() && cells[end].kind != CellKind::Date; ++end) {
    for (const std::string_view line : cells[end].lines) {
      const std::u32string k = key(line);
      size += k.size();
      known += all.find(k) != std::u32string::npos ? k.size() : 0;
    }
  }
  // A row of the same item that only says the same has its few cells whole.
  if (again.size() == item.size() && end < 9) return;
  if (size < 20 || known * 100 < size * 85) return;
  cells.erase(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(end));
}

// Texts that stand in one box or line with a timing are certainly notes; so are texts that read
// like one and repeat.
std::set<std::u32string> collect_notes(const std::vector<std::vector<Cell>>& pages) {
  std::set<std::u32string> notes;
  std::map<std::u32string, int> seen;
  for (const std::vector<Cell>& cells : pages) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].kind != CellKind::Text) continue;
      std::u32string k = cells[i].key;
      const bool beside = i > 0 && cells[i].same_box && cells[i - 1].kind == CellKind::Timing;
      if (beside || (note_likeness(k) >= 0.7 && ++seen[k] >= 3)) notes.insert(std::move(k));
    }
  }
  return notes;
}

}  // namespace

RevisionTable read_revisions(std::span<const Page> pages, const Source& source, Present& present) {
  RevisionTable out;
  std::vector<std::vector<Cell>> cells;
  for (const Page& page : pages) cells.push_back(cut_cells(page));
  const std::set<std::u32string> notes = collect_notes(cells);
  for (std::size_t p = cells.size(); p-- > 1;) drop_repeated_row(cells[p - 1], cells[p]);
  for (std::size_t p = 0; p < pages.size(); ++p) {
    if (pages[p].drawn && add_grid(pages[p], source, out.rows)) continue;
    std::vector<Cell>& page_cells = cells[p];
    PageRows table = rows_of_page(std::move(page_cells), notes, !out.rows.empty());
    const bool awaited = !out.rows.empty() && !out.rows.back().timing;
    const bool scrambled = open_scrambled(table, notes, awaited);
    if (!out.rows.empty() && !table.tail.empty()) {
      append_tail(table, source, notes, out.rows.back());
      if (!out.scrambled.empty() &&
          out.scrambled.back().first + out.scrambled.back().page->rows.size() == out.rows.size())
        out.scrambled.back().continued = true;
    }
    std::vector<std::string> later;
    const std::size_t first = out.rows.size();
    for (PageRow& row : table.rows) {
      if (!scrambled) turn_by_present(table, row, present);
      if (!scrambled) cut_by_present(table, row, present);
      out.rows.push_back(make_row(table, row, source, scrambled ? later : out.warnings));
    }
    if (scrambled) out.scrambled.push_back({std::make_shared<PageRows>(std::move(table)), first});
  }
  return out;
}

void settle_revisions(RevisionTable& table, const Source& source, Present& present,
                      std::vector<Revision>& rows) {
  for (const ScrambledPage& scrambled : table.scrambled) {
    PageRows& page = *scrambled.page;
    settle_scrambled(page, present);
    for (std::size_t r = 0; r < page.rows.size(); ++r) {
      turn_by_present(page, page.rows[r], present);
      cut_by_present(page, page.rows[r], present);
      Revision row = make_row(page, page.rows[r], source, table.warnings);
      if (scrambled.continued && r + 1 == page.rows.size()) continue;
      rows[scrambled.first + r] = std::move(row);
    }
  }
}

}  // namespace pia::boxes
