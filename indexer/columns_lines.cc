#include "indexer/columns_lines.h"

#include <algorithm>

#include "indexer/utf8.h"

namespace pia::columns {
namespace {

constexpr int kFirstColumn = 6;  // further left a word begins its line
constexpr std::size_t kFewestLines = 20;

bool enough(std::size_t aligned, std::size_t filled) {
  return filled >= kFewestLines && aligned * 4 >= filled;
}

}  // namespace

bool may_keep_columns(const std::vector<SourceLine>& lines) {
  std::size_t filled = 0, wide = 0;
  for (const SourceLine& source : lines) {
    const std::string_view text = source.text;
    bool words = false;
    int column = 0, spaces = 2;
    for (std::size_t at = 0; at < text.size();) {
      const char32_t c = next_char(text, at);
      if (c == '\f') {
        column = 0;
        continue;
      }
      if (is_label_space(c)) {
        ++spaces;
      } else {
        words = true;
        if (spaces > 1 && column >= kFirstColumn) {
          ++wide;
          break;
        }
        spaces = 0;
      }
      ++column;
    }
    filled += words;
  }
  return enough(wide, filled);
}

std::vector<Line> read_lines(const std::vector<SourceLine>& lines) {
  std::vector<Line> out;
  out.reserve(lines.size());
  int page = 0;
  for (const SourceLine& source : lines) {
    Line line;
    line.number = source.place.first_line;
    int column = 0, spaces = 2;
    const std::string_view text = source.text;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t begin = at;
      const char32_t c = next_char(text, at);
      if (c == '\f') {
        ++page;
        column = 0;
        continue;
      }
      if (is_label_space(c)) {
        ++spaces;
        ++column;
        continue;
      }
      if (spaces > 0) line.words.push_back({column, column, spaces > 1, {}});
      spaces = 0;
      line.words.back().text.append(text.substr(begin, at - begin));
      line.words.back().end = ++column;
    }
    line.page = page;
    out.push_back(std::move(line));
  }
  return out;
}

bool keeps_columns(const std::vector<Line>& lines) {
  // Below each other: a word behind a wide gap begins where one of the two lines above has one.
  std::size_t filled = 0, aligned = 0;
  std::vector<int> above, before;
  for (const Line& line : lines) {
    if (line.words.empty()) continue;
    ++filled;
    std::vector<int> here;
    bool fits = false;
    for (const Word& word : line.words) {
      if (!word.apart || word.begin < kFirstColumn) continue;
      here.push_back(word.begin);
      const auto near = [&](int column) { return std::abs(column - word.begin) <= 1; };
      fits = fits || std::any_of(above.begin(), above.end(), near) ||
             std::any_of(before.begin(), before.end(), near);
    }
    aligned += fits;
    before = std::move(above);
    above = std::move(here);
  }
  return enough(aligned, filled);
}

std::string text_of(std::span<const Word> words) {
  std::string text;
  for (const Word& word : words) {
    if (!text.empty()) text += ' ';
    text += word.text;
  }
  return text;
}

}  // namespace pia::columns
