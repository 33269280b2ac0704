#include "indexer/columns_parts.h"

#include <cmath>
#include <initializer_list>
#include <string_view>

#include "dicts/japanese_date.h"
#include "indexer/utf8.h"

namespace pia::columns {
namespace {

constexpr double kNever = 1e9;

// Of the lines between two dates, as many are tried as the next row's first.
constexpr std::size_t kMostCuts = 200;

bool begins_item(std::string_view text) {
  std::size_t at = 0;
  if (text.empty()) return false;
  const char32_t c = next_char(text, at);
  if (c >= U'Ⅰ' && c <= U'Ⅹ') return true;
  for (const std::string_view word :
       {"表紙", "（別添", "(別添", "別添", "（別紙", "評価書", "全体", "全項目", "I", "V"}) {
    if (text.starts_with(word)) return true;
  }
  return false;
}

// A row's own lines: those of its date.
struct Anchor {
  std::size_t first = 0, last = 0;  // indices of table lines
};

std::vector<Anchor> find_anchors(const std::vector<TableLine>& table) {
  std::vector<Anchor> anchors;
  for (std::size_t i = 0; i < table.size(); ++i) {
    std::string date;
    for (std::size_t n = 0, k = i; k < table.size() && n < 3; ++k) {
      if (table[k].cells[kDate].empty()) {
        if (k > i + 4 || n == 0) break;
        continue;
      }
      date += table[k].cells[kDate];
      ++n;
      const auto parsed = parse_date(date);
      if (!parsed || parsed->day == 0) continue;
      anchors.push_back({i, k});
      i = k;
      break;
    }
  }
  return anchors;
}

// What the cost of a row asks about a column, answered without walking over the row's lines.
struct ColumnLines {
  std::vector<std::size_t> next;      // first line >= i with text; table.size(): none
  std::vector<std::size_t> previous;  // i: last line < i with text; table.size(): none
  std::vector<int> items;             // i: how many of the lines < i begin an item

  ColumnLines(const std::vector<TableLine>& table, Head column) {
    const std::size_t size = table.size();
    next.assign(size + 1, size);
    previous.assign(size + 1, size);
    items.assign(size + 1, 0);
    for (std::size_t i = size; i-- > 0;) next[i] = table[i].cells[column].empty() ? next[i + 1] : i;
    for (std::size_t i = 0; i < size; ++i) {
      const std::string& text = table[i].cells[column];
      previous[i + 1] = text.empty() ? previous[i] : i;
      items[i + 1] = items[i] + static_cast<int>(begins_item(text));
    }
  }
};

class Parts {
 public:
  Parts(const std::vector<TableLine>& table, std::vector<Anchor> anchors)
      : table_(table),
        anchors_(std::move(anchors)),
        columns_{ColumnLines(table, kItem), ColumnLines(table, kBefore), ColumnLines(table, kAfter),
                 ColumnLines(table, kNote)} {
    for (std::size_t k = 0; k <= anchors_.size(); ++k) cuts_.push_back(find_cuts(k));
  }

  // The sum of the rows' costs; `begins` as part_rows() gives it.
  double solve(bool hanging, std::vector<std::size_t>& begins) const {
    const std::size_t count = anchors_.size();
    std::vector<std::vector<double>> best(count + 1);
    std::vector<std::vector<std::size_t>> back(count + 1);
    best[0].assign(1, 0.0);
    for (std::size_t k = 0; k < count; ++k) {
      best[k + 1].assign(cuts_[k + 1].size(), kNever);
      back[k + 1].assign(cuts_[k + 1].size(), 0);
      for (std::size_t q = 0; q < cuts_[k + 1].size(); ++q) {
        const std::size_t end = cuts_[k + 1][q];
        for (std::size_t p = 0; p < best[k].size(); ++p) {
          const double all = best[k][p] + cost(k, cuts_[k][p], end, hanging) + cut_cost(end);
          if (all < best[k + 1][q]) best[k + 1][q] = all, back[k + 1][q] = p;
        }
      }
    }
    begins.assign(count + 1, 0);
    std::size_t p = best[count].size() - 1;
    begins[count] = cuts_[count][p];
    for (std::size_t k = count; k-- > 0;) {
      p = back[k + 1][p];
      begins[k] = cuts_[k][p];
    }
    return best[count].back();
  }

 private:
  bool blank_before(std::size_t at) const { return table_[at].line > table_[at - 1].line + 1; }

  // Where the row of anchor k may begin: between the date before it and its own. The first row
  // has the table's first line, and behind the last row is the table's end.
  std::vector<std::size_t> find_cuts(std::size_t k) const {
    const std::size_t count = anchors_.size();
    if (k == 0) return {0};
    if (k == count) return {table_.size()};
    const std::size_t from = anchors_[k - 1].last + 1, to = anchors_[k].first;
    std::vector<std::size_t> cuts;
    for (std::size_t at = from; at <= to; ++at) {
      if (to - from < kMostCuts || at == from || at == to || blank_before(at) ||
          table_[at].page != table_[at - 1].page || begins_item(table_[at].cells[kItem]))
        cuts.push_back(at);
    }
    if (cuts.size() <= kMostCuts) return cuts;
    std::vector<std::size_t> thinned;
    for (std::size_t i = 0; i < kMostCuts; ++i)
      thinned.push_back(cuts[i * (cuts.size() - 1) / (kMostCuts - 1)]);
    return thinned;
  }

  double middle(const Anchor& anchor) const {
    return (static_cast<double>(table_[anchor.first].line) +
            static_cast<double>(table_[anchor.last].line)) /
           2;
  }

  // Row k has the table lines [begin, end).
  double cost(std::size_t k, std::size_t begin, std::size_t end, bool hanging) const {
    double cost = 0;
    const bool crosses = table_[begin].page != table_[end - 1].page;
    for (const ColumnLines& column : columns_) {
      const bool is_item = &column == &columns_[0];
      const std::size_t first = column.next[begin];
      if (first >= end) {
        if (is_item) cost += 3;
        continue;
      }
      if (is_item) {
        const bool headed = begins_item(table_[first].cells[kItem]);
        cost += 1.5 * (column.items[end] - column.items[first] - static_cast<int>(headed));
        if (!headed) cost += 1.5;
      }
      const double top = table_[first].line, bottom = table_[column.previous[end]].line;
      if (crosses)
        cost += 0.3;
      else if (hanging)
        cost += std::abs(top - static_cast<double>(table_[anchors_[k].first].line));
      else
        cost += std::abs((top + bottom) / 2 - middle(anchors_[k]));
    }
    return cost;
  }

  double cut_cost(std::size_t at) const {
    return at == 0 || at >= table_.size() || blank_before(at) ? 0 : 0.4;
  }

  const std::vector<TableLine>& table_;
  std::vector<Anchor> anchors_;
  std::array<ColumnLines, 4> columns_;          // the item first
  std::vector<std::vector<std::size_t>> cuts_;  // ascending, never empty
};

}  // namespace

std::vector<std::size_t> part_rows(const std::vector<TableLine>& table) {
  std::vector<Anchor> anchors = find_anchors(table);
  if (anchors.empty()) return {};
  const Parts parts(table, std::move(anchors));
  std::vector<std::size_t> centred, hanging;
  const bool centre = parts.solve(false, centred) <= parts.solve(true, hanging);
  return centre ? centred : hanging;
}

}  // namespace pia::columns
