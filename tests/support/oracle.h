// The oracle: a slow, obvious search that looks at every assessment's JSON in turn. It shares with
// the index only what a question means (parser, WordReader) and what is folded alike (dicts); how a
// document answers is written down again here, without sets, columns or posting lists. Tests let
// both answer the same made-up questions.

#ifndef PIA_TESTS_SUPPORT_ORACLE_H_
#define PIA_TESTS_SUPPORT_ORACLE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "dicts/tokenizer.h"
#include "query/search_types.h"

namespace pia {

// A hit as text: "id" of an assessment, "id#3" of its third row.
using OracleHits = std::vector<std::string>;

class Oracle {
 public:
  // REQUIRES: the tokenizer outlives the oracle. Records are JSON of the interface document, with
  // id, series and published_on.
  Oracle(const Tokenizer& tokenizer, const std::vector<std::string>& records);
  ~Oracle();

  // All hits, sorted. REQUIRES: the request is well formed.
  OracleHits search(const SearchRequest& request) const;

  // What count_facet() should say for each value, by asking for every value in turn.
  std::map<std::string, std::uint32_t> facet(const SearchRequest& request,
                                             const std::string& name) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pia

#endif  // PIA_TESTS_SUPPORT_ORACLE_H_
