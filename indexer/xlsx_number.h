// How a workbook shows its numbers, as far as the forms use it: dates in western and Japanese
// style, plain and grouped numbers.

#ifndef PIA_INDEXER_XLSX_NUMBER_H_
#define PIA_INDEXER_XLSX_NUMBER_H_

#include <string>
#include <string_view>

namespace pia {

// The format code behind a built-in number format, in its Japanese form (14 is yyyy/m/d).
std::string_view builtin_number_format(int id);

// A number as a cell of that format shows it: ("ggge\"年\"m\"月\"d\"日\"", 45383) is 令和6年4月1日.
// `since_1904` is the workbook's date system. Formats that are neither dates nor grouped give
// the number itself, without a decimal point if it is whole.
std::string format_number(double value, std::string_view format, bool since_1904);

}  // namespace pia

#endif  // PIA_INDEXER_XLSX_NUMBER_H_
