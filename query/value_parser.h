// Values of fields in the query language: dates and ranges of dates, numbers, choices.

#ifndef PIA_QUERY_VALUE_PARSER_H_
#define PIA_QUERY_VALUE_PARSER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dicts/result.h"
#include "query/query.h"

namespace pia {

// What the leaf (Word, Phrase, Prefix or Present) of a field's value means there: for a choice the
// Word of its canonical value, for dates and counts a Range; texts stay.
// Errors: MalformedQuery with the values that would be right; no column.
Result<Query> field_leaf(QueryField field, Query leaf);

// Whether `date` (ISO, as precise as printed; empty: unknown, never within) lies in from..to, which
// are precise to year, month or day, or empty (open). A date less precise than an end is within if
// it may be.
bool date_within(std::string_view date, std::string_view from, std::string_view to);

// A class of the form ("10人以上50人未満", "1,000人未満", "30万人以上") as numbers; the upper end
// is exclusive, and absent if open. nullopt if the text is no such class.
struct CountClass {
  std::uint64_t lower = 0;
  std::optional<std::uint64_t> upper;
};
std::optional<CountClass> parse_count_class(std::string_view text);

// Whether a class answers a Range of counts: one number (from == to) must lie in it, else the whole
// class must lie within from..to.
bool count_within(const CountClass& count, std::string_view from, std::string_view to);

}  // namespace pia

#endif  // PIA_QUERY_VALUE_PARSER_H_
