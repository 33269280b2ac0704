// Small questions about words that the readers of woven text ask alike.

#ifndef PIA_INDEXER_WOVEN_WORDS_H_
#define PIA_INDEXER_WOVEN_WORDS_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "indexer/utf8.h"

namespace pia::woven {

// Without white space: line breaks are joined differently.
inline std::string bare(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (!is_label_space(next_char(text, at))) out += text.substr(begin, at - begin);
  }
  return out;
}

template <std::size_t N>
bool has_any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

template <std::size_t N>
bool starts_any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.starts_with(word); });
}

template <std::size_t N>
bool ends_any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.ends_with(word); });
}

}  // namespace pia::woven

#endif  // PIA_INDEXER_WOVEN_WORDS_H_
