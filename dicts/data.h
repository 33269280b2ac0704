// The rows of dicts/data, which the build puts into the library: no file is looked up when a
// program runs. Lines that are empty or begin with # are left out. For the .cc files of this room.

#ifndef PIA_DICTS_DATA_H_
#define PIA_DICTS_DATA_H_

#include <string_view>
#include <vector>

namespace pia::data {

using Row = std::vector<std::string_view>;

// `name` without .tsv or .csv. The views live as long as the program.
// REQUIRES: a file of that name in dicts/data when the library was built.
std::vector<Row> rows(std::string_view name, char separator = '\t');

// Generated: the whole text of a file; empty if there is none.
std::string_view text(std::string_view name);

}  // namespace pia::data

#endif  // PIA_DICTS_DATA_H_
