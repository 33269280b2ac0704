// A line gives each column a piece at most; what it costs that words are a column's piece tells
// where the line is cut.

#include "indexer/columns_words.h"

#include <algorithm>
#include <cstdlib>

#include "indexer/utf8.h"
#include "indexer/values.h"

namespace pia::columns {
namespace {

std::size_t following(std::size_t c, const Starts& start) {
  ++c;
  while (c < kHeads && start[c] == kNowhere) ++c;
  return c;
}

std::size_t previous(std::size_t c, const Starts& start) {
  while (c > 0) {
    --c;
    if (start[c] != kNowhere) return c;
  }
  return kHeads;
}

}  // namespace

bool date_piece(std::string_view text) {
  if (text.size() > 40) return false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    const bool digit = (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
    if (!digit && !is_label_space(c) &&
        std::u32string_view(U"年月日元令和平成昭大正RHSＲＨ./．／-－").find(c) ==
            std::u32string_view::npos)
      return false;
  }
  return true;
}

// What it costs that the words [from, to) of a line are its piece of column c, behind a piece of
// column `before` (kHeads: none). A word behind a wide gap stands near where its column begins.
// One behind a single space may stand anywhere; but then the cell before it is full.
double WordColumns::piece_cost(const std::vector<Word>& words, std::size_t from, std::size_t to,
                               std::size_t before, std::size_t c, const Starts& start) const {
  double cost = 0;
  const Word& first = words[from];
  const int off = first.begin - start[c];
  if (first.apart) {
    cost += off < 0 ? 1.0 * -off : (c == kTiming ? 0.3 : 0.7) * off;
  } else {
    cost += off < 0 ? 0.1 * -off : 0.4 * off;
    if (before != previous(c, start)) cost += 5;
  }
  const std::size_t next = following(c, start);
  int width = 0;
  for (std::size_t w = from; w < to; ++w) {
    const Word& word = words[w];
    const bool timing = word.text == "事前" || word.text == "事後";
    if (c == kDate && !date_piece(word.text)) cost += 40;
    if (c == kTiming && (!timing || w > from)) cost += 8;
    if (c != kTiming && timing) cost += 4;
    if (w > from) {
      cost += word.apart ? 1.2 : 0.1;
      if (next < kHeads && word.begin >= start[next])
        cost += (word.apart ? 2.0 : 0.7) * (word.begin - start[next] + 1);
    }
    width += (w > from) + display_width(word.text);
  }
  if (widest_[c] > 0) {
    if (width > widest_[c]) cost += 0.8 * (width - widest_[c]);
    const bool full = to < words.size() && !words[to].apart;
    if (full && width < widest_[c] && c != kTiming) cost += 0.15 * (widest_[c] - width);
  }
  return cost;
}

std::vector<std::size_t> WordColumns::columns_of(const Line& line) const {
  const std::vector<Word>& words = line.words;
  const Starts& start = starts_.at(line.page);
  constexpr double kNo = 1e9;
  constexpr std::size_t kMostWords = 60;  // of a line that is looked at closely
  if (words.size() > kMostWords) return std::vector<std::size_t>(words.size(), kItem);
  struct Step {
    double cost = kNo;
    std::size_t from = 0, column = kHeads;  // of the piece, and the column of the one before
  };
  // best[w][c]: words [0, w) are placed, the last of them in column c.
  std::vector<std::array<Step, kHeads + 1>> best(words.size() + 1);
  best[0][kHeads].cost = 0;
  for (std::size_t to = 1; to <= words.size(); ++to) {
    for (std::size_t c = 0; c < kHeads; ++c) {
      if (start[c] == kNowhere) continue;
      for (std::size_t from = 0; from < to; ++from) {
        for (std::size_t b = 0; b <= kHeads; ++b) {
          if (best[from][b].cost >= kNo || (b != kHeads && b >= c)) continue;
          const double cost = best[from][b].cost + piece_cost(words, from, to, b, c, start);
          if (cost < best[to][c].cost) best[to][c] = {cost, from, b};
        }
      }
    }
  }
  std::size_t c = 0;
  for (std::size_t k = 1; k < kHeads; ++k) {
    if (best.back()[k].cost < best.back()[c].cost) c = k;
  }
  std::vector<std::size_t> columns(words.size());
  for (std::size_t to = words.size(); to > 0;) {
    const Step step = best[to][c];
    std::fill(columns.begin() + static_cast<std::ptrdiff_t>(step.from),
              columns.begin() + static_cast<std::ptrdiff_t>(to), c);
    to = step.from;
    c = step.column;
  }
  return columns;
}

void WordColumns::measure(const std::vector<Line>& lines, const std::vector<std::size_t>& body) {
  std::array<std::vector<int>, kHeads> widths;
  std::array<int, kHeads> longest{};  // word that begins where a column does
  for (const std::size_t i : body) {
    const std::vector<Word>& words = lines[i].words;
    const Starts& start = starts_.at(lines[i].page);
    const std::vector<std::size_t> columns = columns_of(lines[i]);
    for (const Word& word : words) {
      for (std::size_t c = 0; c < kHeads; ++c) {
        if (start[c] != kNowhere && std::abs(word.begin - start[c]) <= 3)
          longest[c] = std::max(longest[c], display_width(word.text));
      }
    }
    for (std::size_t from = 0; from < words.size();) {
      std::size_t to = from;
      int width = 0;
      for (; to < words.size() && columns[to] == columns[from]; ++to)
        width += (to > from) + display_width(words[to].text);
      const bool alone = words[from].apart && (to == words.size() || words[to].apart);
      if (alone) widths[columns[from]].push_back(width);
      from = to;
    }
  }
  for (std::size_t c = 0; c < kHeads; ++c) {
    // The few widest may be two cells that were taken for one.
    if (widths[c].size() < 4) {
      widest_[c] = longest[c];
      continue;
    }
    std::sort(widths[c].begin(), widths[c].end());
    widest_[c] = widths[c][widths[c].size() - 1 - widths[c].size() / 10];
  }
}

}  // namespace pia::columns
