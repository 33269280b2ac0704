// The bodies: a list of all municipalities of Japan with what is indexed of each, and what is known
// of one of them. (The dictionary of municipalities is dicts/municipalities.h.)

#ifndef PIA_QUERY_MUNICIPALITIES_H_
#define PIA_QUERY_MUNICIPALITIES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/answers.h"
#include "query/incidents.h"

namespace pia {

struct MunicipalitySummary {
  std::string code, name, prefecture;  // name: of the body as printed if it is no municipality
  std::uint32_t assessments = 0, contractors = 0;
  std::uint32_t incidents = 0;  // assessments that say 発生あり
  std::string latest;           // newest publication date
};

struct PrefectureSummary {
  std::string code;  // two digits
  std::string name;
  std::uint32_t assessments = 0;
  std::uint32_t bodies = 0;          // municipalities with an assessment
  std::uint32_t municipalities = 0;  // all there are (special wards included)
  std::vector<MunicipalitySummary> with;
  std::vector<std::string> without;  // names
};

struct MunicipalityList {
  std::vector<PrefectureSummary> prefectures;  // all 47, in code order
  std::vector<MunicipalitySummary> others;     // bodies that are no municipality, or unknown ones
};

Result<MunicipalityList> list_municipalities(const Snapshot& index);

struct MunicipalityChange {
  AssessmentRef assessment;
  std::string date, item, before, after;
  int revision_no = 0;
  std::string where_json;
};

struct MunicipalityPage {
  MunicipalitySummary summary;
  std::vector<AssessmentRef> assessments;  // newest publications
  std::vector<AssessmentRef> older;        // earlier publications
  std::vector<Counted> contractors, former_contractors, systems, categories;
  std::vector<IncidentEntry> incidents;
  std::vector<MunicipalityChange> changes;  // newest first, at most 200
  std::vector<Counted> changes_by_year;     // all of them, oldest year first
};

// By code or name; a body that is no municipality by its code or its printed name.
// Errors: NotFound if it has no assessment.
Result<MunicipalityPage> municipality_page(const Snapshot& index, std::string_view code_or_name);

}  // namespace pia

#endif  // PIA_QUERY_MUNICIPALITIES_H_
