// A request made ready: its text and its filters as one tree, the children of one AND, so that the
// rule of the one 委託事項 holds over both.

#ifndef PIA_QUERY_SEARCH_PLAN_H_
#define PIA_QUERY_SEARCH_PLAN_H_

#include <string>
#include <string_view>
#include <vector>

#include "dicts/result.h"
#include "query/query.h"
#include "query/query_parser.h"
#include "query/search_types.h"

namespace pia {

struct SearchPlan {
  ParsedQuery parsed;          // of the text alone
  Query root;                  // And (also of one child): the text's parts, then the filters
  std::size_t text_parts = 0;  // how many of the children are the text's
  std::vector<std::string>
      filter_names;  // of the others, in order: "municipality", ..., "published"

  // The children that remain if the filter of one facet is left out ("" leaves out none).
  std::vector<const Query*> parts_without(std::string_view facet) const;
};

// Errors: MalformedQuery (text, from, to), Usage (no such filter).
Result<SearchPlan> make_plan(const SearchRequest& request);

// Leaves that free words came from: Word, Phrase and Prefix outside of fields and not under a NOT.
std::vector<const Query*> free_leaves(const Query& query);

}  // namespace pia

#endif  // PIA_QUERY_SEARCH_PLAN_H_
