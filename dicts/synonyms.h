// Words that mean the same (dicts/data/synonyms.tsv), for the side of the query. Lists are short
// and made by hand: 個人番号 = マイナンバー both ways; 下請け finds 再委託, but not the other way
// round.

#ifndef PIA_DICTS_SYNONYMS_H_
#define PIA_DICTS_SYNONYMS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pia {

// What else to search for, folded (normalizer.h), the word itself left out; empty if nothing is
// known. The word or phrase may be spelled in any way that the literal folding joins.
std::vector<std::string> synonyms_of(std::string_view word);

struct SynonymMatch {
  std::uint32_t offset = 0, length = 0;  // bytes in the text given
  std::vector<std::string> also;         // as synonyms_of
};

// The words of a query that have synonyms: at each place the longest, without overlap. Latin words
// match whole (CS is not in CSV), and so does a word within a longer run of katakana.
// `text` is folded.
std::vector<SynonymMatch> find_synonyms(std::string_view text);

}  // namespace pia

#endif  // PIA_DICTS_SYNONYMS_H_
