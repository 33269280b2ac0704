// Bulk look-up: which of many names appear, where, and in which role.

#ifndef PIA_QUERY_BATCH_H_
#define PIA_QUERY_BATCH_H_

#include <cstdint>
#include <string>
#include <vector>

#include "query/answers.h"

namespace pia {

struct BatchHit {
  AssessmentRef assessment;
  std::string role;     // contractor | former contractor | contractor by history | mentioned
  std::string printed;  // as this document writes it
  std::string where_json;
};

struct BatchRow {
  std::string input;  // as given
  std::string name;   // canonical; empty if the input is no name
  std::uint32_t present = 0, former = 0, by_history = 0, mentioned = 0;  // assessments
  std::vector<BatchHit> hits;
};

inline constexpr std::size_t kMaxBatchNames = 2000;

// One row a non-blank line, in order. Only the newest publications are looked at. A name without a
// legal form (アデコ) also finds the companies whose name begins or ends with it.
// Errors: Usage if there are more than kMaxBatchNames names.
Result<std::vector<BatchRow>> look_up(const Snapshot& index, const std::vector<std::string>& names);

// One name a line; a byte order mark, tabs (the first column counts), quotes and blank lines are
// taken care of, so that a column pasted from a spreadsheet works.
std::vector<std::string> batch_names(std::string_view text);

// Headings and rows of the CSV: one line a hit; a name without hits has one line with zeros.
std::vector<std::string> batch_headings();
std::vector<std::vector<std::string>> batch_table(const std::vector<BatchRow>& rows);

}  // namespace pia

#endif  // PIA_QUERY_BATCH_H_
