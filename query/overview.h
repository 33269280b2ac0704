// What is indexed, and what is not: counts, coverage of the country, rejected sources, warnings.

#ifndef PIA_QUERY_OVERVIEW_H_
#define PIA_QUERY_OVERVIEW_H_

#include <cstdint>
#include <string>
#include <vector>

#include "query/answers.h"
#include "query/municipalities.h"

namespace pia {

struct RejectedSource {
  std::string path, reason;
};

struct AssessmentWarning {
  AssessmentRef assessment;
  std::string text;
};

struct Overview {
  std::uint32_t assessments = 0;  // newest publications
  std::uint32_t versions = 0;     // all publications
  std::uint32_t bodies = 0, contracts = 0, revisions = 0, passages = 0;
  std::uint32_t can_name_contractor = 0;  // newest publications of 様式3 and 4
  // kinds ... formats count newest publications; contractors count 委託事項, at most 20.
  std::vector<Counted> kinds, prefectures, years, categories, contractors, forms, formats;
  std::vector<PrefectureSummary> coverage;
  std::vector<MunicipalitySummary> others;  // bodies that are no municipality
  std::vector<RejectedSource> rejected;
  std::vector<Counted> warnings;                // by what they say, numbers and names taken out
  std::vector<AssessmentWarning> warning_list;  // at most 200
  std::uint64_t generation = 0;
  int schema = 0;
};

Result<Overview> overview(const Snapshot& index);

}  // namespace pia

#endif  // PIA_QUERY_OVERVIEW_H_
