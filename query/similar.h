// 似ている箇所: who else wrote this passage, and how common its wording is.
//
// Two measures. Nearness of two passages is the share of their words that both have in order (the
// diff of query/diff.h), so that what differs can be shown. Commonness is counted by sentence: a
// sentence, folded and with its municipality's names and all numbers taken out, is hashed, and a
// table of one index generation says how many bodies wrote it. Text that everybody copied from the
// guide is boilerplate; what only one body wrote is what a journalist wants to read.

#ifndef PIA_QUERY_SIMILAR_H_
#define PIA_QUERY_SIMILAR_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "query/answers.h"
#include "query/diff.h"

namespace pia {

struct SimilarPassage {
  AssessmentRef assessment;
  std::uint32_t passage = 0;
  std::string item, text, where_json;
  double similarity = 0;        // 0 ... 1
  std::vector<DiffPiece> diff;  // against the passage asked about; empty if equal
};

struct SimilarResult {
  AssessmentRef assessment;
  std::uint32_t passage = 0;
  std::string item, text;
  std::uint32_t same = 0;            // other bodies with the same wording
  std::uint32_t near = 0;            // other assessments with a near one (similarity >= 0.6)
  std::uint32_t of = 0;              // other assessments that were searched
  double rarity = 0;                 // 0 boilerplate ... 1 nobody else; see Wording
  std::vector<SimilarPassage> rows;  // nearest first; one an assessment
};

// Passages like this one in other assessments (newest publications, other series), nearest first:
// near-same text anywhere, then the same item.
// Errors: NotFound for an unknown id or a passage that it does not have.
Result<SimilarResult> similar(const Snapshot& index, std::string_view id, std::uint32_t passage,
                              std::size_t limit);

// How many bodies wrote each sentence; built once for a generation (it reads every text once) and
// then shared. Any thread.
class Wording {
 public:
  static std::shared_ptr<const Wording> of(const Snapshot& index);

  // Bodies that have the sentence, 0 if none. REQUIRES: a hash of sentences().
  std::uint32_t bodies(std::uint64_t sentence) const;
  // Bodies in all.
  std::uint32_t all() const { return all_; }

  // Mean over the sentences of a folded text, weighted by their length, of
  // 1 - log(1 + other bodies) / log(1 + all other bodies): 1 if nobody else wrote any of it. -1 if
  // the text has no sentence of at least eight characters.
  double rarity(std::string_view folded, std::string_view own_name) const;

  struct Sentence {
    std::uint64_t hash = 0;
    std::size_t length = 0;  // bytes
  };
  // Sentences of a text folded by fold_literal, without those under eight characters. `own_name`
  // (folded) and digits are left out of the hash.
  static std::vector<Sentence> sentences(std::string_view folded, std::string_view own_name);

 private:
  std::vector<std::uint64_t> hashes_;  // sorted
  std::vector<std::uint32_t> counts_;
  std::uint32_t all_ = 0;
};

// One number a passage: its rarity, -1 where it is too short to tell. Errors: NotFound.
Result<std::vector<double>> rarity(const Snapshot& index, std::string_view id);

}  // namespace pia

#endif  // PIA_QUERY_SIMILAR_H_
