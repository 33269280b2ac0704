// Workbook to rows. A sheet is a grid of narrow columns; what a reader sees as one cell is what
// the borders enclose, and that may hold a dozen sheet cells: `[`, `○`, `] 紙` and so on. So the
// grid is flooded as a printed page is (page_lattice.cc): squares without a border between them
// are one cell on paper. What no border encloses are rows by themselves.

#include <algorithm>
#include <map>
#include <numeric>

#include "indexer/cell_text.h"
#include "indexer/source_reader.h"
#include "indexer/xlsx_workbook.h"

namespace pia {
namespace {

constexpr std::size_t kMostSquares = 20'000'000;

// Something to print: one sheet cell, or all that a border encloses.
struct Region {
  int row = 0, column = 0, last_row = 0, last_column = 0;
  std::vector<const SheetCell*> pieces;  // by row, then column; only those with text
  bool bordered = false;
};

// Rows (or columns) of a sheet in runs that no cell divides: a sheet may hold a lone cell far away,
// and flooding all the squares up to it would cost more than the form.
class Axis {
 public:
  Axis(std::vector<int> starts, int last) {
    starts.push_back(0), starts.push_back(last + 1);
    std::ranges::sort(starts);
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    run_.resize(static_cast<std::size_t>(last) + 2);
    for (std::size_t i = 0, run = 0; i < run_.size(); ++i) {
      if (run + 1 < starts.size() && starts[run + 1] == static_cast<int>(i)) ++run;
      run_[i] = static_cast<std::uint32_t>(run);
    }
    size_ = starts.size();
  }

  std::size_t operator[](int line) const { return run_[static_cast<std::size_t>(line)]; }
  std::size_t size() const { return size_; }

 private:
  std::vector<std::uint32_t> run_;
  std::size_t size_ = 0;
};

class Grid {
 public:
  explicit Grid(const Sheet& sheet) : rows_(rows_of(sheet)), columns_(columns_of(sheet)) {
    const std::size_t squares = rows_.size() * columns_.size();
    if (squares > kMostSquares) return;
    parent_.resize(squares);
    std::iota(parent_.begin(), parent_.end(), 0u);
    right_.assign(squares, false), below_.assign(squares, false);
    for (const SheetCell& cell : sheet.cells) add_walls(cell);
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        if (c + 1 < columns_.size() && !right_[at(r, c)]) join(at(r, c), at(r, c + 1));
        if (r + 1 < rows_.size() && !below_[at(r, c)]) join(at(r, c), at(r + 1, c));
      }
    }
    for (const SheetCell& cell : sheet.cells) join_range(cell);
    outside_ = find(0);
  }

  bool empty() const { return parent_.empty(); }
  std::size_t region(int row, int column) { return find(at(rows_[row], columns_[column])); }
  std::size_t outside() const { return outside_; }

 private:
  static Axis rows_of(const Sheet& sheet) {
    std::vector<int> starts;
    for (const SheetCell& cell : sheet.cells)
      starts.push_back(cell.row), starts.push_back(cell.row + cell.row_span);
    return {std::move(starts), sheet.last_row};
  }
  static Axis columns_of(const Sheet& sheet) {
    std::vector<int> starts;
    for (const SheetCell& cell : sheet.cells)
      starts.push_back(cell.column), starts.push_back(cell.column + cell.column_span);
    return {std::move(starts), sheet.last_column};
  }

  std::size_t at(std::size_t r, std::size_t c) const { return r * columns_.size() + c; }

  std::size_t find(std::size_t a) {
    while (parent_[a] != a) a = parent_[a] = parent_[parent_[a]];
    return static_cast<std::uint32_t>(a);
  }

  void join(std::size_t a, std::size_t b) {
    parent_[find(a)] = static_cast<std::uint32_t>(find(b));
  }

  // Runs of rows [r0, r1) and columns [c0, c1) that a cell covers; there is one before and behind.
  struct Span {
    std::size_t r0, r1, c0, c1;
  };
  Span span(const SheetCell& cell) const {
    return {rows_[cell.row], rows_[cell.row + cell.row_span], columns_[cell.column],
            columns_[cell.column + cell.column_span]};
  }

