// もしかして: for a word that is nowhere, the most likely word that is somewhere. Candidates are
// the index's own words and names; they are compared by characters (one wrong, missing, added or
// swapped; two in long words) and by reading (連係/連携, カワサキ/川崎), so kanji and kana mistakes
// are both found.

#ifndef PIA_QUERY_SPELLING_H_
#define PIA_QUERY_SPELLING_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dicts/tokenizer.h"
#include "query/index_reader.h"

namespace pia {

// Made once for a Snapshot (it reads the vocabulary); then any thread.
class SpellingAdvice {
 public:
  SpellingAdvice(const Snapshot& index, const Tokenizer& tokenizer);
  ~SpellingAdvice();

  // The best replacement of a word (folded by fold_text()); nullopt if nothing is near.
  std::optional<std::string> instead_of(std::string_view folded) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Edits between two texts, a swap of neighbours being one; stops counting above `limit`.
std::size_t edit_distance(std::u32string_view a, std::u32string_view b, std::size_t limit);

}  // namespace pia

#endif  // PIA_QUERY_SPELLING_H_
