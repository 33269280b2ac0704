// Wordings of the change table: what reads like a note, what fills an empty 変更前, how alike two
// texts are. All texts are keys (boxes_text.h).

#ifndef PIA_INDEXER_BOXES_REVISION_WORDS_H_
#define PIA_INDEXER_BOXES_REVISION_WORDS_H_

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace pia::boxes {

// How much a text reads like 提出時期に係る説明: below 0 not at all, 1.2 at most.
double note_likeness(std::u32string_view k);

// Fillers of 変更前: （新規）, 右記を追加, －.
bool says_new(std::u32string_view k);

// Share of the shorter text's character pairs that the other has, too; 0 for very short ones.
double likeness(std::u32string_view a, std::u32string_view b);

// The pairs of neighbouring characters of a text, hashed, for many comparisons; the beginning of a
// long text will do.
class PairSet {
 public:
  PairSet() = default;
  explicit PairSet(std::u32string_view k);
  std::size_t size() const { return list_.size(); }
  std::size_t common(const PairSet& other) const;
  // Share of the pairs of the one with fewer that the other has, too; 0 for very short texts.
  double likeness(const PairSet& other) const;

 private:
  std::bitset<4096> bits_;
  std::vector<std::uint16_t> list_;  // the bits that are set: of most texts few
};

// Where a text begins again like it began: before and after of a change that are glued together
// (番号法第19条第7号 別表第二|番号法第19条第8号に…). 0 if it does not.
std::size_t echo(std::u32string_view k, std::size_t least = 4);

// Lines of one box that hold a before and, from this line on, an after that is a version of it. 0
// if they do not.
std::size_t versions_in_one(const std::vector<std::string_view>& lines);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_REVISION_WORDS_H_
