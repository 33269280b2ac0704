// One folding for what is indexed and what is asked. There are four strengths; each is idempotent
// and none ever removes a diacritic (パ is not ハ):
//
//   mend_radicals   text to show: only Kangxi and CJK radicals become ideographs (⾼ -> 高)
//   nfkc            text to read values from: radicals, then Unicode NFKC
//   fold            words: NFKC and case folding; old kanji to new (國 -> 国); all dashes and long
//                   marks to ー after kana and to - elsewhere; tildes, middle dots and quotes to
//                   one of each. White space stays, so that MeCab sees words apart.
//   fold_literal    exact strings: fold, then white space and line breaks out, every dash and long
//                   mark ー wherever it stands, 、，。． to , and ., and the pairs of kanji that
//                   names mix (龍/竜 斉/斎). No rule looks at a neighbour except for combining
//                   marks, so the folding of a part is the same part of the folding of the whole.
//
// A final ー is kept (サーバー is not サーバ): terms drop it, see tokenizer.h.
// Bytes that are no UTF-8 become U+FFFD. All functions are thread-safe.

#ifndef PIA_DICTS_NORMALIZER_H_
#define PIA_DICTS_NORMALIZER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pia {

std::string nfkc(std::string_view text);
std::string mend_radicals(std::string_view text);

struct Folded {
  std::string text;
  // source[i] is the byte offset in the original of the character that made folded byte i;
  // source.size() == text.size() + 1, the last being the original's size. Never decreasing,
  // always a character boundary. One original character may make several (㈱ -> (株)).
  std::vector<std::uint32_t> source;

  // The original's bytes [first, second) that made the folded bytes [begin, end): whole
  // characters, so a match inside an expansion widens to all of it. REQUIRES: begin < end <= size.
  // With the original at hand the white space behind, which fold_literal leaves out, is cut off.
  std::pair<std::uint32_t, std::uint32_t> original(std::size_t begin, std::size_t end) const;
  std::pair<std::uint32_t, std::uint32_t> original(std::size_t begin, std::size_t end,
                                                   std::string_view original_text) const;
};

Folded fold(std::string_view text);
std::string fold_text(std::string_view text);  // the same text, without offsets: faster
Folded fold_literal(std::string_view text);
std::string fold_literal_text(std::string_view text);

// The pairs of kanji that fold() leaves apart for MeCab's sake and fold_literal() joins, applied
// to already folded text: a word's term is fold_names(word).
std::string fold_names(std::string_view folded);

}  // namespace pia

#endif  // PIA_DICTS_NORMALIZER_H_
