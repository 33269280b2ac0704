// A Source's rows as text, for comparing: "cell | cell" and "⏎" for a line break inside a cell.

#ifndef PIA_TESTS_SUPPORT_ROWS_TEXT_H_
#define PIA_TESTS_SUPPORT_ROWS_TEXT_H_

#include <string>
#include <vector>

#include "indexer/source.h"

namespace pia::test {

inline std::vector<std::string> rows_text(const Source& source) {
  std::vector<std::string> out;
  for (const SourceRow& row : source.rows) {
    std::string line;
    for (const SourceCell& cell : row.cells) {
      if (&cell != &row.cells.front()) line += " | ";
      for (const char c : cell.text) line += c == '\n' ? "⏎" : std::string(1, c);
    }
    out.push_back(line);
  }
  return out;
}

}  // namespace pia::test

#endif  // PIA_TESTS_SUPPORT_ROWS_TEXT_H_
