#include "indexer/boxes_pages.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

// A printed page has 200 lines at most. What has no page breaks is cut, at a blank line if there is
// one, so that what asks about every pair of a page's boxes stays linear in the document.
constexpr int kLongPage = 500, kLongestPage = 700;

// A page is drawn with spaces if many of its lines have a gap of four or more inside.
bool drawn_with_spaces(const Source& source, int first, int last) {
  int lines = 0, gaps = 0;
  for (int i = first; i <= last; ++i) {
    const std::string_view text = trim(source.lines[static_cast<std::size_t>(i)].text);
    if (text.empty()) continue;
    ++lines;
    gaps += text.find("    ") != std::string_view::npos;
  }
  return lines >= 4 && gaps * 6 > lines;
}

void add_box_lines(const Source& source, Page& page) {
  Box box;
  const auto close = [&] {
    if (!box.pieces.empty()) page.boxes.push_back(std::move(box));
    box = {};
  };
  const auto lines_from = [&](int first) {  // of the box that begins there
    int i = first;
    while (i <= page.last_line && !is_blank(source.lines[static_cast<std::size_t>(i)].text)) ++i;
    return static_cast<std::size_t>(i - first);
  };
  for (int i = page.first_line; i <= page.last_line; ++i) {
    const std::string_view text = source.lines[static_cast<std::size_t>(i)].text;
    if (is_blank(text)) {
      close();
    } else {
      if (box.pieces.empty()) box.pieces.reserve(lines_from(i));
      box.pieces.emplace_back(text, i, 0);
    }
  }
  close();
}

