#include "query/unicode.h"

#include <algorithm>

namespace pia {
namespace {

// Bytes of the character that `lead` begins; 0 if it begins none.
int sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

bool is_overlong_or_surrogate(char32_t c, int length) {
  return (length == 3 && (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF))) ||
         (length == 4 && (c < 0x10000 || c > 0x10FFFF));
}

}  // namespace

std::optional<std::u32string> decode_utf8(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const int length = sequence_length(lead);
    if (length == 0 || at + static_cast<std::size_t>(length) > text.size()) return std::nullopt;
    char32_t c = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (int i = 1; i < length; ++i) {
      const auto next = static_cast<unsigned char>(text[at + static_cast<std::size_t>(i)]);
      if ((next & 0xC0U) != 0x80U) return std::nullopt;
      c = (c << 6U) | (next & 0x3FU);
    }
    if (is_overlong_or_surrogate(c, length)) return std::nullopt;
    out.push_back(c);
    at += static_cast<std::size_t>(length);
  }
  return out;
}

std::string encode_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (const char32_t c : text) {
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0U | (c >> 6U));
      out += static_cast<char>(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xE0U | (c >> 12U));
      out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
      out += static_cast<char>(0x80U | (c & 0x3FU));
    } else {
      out += static_cast<char>(0xF0U | (c >> 18U));
      out += static_cast<char>(0x80U | ((c >> 12U) & 0x3FU));
      out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
      out += static_cast<char>(0x80U | (c & 0x3FU));
    }
  }
  return out;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

char32_t narrow(char32_t c) { return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c; }

bool is_blank(char32_t c) {
  return c <= 0x20 || c == 0x7F || (c >= 0x80 && c <= 0xA0) || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) || c == 0x205F ||
         c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

bool is_kanji(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x3FFFF) || c == U'々' || c == U'〆' || c == U'ヶ';
}

bool is_hiragana(char32_t c) { return c >= 0x3041 && c <= 0x309F; }

bool is_katakana(char32_t c) {
  return (c >= 0x30A1 && c <= 0x30FF && c != U'・') || (c >= 0x31F0 && c <= 0x31FF) ||
         (c >= 0xFF66 && c <= 0xFF9F);
}

bool is_word_character(char32_t c) {
  const char32_t n = narrow(c);
  return is_kanji(c) || is_hiragana(c) || is_katakana(c) || (n >= U'0' && n <= U'9') ||
         (n >= U'A' && n <= U'Z') || (n >= U'a' && n <= U'z') || (c >= 0xC0 && c <= 0x24F) ||
         (c >= 0x370 && c <= 0x52F);
}

std::string fold_name(std::string_view text) {
  const auto decoded = decode_utf8(text);
  if (!decoded) return std::string(text);
  std::u32string out;
  for (char32_t c : *decoded) {
    c = narrow(c);
    if (is_blank(c)) continue;
    if (out.empty() && c >= U'①' && c <= U'⑳') continue;
    out.push_back(c >= U'A' && c <= U'Z' ? c + 32 : c);
  }
  return encode_utf8(out);
}

}  // namespace pia
