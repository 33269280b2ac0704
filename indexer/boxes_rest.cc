// Lines are handed out in the order of the source: a passage is a list of lines, and its place
// their ranges. A row of the table may have lines between those of another.

#include "indexer/boxes_rest.h"

#include <algorithm>
#include <map>
#include <string>

#include "indexer/boxes_build.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

std::vector<int> lines_of(std::span<const Page> pages) {
  std::vector<int> lines;
  for (const Page& page : pages) {
    for (const Box& box : page.boxes) {
      for (const Piece& piece : box.pieces) lines.push_back(piece.line);
    }
  }
  std::ranges::sort(lines);
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  return lines;
}

// Lines that follow each other are joined; a gap between them parts two boxes.
Passage passage_of(std::string item, const std::vector<int>& lines, const Source& source) {
  Passage passage;
  passage.item = std::move(item);
  std::vector<std::string_view> texts;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    texts.push_back(trim(source.lines[static_cast<std::size_t>(lines[i])].text));
    extend(passage.where, source.lines[static_cast<std::size_t>(lines[i])].place);
    if (i + 1 < lines.size() && lines[i + 1] == lines[i] + 1) continue;
    if (!passage.text.empty()) passage.text.push_back('\n');
    passage.text += join_lines(texts);
    texts.clear();
  }
  return passage;
}

// The row (1-based) of each line of the source, 0 for none; the first row that claims a line has
// it.
std::vector<int> rows_of_lines(const std::vector<Revision>& rows, const Source& source) {
  std::vector<int> out(source.lines.size(), 0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<std::pair<int, int>> ranges = rows[i].where.more;
    ranges.emplace_back(rows[i].where.first_line, rows[i].where.last_line);
    for (const auto& [first, last] : ranges) {
      for (int line = first; line > 0 && line <= last; ++line) {
        int& row = out[static_cast<std::size_t>(line) - 1];
        if (row == 0) row = static_cast<int>(i) + 1;
      }
    }
  }
  return out;
}

// 事案１ · 第１ · １ 事案の内容 · Ⅰ ... : a short line that opens a part of the attachment.
bool opens_part(std::string_view line) {
  const std::u32string text = key(line);
  if (text.empty() || text.size() > 40 || text.back() == U'。') return false;
  if (text.starts_with(U"事案") || text.starts_with(U"第")) return true;
  return is_digit(text.front()) && text.size() > 1 && !is_digit(text[1]) && text[1] != U'.' &&
         text[1] != U',';
}

}  // namespace

std::vector<Passage> passages_of_table(std::span<const Page> pages,
                                       const std::vector<Revision>& rows, const Source& source) {
  const std::vector<int> row_of = rows_of_lines(rows, source);
  std::map<int, std::vector<int>> of_row;
  std::vector<std::vector<int>> rest;
  int before = -1;  // row of the line before; 0: none
  for (const int line : lines_of(pages)) {
    const int row = row_of[static_cast<std::size_t>(line)];
    if (row > 0) {
      of_row[row].push_back(line);
    } else {
      if (before != 0) rest.emplace_back();
      rest.back().push_back(line);
    }
    before = row;
  }
  std::vector<Passage> out;
  for (const auto& [row, lines] : of_row)
    out.push_back(passage_of("変更箇所 " + std::to_string(row), lines, source));
  for (const auto& lines : rest) out.push_back(passage_of("変更箇所", lines, source));
  return out;
}

std::vector<Passage> passages_of_attachment(std::span<const Page> pages, const Source& source) {
  std::vector<std::vector<int>> parts;
  for (const int line : lines_of(pages)) {
    if (parts.empty() || opens_part(source.lines[static_cast<std::size_t>(line)].text))
      parts.emplace_back();
    parts.back().push_back(line);
  }
  std::vector<Passage> out;
  for (const auto& lines : parts) {
    std::string item = "別紙";
    const std::string_view heading =
        trim(source.lines[static_cast<std::size_t>(lines.front())].text);
    if (length(heading) <= 40) item += " " + std::string(heading);
    out.push_back(passage_of(std::move(item), lines, source));
  }
  return out;
}

}  // namespace pia::boxes
