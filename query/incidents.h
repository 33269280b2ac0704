// Serious incidents (重大事故) over all assessments: what was answered, and the cases that the
// attachments (別紙) describe. The forms ask two different questions, which are never added up:
// 様式2 asks about one year and 特定個人情報, 様式3 and 4 about three years and 個人情報.

#ifndef PIA_QUERY_INCIDENTS_H_
#define PIA_QUERY_INCIDENTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/answers.h"

namespace pia {

// One case of an attachment, or the answer of the form itself where there is no attachment.
struct IncidentEntry {
  AssessmentRef assessment;
  int question_years = 0;
  std::string occurred_on, title, summary, cause, impact, prevention;
  std::vector<std::pair<std::string, std::string>> response;  // date (ISO as printed), what
  bool attachment = false;                                    // described in a 別紙
  std::string where_json;
};

struct IncidentQuestion {
  int years = 0;
  std::string scope;
  std::uint32_t yes = 0, no = 0, unknown = 0;  // assessments
};

struct IncidentFilter {
  std::string prefecture;  // empty: all
  int years = 0;           // 1 or 3; 0: both questions
};

struct IncidentList {
  std::vector<IncidentEntry> entries;  // newest first; undated last
  std::vector<IncidentQuestion> questions;
  std::vector<Counted> prefectures;  // entries
  std::vector<Counted> years;        // entries by year of occurrence
};

Result<IncidentList> list_incidents(const Snapshot& index, const IncidentFilter& filter);

// The incidents of these assessments, newest first.
Result<std::vector<IncidentEntry>> incidents_of(const Snapshot& index, const DocSet& assessments);

}  // namespace pia

#endif  // PIA_QUERY_INCIDENTS_H_