  void add_walls(const SheetCell& cell) {
    const Span s = span(cell);
    for (std::size_t r = s.r0; r < s.r1; ++r) {
      if (cell.left) right_[at(r, s.c0 - 1)] = true;
      if (cell.right) right_[at(r, s.c1 - 1)] = true;
    }
    for (std::size_t c = s.c0; c < s.c1; ++c) {
      if (cell.top) below_[at(s.r0 - 1, c)] = true;
      if (cell.bottom) below_[at(s.r1 - 1, c)] = true;
    }
  }

  void join_range(const SheetCell& cell) {
    const Span s = span(cell);
    for (std::size_t r = s.r0; r < s.r1; ++r) {
      for (std::size_t c = s.c0; c < s.c1; ++c) join(at(s.r0, s.c0), at(r, c));
    }
  }

  Axis rows_, columns_;
  std::size_t outside_ = 0;
  std::vector<std::uint32_t> parent_;
  std::vector<bool> right_, below_;
};

Region region_of(const SheetCell& cell) {
  Region region{
      cell.row, cell.column, cell.row + cell.row_span - 1, cell.column + cell.column_span - 1,
      {},       false};
  if (!cell.text.empty()) region.pieces.push_back(&cell);
  return region;
}

std::vector<Region> regions_of(const Sheet& sheet) {
  std::vector<Region> regions;
  Grid grid(sheet);
  std::map<std::size_t, std::size_t> index;
  for (const SheetCell& cell : sheet.cells) {
    const std::size_t root = grid.empty() ? 0 : grid.region(cell.row, cell.column);
    if (grid.empty() || root == grid.outside()) {
      if (!cell.text.empty()) regions.push_back(region_of(cell));
      continue;
    }
    const auto [it, added] = index.try_emplace(root, regions.size());
    if (added) {
      regions.push_back(region_of(cell));
      regions.back().bordered = true;
      continue;
    }
    Region& region = regions[it->second];
    region.column = std::min(region.column, cell.column);
    region.last_row = std::max(region.last_row, cell.row + cell.row_span - 1);
    region.last_column = std::max(region.last_column, cell.column + cell.column_span - 1);
    if (!cell.text.empty()) region.pieces.push_back(&cell);
  }
  std::ranges::stable_sort(regions, [](const Region& a, const Region& b) {
    return std::pair(a.row, a.column) < std::pair(b.row, b.column);
  });
  return regions;
}

// Without the blanks by which writers indent; one character a line (再/委/託) is a vertical label.
std::string tidied(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \n\t");
  if (first == std::string_view::npos) return {};
  text = text.substr(first, text.find_last_not_of(" \n\t") - first + 1);
  std::string out;
  bool stacked = text.find('\n') != std::string_view::npos;
  for (std::size_t i = 0, n = 0; i < text.size() && stacked; ++i) {
    if (text[i] == '\n')
      n = 0;
    else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80 && ++n > 1)
      stacked = false;
  }
  for (const char c : text) {
    if (c != '\n' || !stacked) out += c;
  }
  return out;
}

std::string lines_of(const std::vector<const SheetCell*>& pieces) {
  std::string text;
  int row = 0;
  for (const SheetCell* piece : pieces) {
    if (!text.empty()) text += piece->row == row ? ' ' : '\n';
    text += tidied(piece->text);
    row = piece->row;
  }
  return text;
}

// Pieces of several lines beside each other are read line by line, as on paper: 1) 2), then 3) 4).
std::string side_by_side(const std::vector<const SheetCell*>& pieces) {
  std::map<std::pair<int, int>, std::string> lines;  // sheet row, line within it
  for (const SheetCell* piece : pieces) {
    const std::string text = tidied(piece->text);
    for (std::size_t from = 0, n = 0; from <= text.size(); ++n) {
      const std::size_t end = std::min(text.find('\n', from), text.size());
      std::string& line = lines[{piece->row, static_cast<int>(n)}];
      line += (line.empty() ? "" : " ") + text.substr(from, end - from);
      from = end + 1;
    }
  }
  std::string out;
  for (const auto& [at, line] : lines) out += (out.empty() ? "" : "\n") + line;
  return out;
}

