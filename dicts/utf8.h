// UTF-8 by hand: the inner loops of this room. Positions are byte offsets.

#ifndef PIA_DICTS_UTF8_H_
#define PIA_DICTS_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pia::utf8 {

constexpr char32_t kReplacement = 0xFFFD;

// The character at `at`, which moves behind it. A byte that starts no well-formed character gives
// U+FFFD and moves by one. REQUIRES: at < text.size().
inline char32_t next(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned a = byte(at);
  if (a < 0x80) return ++at, a;
  if (a >= 0xC2 && a < 0xE0 && tail(at + 1)) {
    const char32_t c = ((a & 0x1FU) << 6) | (byte(at + 1) & 0x3FU);
    return at += 2, c;
  }
  if (a >= 0xE0 && a < 0xF0 && tail(at + 1) && tail(at + 2)) {
    const char32_t c = ((a & 0x0FU) << 12) | ((byte(at + 1) & 0x3FU) << 6) | (byte(at + 2) & 0x3FU);
    if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) return at += 3, c;
  }
  if (a >= 0xF0 && a < 0xF5 && tail(at + 1) && tail(at + 2) && tail(at + 3)) {
    const char32_t c = ((a & 0x07U) << 18) | ((byte(at + 1) & 0x3FU) << 12) |
                       ((byte(at + 2) & 0x3FU) << 6) | (byte(at + 3) & 0x3FU);
    if (c >= 0x10000 && c <= 0x10FFFF) return at += 4, c;
  }
  return ++at, kReplacement;
}

inline void append(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

inline std::u32string decode(std::string_view text) {
  std::u32string out;
  out.reserve(text.size() / 2);
  for (std::size_t at = 0; at < text.size();) out += next(text, at);
  return out;
}

inline std::string encode(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (char32_t c : text) append(out, c);
  return out;
}

// Characters, not bytes.
inline std::size_t length(std::string_view text) {
  std::size_t n = 0;
  for (std::size_t at = 0; at < text.size(); ++n) next(text, at);
  return n;
}

inline bool is_space(char32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}
inline bool is_hiragana(char32_t c) { return c >= 0x3041 && c <= 0x309F; }
inline bool is_katakana(char32_t c) {
  return (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x30FC && c <= 0x30FF) ||
         (c >= 0x31F0 && c <= 0x31FF);
}
inline bool is_kanji(char32_t c) {
  return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || c == 0x3005 ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF);
}
inline bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
inline bool is_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// Every hyphen, dash, minus, rule and long mark in use for one another.
inline bool is_dash(char32_t c) {
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2043 || c == 0x2212 || c == 0x2500 ||
         c == 0x2501 || c == 0x30FC || c == 0xFE31 || c == 0xFE32 || c == 0xFE58 || c == 0xFE63 ||
         c == 0xFF0D || c == 0xFF70;
}

}  // namespace pia::utf8

#endif  // PIA_DICTS_UTF8_H_
