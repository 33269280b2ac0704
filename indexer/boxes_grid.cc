// The columns are found by counting: where text begins behind a space in many lines, a column
// begins. Six of them are needed, the first with dates and the fifth with timings.

#include "indexer/boxes_grid.h"

#include <algorithm>
#include <map>

#include "dicts/japanese_date.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

struct GridLine {
  std::string_view text;
  Chars chars;
  int line = 0;
};

bool begins_at(const GridLine& l, std::size_t column) {
  if (column >= l.chars.size() || is_space(l.chars.folded[column])) return false;
  return column == 0 || is_space(l.chars.folded[column - 1]);
}

std::string_view slice(const GridLine& l, std::size_t from, std::size_t to) {
  from = std::min(from, l.chars.size());
  to = std::min(to, l.chars.size());
  return trim(l.text.substr(l.chars.offset[from], l.chars.offset[to] - l.chars.offset[from]));
}

bool is_timing(std::string_view text) {
  const std::u32string k = key(text);
  return k == U"事前" || k == U"事後";
}

// Where text begins in many lines, neighbouring places counted as one.
std::vector<std::size_t> column_starts(const std::vector<GridLine>& lines) {
  std::map<std::size_t, int> count;
  std::size_t width = 0;
  for (const GridLine& l : lines) {
    width = std::max(width, l.chars.size());
    for (std::size_t c = 0; c < l.chars.size(); ++c) {
      if (begins_at(l, c)) ++count[c];
    }
  }
  std::vector<std::pair<int, std::size_t>> order;
  for (const auto& [column, n] : count) order.emplace_back(-n, column);
  std::sort(order.begin(), order.end());
  std::vector<std::size_t> starts;
  for (const auto& [n, column] : order) {
    const bool close = std::any_of(starts.begin(), starts.end(), [&, c = column](std::size_t s) {
      return (s > c ? s - c : c - s) < 3;
    });
    if (!close && starts.size() < 12) starts.push_back(column);
  }
  return starts;  // most frequent first
}

// Of the places found: dates stand at `date`, timings at `timing`; between them lie item, before
// and after, behind them the note.
bool choose_columns(const std::vector<GridLine>& lines,
                    std::array<std::size_t, GridColumnCount>& out) {
  std::map<std::size_t, int> timings, dates;
  for (const GridLine& l : lines) {
    for (std::size_t c = 0; c < l.chars.size(); ++c) {
      if (!begins_at(l, c)) continue;
      if (is_timing(slice(l, c, c + 2)) &&
          (c + 2 >= l.chars.size() || is_space(l.chars.folded[c + 2])))
        ++timings[c];
      const std::string_view word = slice(l, c, c + 3);
      if (word.starts_with("令和") || word.starts_with("平成")) {
        ++dates[c];
        break;
      }
    }
  }
  const auto most = [](const std::map<std::size_t, int>& m) {
    return std::max_element(m.begin(), m.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; });
  };
  if (timings.empty() || dates.empty()) return false;
  const std::size_t date = most(dates)->first, timing = most(timings)->first;
  std::vector<std::size_t> between;
  std::size_t note = timing + 3;
  bool has_note = false;
  for (const std::size_t c : column_starts(lines)) {
    if (c > date + 3 && c + 3 < timing && between.size() < 3) between.push_back(c);
    if (c > timing + 1 && !has_note) note = c, has_note = true;
  }
  if (between.size() < 3) return false;
  std::sort(between.begin(), between.end());
  out = {date, between[0], between[1], between[2], timing, note};
  return true;
}

// The characters of a line that belong to each column: a cell begins at its column or, if the
// line is shifted by a character or two, where text begins near it.
void cut_row(const GridLine& l, const std::array<std::size_t, GridColumnCount>& columns,
             GridRow& row) {
  std::array<std::size_t, GridColumnCount + 1> from{};
  from[GridColumnCount] = l.chars.size();
  for (std::size_t k = GridColumnCount; k-- > 0;) {
    from[k] = std::min(columns[k], from[k + 1]);
    for (const std::size_t shift : {0U, 1U, 2U}) {
      if (columns[k] >= shift && begins_at(l, columns[k] - shift)) {
        from[k] = columns[k] - shift;
        break;
      }
      if (begins_at(l, columns[k] + shift)) {
        from[k] = columns[k] + shift;
        break;
      }
    }
    from[k] = std::min(from[k], from[k + 1]);
    // Never cut through a word: the text of the column before runs over the border.
    while (from[k] < from[k + 1] && from[k] > 0 && !is_space(l.chars.folded[from[k] - 1]) &&
           !is_space(l.chars.folded[from[k]])) {
      ++from[k];
    }
  }
  from[0] = 0;
  for (std::size_t k = 0; k < GridColumnCount; ++k) {
    const std::string_view text = slice(l, from[k], from[k + 1]);
    if (!text.empty()) row.cells[k].push_back(text);
  }
}

bool is_head(const GridLine& l) {
  const std::u32string k = key(l.text);
  return k.find(U"変更前の記載") != std::u32string::npos ||
         k.find(U"変更箇所") != std::u32string::npos || k == U"時期" || k == U"提出" ||
         k == U"期" || k == U"る説明" || k == U"時期る説明";
}

}  // namespace

std::vector<GridRow> read_grid(const Page& page, const Source& source) {
  std::vector<GridLine> lines;
  std::vector<char> gap_before;
  bool gap = false;
  for (int i = page.first_line; i <= page.last_line; ++i) {
    const std::string& text = source.lines[static_cast<std::size_t>(i)].text;
    GridLine l{text, decode(text), i};
    if (trim(text).empty()) {
      gap = true;
      continue;
    }
    if (is_head(l)) continue;
    lines.push_back(std::move(l));
    gap_before.push_back(gap);
    gap = false;
  }
  std::array<std::size_t, GridColumnCount> columns{};
  std::vector<GridRow> rows;
  if (!choose_columns(lines, columns)) return rows;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (rows.empty() || gap_before[i]) {
      rows.emplace_back();
      rows.back().first_line = lines[i].line;
    }
    cut_row(lines[i], columns, rows.back());
    rows.back().last_line = lines[i].line;
  }
  for (GridRow& row : rows) {
    std::string date;
    for (const std::string_view line : row.cells[GridDate]) date += line;
    row.continued = !parse_date(to_utf8(key(date))).has_value();
  }
  return rows;
}

}  // namespace pia::boxes