// The list ＜選択肢＞ stands beside the choice, in the same sheet rows: it comes after it.
std::string text_of(const Region& region) {
  const auto head = std::ranges::find_if(region.pieces, [](const SheetCell* piece) {
    return piece->text.starts_with("＜選択肢") || piece->text.starts_with("<選択肢");
  });
  if (head == region.pieces.end()) return normalise_ticks(lines_of(region.pieces));
  std::vector<const SheetCell*> choice, list;
  for (const SheetCell* piece : region.pieces) {
    const bool below_right = piece->row >= (*head)->row && piece->column >= (*head)->column;
    (below_right ? list : choice).push_back(piece);
  }
  // The brackets and the value may be merged over different rows but are one line on paper.
  std::string text;
  int row = 0;
  for (const SheetCell* piece : choice) {
    const bool beside = piece->row == row || piece->text == "]" || text.ends_with('[');
    if (!text.empty()) text += beside ? ' ' : '\n';
    text += tidied(piece->text);
    row = piece->row;
  }
  return normalise_ticks((text.empty() ? "" : text + "\n") + side_by_side(list));
}

bool opens(std::string_view text) {
  const auto open = text.rfind('['), close = text.rfind(']');
  return open != std::string_view::npos && (close == std::string_view::npos || close < open);
}

// Ticks in cells of their own that no border joins: `[` `○` `] 紙`.
void join_ticks(SourceRow& row) {
  std::vector<SourceCell> out;
  for (SourceCell& cell : row.cells) {
    if (!out.empty() && (opens(out.back().text) || cell.text.starts_with(']'))) {
      out.back().text = normalise_ticks(out.back().text + " " + cell.text);
      out.back().column_span = cell.column + cell.column_span - out.back().column;
    } else {
      out.push_back(std::move(cell));
    }
  }
  row.cells = std::move(out);
}

// Text that stands free on the sheet, as on a page: a row a line.
void add_lines(const SourceCell& cell, Source& source) {
  for (std::size_t from = 0; from <= cell.text.size();) {
    const std::size_t end = std::min(cell.text.find('\n', from), cell.text.size());
    SourceCell line = cell;
    line.text = cell.text.substr(from, end - from);
    if (!line.text.empty()) source.rows.push_back({{std::move(line)}});
    from = end + 1;
  }
}

void add_rows(const Sheet& sheet, Source& source) {
  const std::vector<Region> regions = regions_of(sheet);
  std::vector<const Region*> tall;  // that reach below their first row
  for (std::size_t i = 0; i < regions.size();) {
    const int row_number = regions[i].row;
    SourceRow row;
    std::erase_if(tall, [&](const Region* region) { return region->last_row < row_number; });
    for (const Region* region : tall) {
      if (region->column > regions[i].column) continue;
      row.cells.push_back(
          {{}, {}, region->column - 1, region->last_column - region->column + 1, 1, false});
      row.cells.back().place.sheet = sheet.name;
      row.cells.back().place.cell = cell_address(region->row, region->column);
    }
    bool filled = false;
    const bool bordered = regions[i].bordered;
    for (; i < regions.size() && regions[i].row == row_number; ++i) {
      const Region& region = regions[i];
      SourceCell cell{text_of(region),
                      {},
                      region.column - 1,
                      region.last_column - region.column + 1,
                      region.last_row - region.row + 1,
                      false};
      const SheetCell* first = region.pieces.empty() ? nullptr : region.pieces.front();
      cell.place.sheet = sheet.name;
      cell.place.cell =
          first ? cell_address(first->row, first->column) : cell_address(region.row, region.column);
      filled |= !cell.text.empty();
      row.cells.push_back(std::move(cell));
      if (region.last_row > region.row) tall.push_back(&region);
    }
    if (!filled) continue;
    join_ticks(row);
    if (row.cells.size() == 1 && !bordered)
      add_lines(row.cells[0], source);
    else
      source.rows.push_back(std::move(row));
  }
}

}  // namespace

Result<Source> read_xlsx_source(std::string_view bytes, const ReadOptions& options) {
  auto sheets = read_workbook(bytes, options.limits);
  if (!sheets) return sheets.error();
  Source source;
  source.format = SourceFormat::Xlsx, source.layout = SourceLayout::Cells;
  for (const Sheet& sheet : *sheets) {
    add_rows(sheet, source);
    if (sheet.unclear_controls == 0) continue;
    source.warnings.push_back(
        "シート「" + sheet.name + "」: 一つの文字列に重なるチェックボックスが" +
        std::to_string(sheet.unclear_controls) + "個あり、どの項目の印か判別できません");
  }
  if (source.rows.empty())
    return Error{ErrorCode::SourceEmpty, "the workbook's sheets are blank", {}, 0, 0};
  return source;
}

}  // namespace pia