// pdftotext counts every character as one column, wide or not.
int characters(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// The pieces of a line that is drawn with spaces: cut at two or more spaces, but not between a
// bracket and what it holds ("[   ○ ]", "（        ）").
std::vector<Piece> cut_line(std::string_view text, int line) {
  std::vector<Piece> out;
  std::size_t i = 0;
  while (i < text.size()) {
    while (i < text.size() && (text[i] == ' ' || text[i] == '\f')) ++i;
    const std::size_t begin = i;
    std::size_t end = i;
    while (i < text.size()) {
      if (text[i] != ' ') {
        end = ++i;
        continue;
      }
      std::size_t gap = i;
      while (gap < text.size() && text[gap] == ' ') ++gap;
      const std::string_view before = text.substr(begin, end - begin);
      const bool holds = before == "[" || before.ends_with("[") || before.ends_with("○") ||
                         (gap < text.size() && text[gap] == ']' && gap - i < 24);
      if (gap - i >= 2 && !holds) break;
      i = gap;
    }
    if (end > begin) {
      out.emplace_back(text.substr(begin, end - begin), line, characters(text.substr(0, begin)));
    }
  }
  return out;
}

bool hangs_under(const Box& box, const Piece& piece, int line) {
  const Piece& last = box.pieces.back();
  if (last.line != line - 1) return false;
  return std::abs(last.column - piece.column) <= 2 ||
         std::abs(box.pieces.front().column - piece.column) <= 1;
}

void add_drawn_boxes(const Source& source, Page& page) {
  page.drawn = true;
  std::vector<Box> open;
  const auto close = [&](int line) {
    for (Box& box : open) {
      if (box.pieces.empty() || box.last_line() >= line - 1) continue;
      page.boxes.push_back(std::exchange(box, {}));
    }
    std::erase_if(open, [](const Box& box) { return box.pieces.empty(); });
  };
  for (int i = page.first_line; i <= page.last_line; ++i) {
    const std::string_view text = source.lines[static_cast<std::size_t>(i)].text;
    close(i);
    if (is_blank(text)) continue;
    for (const Piece& piece : cut_line(text, i)) {
      const auto under = std::find_if(open.begin(), open.end(),
                                      [&](const Box& box) { return hangs_under(box, piece, i); });
      if (under != open.end()) {
        under->pieces.push_back(piece);
      } else {
        open.push_back({{piece}});
      }
    }
  }
  close(page.last_line + 3);
  std::stable_sort(page.boxes.begin(), page.boxes.end(), [](const Box& a, const Box& b) {
    return a.first_line() != b.first_line() ? a.first_line() < b.first_line()
                                            : a.pieces.front().column < b.pieces.front().column;
  });
}

// The number that a box is and nothing else ("16", "- 3 -", "3/20"); -1 if it is none.
int page_number(const Box& box) {
  if (box.pieces.size() != 1) return -1;
  int value = 0, digits = 0;
  for (const char32_t c : box.pieces.front().key) {
    if (c == '/' && digits > 0) break;
    if (c == '-') continue;
    if (!is_digit(c) || ++digits > 3) return -1;
    value = value * 10 + static_cast<int>(c - '0');
  }
  return digits == 0 ? -1 : value;
}

bool alone_on_its_line(const Box& box, const Page& page) {
  const auto on_line = [&](const Piece& piece) { return piece.line == box.first_line(); };
  return std::none_of(page.boxes.begin(), page.boxes.end(), [&](const Box& other) {
    return &other != &box && std::any_of(other.pieces.begin(), other.pieces.end(), on_line);
  });
}

void take(Page& page, std::size_t box, std::vector<Box>& out) {
  out.push_back(std::move(page.boxes[box]));
  page.boxes.erase(page.boxes.begin() + static_cast<std::ptrdiff_t>(box));
}

// Numbers that count up with the pages are taken out of the boxes: at the end or the beginning of
// the page's text, or between, where a writer orders boxes otherwise.
void take_page_numbers(std::vector<Page>& pages) {
  const auto number = [](const Page& page, std::size_t i) {
    const int n = page_number(page.boxes[i]);
    return n >= 0 && alone_on_its_line(page.boxes[i], page) ? n : -1;
  };
  std::map<int, std::size_t> offsets;  // page numbers that run like this → pages
  for (std::size_t p = 0; p < pages.size(); ++p) {
    std::set<int> found;
    for (std::size_t i = 0; pages[p].boxes.size() > 1 && i < pages[p].boxes.size(); ++i) {
      if (const int n = number(pages[p], i); n >= 0) found.insert(n - static_cast<int>(p));
    }
    for (const int offset : found) ++offsets[offset];
  }
  for (const auto& [offset, count] : offsets) {
    if (count < 3 || count * 2 < pages.size()) continue;
    for (std::size_t p = 0; p < pages.size(); ++p) {
      Page& page = pages[p];
      const int wanted = offset + static_cast<int>(p);
      const std::size_t end = page.boxes.size();
      if (end < 2) continue;
      std::size_t at = end - 1;
      if (number(page, at) != wanted) at = 0;
      while (at < end && number(page, at) != wanted) ++at;
      if (at < end) take(page, at, page.numbers);
    }
  }
}

// The form's name printed above or below every page. On the cover it is the heading.
void take_running_heads(std::vector<Page>& pages) {
  std::map<std::u32string, std::size_t> seen;  // → pages
  for (const Page& page : pages) {
    std::set<std::u32string> heads;
    for (const Box& box : page.boxes) {
      if (box.pieces.size() != 1) continue;
      const std::u32string& k = box.pieces.front().key;
      if (k.size() <= 40 && k.find(U"評価書") != std::u32string::npos) heads.insert(k);
    }
    for (const std::u32string& head : heads) ++seen[head];
  }
  for (const auto& [head, count] : seen) {
    if (count < 3 || count * 2 < pages.size()) continue;
    for (std::size_t p = 1; p < pages.size(); ++p) {
      std::vector<Box>& boxes = pages[p].boxes;
      for (std::size_t i = boxes.size(); i-- > 0;) {
        if (boxes[i].pieces.size() == 1 && boxes[i].pieces.front().key == head)
          take(pages[p], i, pages[p].heads);
      }
    }
  }
}

// "3 データ入力業務": a number, a gap, and a name; the bytes of the number, 0 if there is none.
std::size_t leading_number(std::string_view text) {
  const Chars chars = decode(text);
  std::size_t i = 0;
  while (i < chars.size() && is_digit(chars.folded[i])) ++i;
  if (i == 0 || i > 2 || i + 2 >= chars.size() || !is_space(chars.folded[i])) return 0;
  const std::size_t number = chars.offset[i];
  while (i < chars.size() && is_space(chars.folded[i])) ++i;
  return i < chars.size() && !is_digit(chars.folded[i]) ? number : 0;
}

// 委託事項 and its number in cells of their own, or the number in the cell of the name: one
// heading.
void join_numbered_headings(Page& page) {
  const auto single = [](const Box& box) {
    return box.pieces.size() == 1 ? std::u32string_view(box.pieces.front().key)
                                  : std::u32string_view();
  };
  const auto is_heading = [](std::u32string_view k) {
    return k == U"委託事項" || k == U"提供先" || k == U"移転先" || k == U"システム";
  };
  for (std::size_t i = 0; i + 1 < page.boxes.size(); ++i) {
    if (!is_heading(single(page.boxes[i]))) continue;
    // The name's cell may come behind the label of the first item, never behind another heading.
    for (std::size_t k = i + 1; k < page.boxes.size() && k <= i + 2; ++k) {
      Piece& piece = page.boxes[k].pieces.front();
      if (is_heading(single(page.boxes[k]))) break;
      const std::size_t number = leading_number(trim(piece.text));
      if (number == 0 || page.boxes[k].pieces.size() != 1) continue;
      const std::string_view text = trim(piece.text);
      page.boxes[i].pieces.emplace_back(text.substr(0, number), piece.line, piece.column);
      piece = Piece(trim(text.substr(number)), piece.line, piece.column);
      break;
    }
    const std::u32string_view number = single(page.boxes[i + 1]);
    if (page.boxes[i].pieces.size() > 1 || number.empty() || number.size() > 2 ||
        !std::all_of(number.begin(), number.end(), is_digit))
      continue;
    page.boxes[i].pieces.push_back(page.boxes[i + 1].pieces.front());
    page.boxes.erase(page.boxes.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

}  // namespace

Piece::Piece(std::string_view printed, int line_index, int first_column)
    : text(printed), key(boxes::key(printed)), line(line_index), column(first_column) {}

std::vector<Page> split_pages(const Source& source) {
  std::vector<Page> pages;
  const int count = static_cast<int>(source.lines.size());
  const bool feeds = std::any_of(source.lines.begin(), source.lines.end(), [](const SourceLine& l) {
    return l.text.find('\f') != std::string::npos;
  });
  int first = 0, empty = 0, filled = 0;  // of the page: its first line, blank lines, others
  const auto close = [&](int last) {
    if (filled > 0) {
      Page page;
      page.first_line = first;
      page.last_line = last;
      if (drawn_with_spaces(source, first, last)) {
        add_drawn_boxes(source, page);
      } else {
        add_box_lines(source, page);
      }
      pages.push_back(std::move(page));
    }
    first = last + 1;
    filled = empty = 0;
  };
  for (int i = 0; i < count; ++i) {
    const std::string& text = source.lines[static_cast<std::size_t>(i)].text;
    if (feeds ? text.find('\f') != std::string::npos : empty >= 2 && !text.empty()) close(i - 1);
    if (filled >= (empty > 0 ? kLongPage : kLongestPage)) close(i - 1);
    empty = text.empty() || text == "\r" ? empty + 1 : 0;
    filled += !is_blank(text);
  }
  close(count - 1);
  take_page_numbers(pages);
  take_running_heads(pages);
  for (Page& page : pages) {
    if (!page.drawn) join_numbered_headings(page);
  }
  return pages;
}

}  // namespace pia::boxes
