// Exact counts of the values of facets, each facet counted as if its own filter were not set. A
// count is what the total would be if the value were chosen: for fields of a 委託事項 that means
// within the rows that answer everything else that was asked of the row.

#ifndef PIA_QUERY_FACETS_H_
#define PIA_QUERY_FACETS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/doc_set.h"
#include "query/fields.h"
#include "query/index_reader.h"
#include "query/matcher.h"
#include "query/search_plan.h"

namespace pia {

struct FacetRequest {
  const Snapshot& index;
  Matcher& matcher;
  const SearchPlan& plan;
  const SearchRequest& request;
  const DocSet& hits;  // of the whole plan, in the request's view and scope
};

// The facet of a name; nullopt if nothing in the view has such values. `part`: only values whose
// text or reading contains it, those that begin with it first. `limit` 0: all values.
std::optional<Facet> count_facet(const FacetRequest& from, std::string_view name,
                                 std::string_view part, std::uint32_t limit);

}  // namespace pia

#endif  // PIA_QUERY_FACETS_H_
