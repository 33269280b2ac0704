// Walking over UTF-8 that has been validated by the reader; a stray byte is read as itself.

#ifndef PIA_INDEXER_UTF8_H_
#define PIA_INDEXER_UTF8_H_

#include <cstring>
#include <string>
#include <string_view>

namespace pia {

// The character at `at`, which moves behind it. REQUIRES: at < text.size().
inline char32_t next_char(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<char32_t>(static_cast<unsigned char>(text[i])) : 0U;
  };
  const char32_t first = byte(at);
  if (first >= 0xE0 && first < 0xF0 && at + 3 <= text.size()) {  // nearly all of a Japanese text
    at += 3;
    return (first & 0x0F) << 12 |
           (static_cast<char32_t>(static_cast<unsigned char>(text[at - 2])) & 0x3F) << 6 |
           (static_cast<char32_t>(static_cast<unsigned char>(text[at - 1])) & 0x3F);
  }
  if (first < 0xC0 || at + 1 >= text.size()) {
    ++at;
    return first;
  }
  if (first < 0xE0) {
    at += 2;
    return (first & 0x1F) << 6 | (byte(at - 1) & 0x3F);
  }
  if (first < 0xF0) {
    const char32_t c = (first & 0x0F) << 12 | (byte(at + 1) & 0x3F) << 6 | (byte(at + 2) & 0x3F);
    at = at + 3 <= text.size() ? at + 3 : text.size();
    return c;
  }
  const char32_t c = (first & 0x07) << 18 | (byte(at + 1) & 0x3F) << 12 |
                     (byte(at + 2) & 0x3F) << 6 | (byte(at + 3) & 0x3F);
  at = at + 4 <= text.size() ? at + 4 : text.size();
  return c;
}

// The last character; 0 of an empty text.
inline char32_t last_char(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && (static_cast<unsigned char>(text[--at]) & 0xC0) == 0x80) {
  }
  return text.empty() ? 0 : next_char(text, at);
}

// In halves of a full-width character: those of East Asian scripts and their marks count two.
inline int display_width(std::string_view text) {
  int width = 0;
  for (std::size_t at = 0; at < text.size();) width += next_char(text, at) < 0x800 ? 1 : 2;
  return width;
}

inline void append_char(std::string& text, char32_t c) {
  const auto tail = [c](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    const char bytes[] = {static_cast<char>(0xC0 | (c >> 6)), tail(0)};
    text.append(bytes, sizeof bytes);
  } else if (c < 0x10000) {
    const char bytes[] = {static_cast<char>(0xE0 | (c >> 12)), tail(6), tail(0)};
    text.append(bytes, sizeof bytes);
  } else {
    const char bytes[] = {static_cast<char>(0xF0 | (c >> 18)), tail(12), tail(6), tail(0)};
    text.append(bytes, sizeof bytes);
  }
}

// text.find(word, from), several times as fast for Japanese: the library's stops at every character
// that shares the first byte with `word`, and nearly all kana and half of the kanji do.
inline std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0) {
  if (from > text.size()) return std::string_view::npos;
  const void* found = memmem(text.data() + from, text.size() - from, word.data(), word.size());
  return found == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

// White space of every kind that forms are padded with, zero-width characters included.
inline bool is_label_space(char32_t c) {
  if (c > 0x3000) return c == 0xFEFF;
  return c == U' ' || (c >= 0x09 && c <= 0x0D) || c == 0x3000 || c == 0xA0 ||
         (c >= 0x2000 && c <= 0x200F) || c == 0x2028 || c == 0x2029;
}

// Kanji, kana, Japanese punctuation and full-width forms: written without spaces between words.
inline bool is_japanese(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF) ||
         (c >= 0x2460 && c <= 0x24FF) || (c >= 0x2160 && c <= 0x217F);
}

}  // namespace pia

#endif  // PIA_INDEXER_UTF8_H_
