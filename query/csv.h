// CSV as spreadsheets read it: RFC 4180 with a byte order mark, and no cell that a spreadsheet
// would run as a formula.

#ifndef PIA_QUERY_CSV_H_
#define PIA_QUERY_CSV_H_

#include <string>
#include <string_view>
#include <vector>

namespace pia {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// A text that begins with = + - @, a tab or a carriage return (or one of = + - @ in full width,
// which Excel folds) gets an apostrophe in front, so that no spreadsheet takes it for a formula. A
// plain number ("-3", "1.5") stays a number.
std::string harmless_cell(std::string_view text);

// One record with CRLF at its end; cells are made harmless, and quoted where they must be.
std::string csv_record(const std::vector<std::string>& cells);

}  // namespace pia

#endif  // PIA_QUERY_CSV_H_
