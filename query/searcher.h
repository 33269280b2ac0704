// A Searcher answers searches against one index directory: one page of hits, best first, with exact
// totals, facets, passages and advice. Total and counts are those of a linear scan; ranking only
// orders them.
//
// Threads: every member may be called by any number of threads at once. Each call works on the
// generation that was current when it began; reopen() shows a newer one to later calls.

#ifndef PIA_QUERY_SEARCHER_H_
#define PIA_QUERY_SEARCHER_H_

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dicts/result.h"
#include "query/search_types.h"

namespace pia {

class Snapshot;
class Tokenizer;

class Searcher {
 public:
  // Errors: IndexMissing, IndexVersion, IndexDamaged, IndexIo (index_reader.h); Dictionary.
  static Result<Searcher> open(const std::filesystem::path& dir);
  ~Searcher();
  Searcher(Searcher&&) noexcept;
  Searcher& operator=(Searcher&&) noexcept;

  // True if a newer generation was taken. On an error the old one stays in use.
  Result<bool> reopen();
  std::shared_ptr<const Snapshot> snapshot() const;
  const Tokenizer& tokenizer() const;

  // A query that matches nothing succeeds with no hits, and says why.
  // Errors: MalformedQuery (with its column) for the text, `from` or `to`; Usage for an unknown
  // filter or facet, naming those that exist; IndexIo, IndexDamaged.
  Result<SearchResult> search(const SearchRequest& request) const;

  // One facet of a search: the values whose text, folded text or reading contains `part` (or begins
  // with it, which come first), counted as in the search; offset and limit of the request are not
  // used. Errors: as search(); NotFound for a name that is no facet.
  Result<Facet> facet(const SearchRequest& request, std::string_view name, std::string_view part,
                      std::uint32_t limit) const;

  // Texts as escaped HTML in which what the query asks for is marked, for a page that shows a whole
  // assessment. A malformed query marks nothing.
  std::vector<std::string> mark(std::string_view query,
                                const std::vector<std::string>& texts) const;

 private:
  struct Impl;
  explicit Searcher(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The names that SearchRequest::facets and ::filters may have, in the order in which they are
// shown.
const std::vector<std::string>& facet_names();

}  // namespace pia

#endif  // PIA_QUERY_SEARCHER_H_
