// The heads of 変更箇所 in a text with columns: which columns the table has, and where each begins.

#ifndef PIA_INDEXER_COLUMNS_HEADS_H_
#define PIA_INDEXER_COLUMNS_HEADS_H_

#include <array>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "indexer/columns_lines.h"

namespace pia::columns {

// The columns of the table, in the form's order.
using Head = std::size_t;
inline constexpr Head kDate = 0, kItem = 1, kBefore = 2, kAfter = 3, kTiming = 4, kNote = 5;
inline constexpr Head kHeads = 6;  // how many

struct HeadCell {
  bool present = false;
  int begin = 0, end = 0;  // columns
  std::string text;
  Place place;
};

using Heads = std::array<HeadCell, kHeads>;
using Starts = std::array<int, kHeads>;  // the column of the text where each begins

inline constexpr int kNowhere = std::numeric_limits<int>::max();  // a column that the table lacks

Place place_at(const Line& line);

// The line that names 変更前 and 変更後.
bool main_heads(const Line& line);

// A line of heads and nothing else.
bool only_heads(const Line& line);

// Lines [from, to) around `at` that hold heads and nothing else.
void head_lines(const std::vector<Line>& lines, std::size_t at, std::size_t& from, std::size_t& to);

Heads read_heads(const std::vector<Line>& lines, std::size_t from, std::size_t to);

// Where each column begins on one page, whose lines below the heads are [from, to).
Starts column_starts(const std::vector<Line>& lines, std::size_t from, std::size_t to,
                     const Heads& heads);

}  // namespace pia::columns

#endif  // PIA_INDEXER_COLUMNS_HEADS_H_
