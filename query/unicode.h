// The little that the query room itself does with code points: the language's operators may be
// full-width, and columns count characters. Folding of words is dicts' work (normalizer.h).

#ifndef PIA_QUERY_UNICODE_H_
#define PIA_QUERY_UNICODE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pia {

// nullopt if `text` is not well-formed UTF-8.
std::optional<std::u32string> decode_utf8(std::string_view text);
std::string encode_utf8(std::u32string_view text);
std::size_t count_characters(std::string_view text);  // lead bytes

// U+FF01..U+FF5E → '!'..'~'; every other character stays.
char32_t narrow(char32_t c);
// Spaces of ASCII and Unicode, and control characters.
bool is_blank(char32_t c);
// Kanji, kana (with ー 々 〆 ヶ), Latin letters, digits.
bool is_kanji(char32_t c);
bool is_hiragana(char32_t c);
bool is_katakana(char32_t c);  // ー too
bool is_word_character(char32_t c);

// For comparing names of fields and choices: half-width, ASCII lower case, no blanks, no circled
// number before it (③委託先名 → 委託先名).
std::string fold_name(std::string_view text);

}  // namespace pia

#endif  // PIA_QUERY_UNICODE_H_
