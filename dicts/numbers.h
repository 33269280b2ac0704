// Counts in the ways that documents write them: 100000, 100,000, 10万, 十万.

#ifndef PIA_DICTS_NUMBERS_H_
#define PIA_DICTS_NUMBERS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pia {

struct FoundNumber {
  std::uint32_t offset = 0, length = 0;  // bytes in the text given
  std::uint64_t value = 0;
};

// The whole text is one number, of any width, commas and 万 億 兆 千 百 十 included; below 10^16.
std::optional<std::uint64_t> parse_number(std::string_view text);

// Numbers in running text, in order. A kanji numeral counts only with a unit (十万, 三百, 二十) or
// as two and more digits (二〇二四): 一般 and 三者 hold none. No decimals: 2.5 is left out.
std::vector<FoundNumber> find_numbers(std::string_view text);

// The number as plain digits, with commas, with 万 and 億 where it is round enough, and in kanji;
// folded (normalizer.h).
std::vector<std::string> number_variants(std::uint64_t value);

}  // namespace pia

#endif  // PIA_DICTS_NUMBERS_H_
