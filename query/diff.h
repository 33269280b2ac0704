// What differs between two texts, in words: for versions of an assessment, cells of a comparison
// and similar passages. The shortest edit script of Myers (An O(ND) Difference Algorithm, 1986)
// over tokens; texts that share almost nothing come out as one deletion and one insertion.

#ifndef PIA_QUERY_DIFF_H_
#define PIA_QUERY_DIFF_H_

#include <string>
#include <string_view>
#include <vector>

namespace pia {

struct DiffPiece {
  char op = '=';  // '=' in both, '-' only in the first, '+' only in the second
  std::string text;
};

// Tokens of a text for comparing: runs of one kind of character (kanji, hiragana, katakana, Latin
// letters, digits), single symbols, runs of white space. Concatenated they are the text.
std::vector<std::string_view> diff_tokens(std::string_view text);

// Pieces in order; neighbours have different ops, deletions stand before insertions. The '=' and
// '-' pieces give `from`, the '=' and '+' pieces give `to` (up to width and white space: tokens
// that fold alike are equal, and the second text's writing is kept).
std::vector<DiffPiece> diff_texts(std::string_view from, std::string_view to);

// Share of the tokens' bytes that both have in order: 1 equal, 0 nothing in common.
double diff_similarity(const std::vector<DiffPiece>& pieces);

}  // namespace pia

#endif  // PIA_QUERY_DIFF_H_
