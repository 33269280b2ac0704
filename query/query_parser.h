// Query text → tree, for the whole query language (the table of the interface document).
//
//   either  := both (OR both)*                 OR, |, ｜
//   both    := not (AND? not)*                 a space, also the full-width one, is AND
//   not     := (NOT | '-') not | item
//   item    := '(' either ')' | "…" | 「…」 | field ':' value | word | word '*'
//   value   := '(' either ')' | "…" | word | word '*' | '*' | range
//   range   := date '..' date | date '..' | '..' date | ('>=' | '<=' | '>' | '<') date | date
//
// Operators, parentheses, quotes and colons may be full-width. A space after a field's colon is
// forgiven. (株), (有) and the like are part of the word that they stand in, not groups.

#ifndef PIA_QUERY_QUERY_PARSER_H_
#define PIA_QUERY_QUERY_PARSER_H_

#include <string>
#include <string_view>
#include <vector>

#include "dicts/result.h"
#include "query/query.h"

namespace pia {

inline constexpr std::size_t kMaxQueryCharacters = 2000;
inline constexpr int kMaxQueryDepth = 32;    // nested parentheses and NOTs
inline constexpr int kMaxQueryLeaves = 200;  // words, phrases, prefixes and ranges

struct ParsedQuery {
  Query tree;
  std::vector<std::string> notices;  // 「…」は項目名ではないので、ふつうの語として探します
};

// An empty or blank text is Everything.
// Errors: MalformedQuery, with Error::column (1-based character of `text`) and what would be right:
// an unclosed quote or parenthesis, an operator without its word, '*' in mid-word, a date or choice
// that cannot be read, a field inside a field's group, text that is not UTF-8, limits exceeded.
Result<ParsedQuery> parse_query(std::string_view text);

// The ends of a date or range of dates in the language of 公表日: ("2024..", "R6", ">=令和6年4月").
// Errors: MalformedQuery.
struct DateEnds {
  std::string from, to;  // "2024", "2024-04" or "2024-04-01"; empty: open
};
Result<DateEnds> parse_date_range(std::string_view text);

}  // namespace pia

#endif  // PIA_QUERY_QUERY_PARSER_H_
