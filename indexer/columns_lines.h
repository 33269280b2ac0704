// Text of a PDF that keeps its columns with spaces (pdftotext -layout and its like):
//
//   ②取扱いを委託する特定個人情 [ 特定個人情報ファイルの全体               1）
//   特定個人情報ファイルの全体
//                                                          ] 2） 特定個人情報ファイルの一部
//   報ファイルの範囲
//
// A line of the file is a line of the page, a character's place in it tells its column (one a
// character, narrow or wide), and a space at least stands between two cells. Words are what spaces
// part; where one stands is only sure behind two spaces: after one it may have been pushed along.

#ifndef PIA_INDEXER_COLUMNS_LINES_H_
#define PIA_INDEXER_COLUMNS_LINES_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/source.h"

namespace pia::columns {

struct Word {
  int begin = 0, end = 0;  // columns; end is behind the last character
  bool apart = true;       // at the line's start, or behind two spaces or more
  std::string text;
};

struct Line {
  int number = 0;  // 1-based, in the source
  int page = 0;
  std::vector<Word> words;  // empty: a blank line
};

// Cheap: false if so few lines have a word behind a wide gap that keeps_columns() is sure to be
// false. Most texts of PDFs are told apart by this, without cutting their words.
bool may_keep_columns(const std::vector<SourceLine>& lines);

// One Line for each line of the source, in order. Form feeds begin pages.
std::vector<Line> read_lines(const std::vector<SourceLine>& lines);

// Whether spaces keep the columns: many lines are indented or have wide gaps, and the gaps of
// neighbouring lines stand below each other.
bool keeps_columns(const std::vector<Line>& lines);

// Words with one space between them.
std::string text_of(std::span<const Word> words);

}  // namespace pia::columns

#endif  // PIA_INDEXER_COLUMNS_LINES_H_
