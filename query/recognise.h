// What free words seem to name: a municipality, prefecture, contractor, category, process, kind,
// date or choice that the index knows. Offered as filters (chips), used in ranking, never applied.

#ifndef PIA_QUERY_RECOGNISE_H_
#define PIA_QUERY_RECOGNISE_H_

#include <vector>

#include "query/index_reader.h"
#include "query/matcher.h"
#include "query/query_parser.h"
#include "query/search_types.h"

namespace pia {

// In the order of the question, at most one for each of its words and field. Only words that stand
// for themselves are read: not quoted ones, not values of fields, not under OR or NOT.
std::vector<Recognised> recognise(const Snapshot& index, Matcher& matcher,
                                  const ParsedQuery& parsed);

// The documents of the table that a recognised filter would keep.
DocSet documents_of(const Snapshot& index, Matcher& matcher, const Recognised& recognised,
                    Table table);

}  // namespace pia

#endif  // PIA_QUERY_RECOGNISE_H_
