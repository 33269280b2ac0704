#include "indexer/boxes_text.h"

#include <algorithm>
#include <cctype>

#include "indexer/utf8.h"

namespace pia::boxes {
namespace {

using namespace std::string_view_literals;

inline char32_t decode_at(std::string_view text, std::size_t& i) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  const unsigned char c = byte(i);
  const std::size_t length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  if (c < 0xC0 || i + length > text.size()) {
    ++i;
    return c;
  }
  if (length == 3) {  // nearly all of a Japanese text
    i += 3;
    return static_cast<char32_t>(c & 0x0F) << 12 | static_cast<char32_t>(byte(i - 2) & 0x3F) << 6 |
           static_cast<char32_t>(byte(i - 1) & 0x3F);
  }
  char32_t value = c & (0xFF >> (length + 1));
  for (std::size_t k = 1; k < length; ++k) value = (value << 6) | (byte(i + k) & 0x3F);
  i += length;
  return value;
}

bool is_word(unsigned char c) { return std::isalnum(c) != 0; }

}  // namespace

char32_t take_char(std::string_view text, std::size_t& i) { return decode_at(text, i); }

char32_t fold(char32_t c) {
  if (c < 0x80) return c == '\t' || c == '\r' || c == '\f' ? U' ' : c;
  if (c >= 0xFF01 && c <= 0xFF5E) {
    const char32_t ascii = c - 0xFEE0;
    return ascii == '<' ? U'＜' : ascii == '>' ? U'＞' : ascii;
  }
  switch (c) {
    case 0x00A0:
    case 0x3000:
    case 0xFEFF:
    case 0x200B:
      return ' ';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0x2500:
    case 0x2501:
    case 0x30FC:
    case 0xFF70:
      return '-';
    case 0x301C:
    case 0x223C:
      return '~';
    case 0xFF65:
      return 0x30FB;  // ･ → ・
    case 0x3008:
    case 0x226A:
      return U'＜';  // 〈
    case 0x3009:
    case 0x226B:
      return U'＞';
    case 0x3014:
    case 0x3016:
      return '[';  // 〔
    case 0x3015:
    case 0x3017:
      return ']';
    case 0x3007:
    case 0x25EF:
    case 0x25CF:
      return U'○';  // 〇 ◯ ●
    case 0xFF62:
      return U'「';
    case 0xFF63:
      return U'」';
    case 0xFF64:
      return U'、';
    default:
      return c;
  }
}

namespace {

// Kana and kanji, nearly all there is, stay as they are.
inline char32_t folded(char32_t c) {
  return c >= 0x3041 && c < 0xFEFF && c != 0x30FC ? c : fold(c);
}

}  // namespace

Chars decode(std::string_view text) {
  Chars out;
  decode(text, out);
  return out;
}

void decode(std::string_view text, Chars& out) {
  out.folded.clear();
  out.offset.clear();
  out.folded.reserve(text.size() / 2);
  out.offset.reserve(text.size() / 2 + 1);
  for (std::size_t i = 0; i < text.size();) {
    out.offset.push_back(static_cast<std::uint32_t>(i));
    out.folded.push_back(folded(decode_at(text, i)));
  }
  out.offset.push_back(static_cast<std::uint32_t>(text.size()));
}

bool is_space(char32_t c) { return c == ' '; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

int circled_number(char32_t c) {
  return c >= 0x2460 && c <= 0x2473 ? static_cast<int>(c - 0x2460) + 1 : 0;
}

bool is_circled(std::string_view text) {
  int circled = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = folded(decode_at(text, i));
    if (is_space(c) || c == '\n') continue;
    if (circled_number(c) == 0) return false;
    ++circled;
  }
  return circled == 1;
}

std::u32string key(std::string_view text) {
  static thread_local std::u32string buffer;  // so that the key is allocated once, in its size
  if (buffer.size() < text.size()) buffer.resize(text.size());
  char32_t* const begin = buffer.data();
  char32_t* end = begin;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = folded(decode_at(text, i));
    if (!is_space(c) && c != '\n') *end++ = c;
  }
  return {begin, end};
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    if (c < 0x80) {
      out.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
      out.push_back(static_cast<char>(0xC0 | (c >> 6)));
      out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
      out.push_back(static_cast<char>(0xE0 | (c >> 12)));
      out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
      out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    } else {
      out.push_back(static_cast<char>(0xF0 | (c >> 18)));
      out.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
      out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
      out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    }
  }
  return out;
}

