// Search results as the JSON of the API, as CSV and as a table for the terminal. pia-query and the
// server print the same.

#ifndef PIA_QUERY_RESULT_FORMAT_H_
#define PIA_QUERY_RESULT_FORMAT_H_

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dicts/result.h"
#include "query/search_types.h"

namespace pia {

// The object of /api/v1/search.
nlohmann::ordered_json to_json(const SearchResult& result);
nlohmann::ordered_json to_json(const Facet& facet);

// One row a hit: Japanese headings and the cells below them, as plain text. The same number of
// both. Cells are not yet harmless in a spreadsheet: csv_record() (csv.h) makes them so.
std::vector<std::string> headings(View view);
std::vector<std::string> cells(const Hit& hit, View view);

// UTF-8 with BOM, CRLF, headings first.
std::string to_csv(const SearchResult& result);

// For people at a terminal: totals, hits with their best passage (marks as ANSI bold if `colour`),
// facets, notices. Ends with a line break.
std::string to_table(const SearchResult& result, bool colour);

// HTML of a passage as plain text.
std::string plain_text(std::string_view html);

// "assessments", "contracts", "revisions" and back; the same for versions and sort.
std::string_view name_of(View view);
Result<View> view_named(std::string_view name);
Result<Versions> versions_named(std::string_view name);
Result<Sort> sort_named(std::string_view name);

}  // namespace pia

#endif  // PIA_QUERY_RESULT_FORMAT_H_
