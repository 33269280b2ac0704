// The order of hits. The score of a document is a sum:
//   - BM25 of the question's dictionary words in six zones: body, change history, title, process,
//     contractors, item headings
//   - a bonus for each wanted word of several parts that stands in a row (more in the body than in
//     the history only), and for the whole question in a row
//   - a bonus for what the question seems to name: municipality, contractor, ...
//   - for the best hundred, how many of the wanted words stand together in one passage
// Documents that only a literal match found get little of it, so they come below those that have
// the word (京都 in 東京都). The weights were chosen with tests/bench/relevance.

#ifndef PIA_QUERY_RANKING_H_
#define PIA_QUERY_RANKING_H_

#include <string>
#include <vector>

#include "dicts/result.h"
#include "query/doc_set.h"
#include "query/index_reader.h"
#include "query/matcher.h"
#include "query/search_plan.h"

namespace pia {

struct RankWeights {
  double body = 1.0, history = 0.35, title = 2.5, process = 2.0, contractor = 2.0, item = 0.4;
  double weighing = 0.3;     // verbs and adjectives, against wanted words
  double in_a_row = 0.7;     // times the rarity of the string
  double in_history = 0.25;  // the same, if only the history has it
  double whole_question = 2.0;
  double named = 4.0;        // municipality, contractor ... that the question names
  double together = 4.0;     // all wanted words in one passage
  double old_version = 0.7;  // factor for all but the latest publication
};

struct RankedDoc {
  DocId doc = 0;
  float score = 0;
};

// All hits, best first; equal scores keep the order of documents. `named`: sets of documents of the
// table that answer what the question seems to name (recognise.h).
Result<std::vector<RankedDoc>> rank(const Snapshot& index, Matcher& matcher, const SearchPlan& plan,
                                    Table table, const DocSet& hits,
                                    const std::vector<DocSet>& named,
                                    const RankWeights& weights = {});

// The hits by date of publication (newest first) or by municipality (its code), score 0.
std::vector<RankedDoc> sort_hits(const Snapshot& index, Table table, const DocSet& hits, Sort sort);

// 珍しい文の順: hits by the rarest wording (similar.h) among the passages that hold one of the
// strings (fold_literal(); none: all passages), rarest first; the score becomes that rarity. Only
// the first 500 of `ranked` are looked at, the rest keeps its order behind them.
std::vector<RankedDoc> sort_by_rarity(const Snapshot& index, Table table,
                                      std::vector<RankedDoc> ranked,
                                      const std::vector<std::string>& strings);

}  // namespace pia

#endif  // PIA_QUERY_RANKING_H_