std::size_t length(std::string_view text) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = folded(decode_at(text, i));
    n += !is_space(c) && c != '\n';
  }
  return n;
}

namespace {

bool is_ascii_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }

// Bytes of the white space that a text begins with, and ends with; 0 if there is none.
std::size_t space_before(std::string_view text) {
  if (is_ascii_space(text.front())) return 1;
  return text.starts_with("\u3000"sv) || text.starts_with("\uFEFF"sv) ? 3
         : text.starts_with("\u00A0"sv)                               ? 2
                                                                      : 0;
}

std::size_t space_behind(std::string_view text) {
  if (is_ascii_space(text.back())) return 1;
  return text.ends_with("\u3000"sv) || text.ends_with("\uFEFF"sv) ? 3
         : text.ends_with("\u00A0"sv)                             ? 2
                                                                  : 0;
}

}  // namespace

std::string_view trim(std::string_view text) {
  for (std::size_t n = 1; n > 0 && !text.empty();) text.remove_prefix(n = space_before(text));
  for (std::size_t n = 1; n > 0 && !text.empty();) text.remove_suffix(n = space_behind(text));
  return text;
}

bool is_blank(std::string_view text) {
  while (!text.empty()) {
    const std::size_t n = space_before(text);
    if (n == 0) return false;
    text.remove_prefix(n);
  }
  return true;
}

bool starts_with_mark(std::string_view line) {
  std::size_t i = 0;
  if (line.empty()) return false;
  const char32_t raw = decode_at(line, i);
  if (raw == 0x3000) return true;  // an indented paragraph
  const char32_t c = fold(raw);
  if (circled_number(c) != 0) return true;
  switch (c) {
    case U'・':
    case U'※':
    case U'＜':
    case U'【':
    case U'◆':
    case U'■':
    case U'◎':
    case U'○':
    case U'[':
    case U'★':
    case U'□':
    case U'●':
    case U'◇':
      return true;
    default:
      break;
  }
  if (c == '(' || is_digit(c)) {  // "(1) …", "１．…", "２ …"
    bool digit = is_digit(c);
    for (int n = 0; i < line.size() && n < 4; ++n) {
      const char32_t d = fold(decode_at(line, i));
      if (is_digit(d)) {
        digit = true;
        continue;
      }
      return digit && (d == '.' || d == ')' || is_space(d) || d == U'、' || d == U'．');
    }
  }
  return false;
}

// 【…】 or ＜…＞ alone in its line is a heading, which no line goes on from.
bool is_bracketed_heading(std::string_view line) {
  return (line.starts_with("【") && line.ends_with("】")) ||
         (line.starts_with("＜") && line.ends_with("＞"));
}

std::string join_lines(const std::vector<std::string_view>& lines) {
  std::string out;
  std::size_t size = 0;
  for (const std::string_view raw : lines) size += raw.size() + 1;
  out.reserve(size);
  std::string_view before;
  int widest = 0;  // measured when it is first asked for
  // Two numbers, of which the first ends a line that is not full.
  const auto parts_numbers = [&](std::string_view line) {
    std::size_t first = 0;
    if (!is_digit(fold(last_char(out))) || !is_digit(fold(next_char(line, first)))) return false;
    if (widest == 0) {
      for (const std::string_view raw : lines) widest = std::max(widest, display_width(trim(raw)));
    }
    return display_width(before) * 4 < widest * 3;
  };
  bool heading = false;
  for (const std::string_view raw : lines) {
    const std::string_view line = trim(raw);
    if (line.empty()) continue;
    if (!out.empty()) {
      if (heading || starts_with_mark(raw) || parts_numbers(line)) {
        out.push_back('\n');
      } else if (is_word(static_cast<unsigned char>(out.back())) &&
                 is_word(static_cast<unsigned char>(line.front())) &&
                 !(std::isdigit(static_cast<unsigned char>(out.back())) != 0 &&
                   std::isdigit(static_cast<unsigned char>(line.front())) != 0)) {
        out.push_back(' ');
      }
    }
    out.append(line);
    heading = is_bracketed_heading(line);
    before = line;
  }
  return out;
}

}  // namespace pia::boxes
