// Which column of 変更箇所 each word of a line belongs to.

#ifndef PIA_INDEXER_COLUMNS_WORDS_H_
#define PIA_INDEXER_COLUMNS_WORDS_H_

#include <array>
#include <cstddef>
#include <map>
#include <string_view>
#include <vector>

#include "indexer/columns_heads.h"

namespace pia::columns {

// Whether a word can be of the column of dates.
bool date_piece(std::string_view text);

class WordColumns {
 public:
  // Where the columns begin, by page: the same column may begin elsewhere on the next.
  std::map<int, Starts>& starts() { return starts_; }

  // How wide each column's cells get, from pieces with wide gaps on both sides; `body` are the
  // indices of the table's lines.
  void measure(const std::vector<Line>& lines, const std::vector<std::size_t>& body);

  // The column (Head) of each word of the line: the cheapest way to cut it into pieces.
  std::vector<std::size_t> columns_of(const Line& line) const;

 private:
  double piece_cost(const std::vector<Word>& words, std::size_t from, std::size_t to,
                    std::size_t before, std::size_t c, const Starts& start) const;

  std::map<int, Starts> starts_;
  std::array<int, kHeads> widest_{};  // 0: not known
};

}  // namespace pia::columns

#endif  // PIA_INDEXER_COLUMNS_WORDS_H_
