// JSON of the answers beside search: what the API prints and the pages render. Keys are the
// members' names; places are objects under "where"; a diff is a list of [op, text].

#ifndef PIA_QUERY_ANSWERS_JSON_H_
#define PIA_QUERY_ANSWERS_JSON_H_

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "query/batch.h"
#include "query/compare.h"
#include "query/contractors.h"
#include "query/incidents.h"
#include "query/municipalities.h"
#include "query/overview.h"
#include "query/similar.h"
#include "query/suggest.h"

namespace pia {

nlohmann::ordered_json to_json(const AssessmentRef& ref);  // with "url"
nlohmann::ordered_json to_json(const std::vector<Counted>& counts);
nlohmann::ordered_json to_json(const std::vector<Suggestion>& suggestions);
nlohmann::ordered_json to_json(const ContractorList& list);
nlohmann::ordered_json to_json(const ContractorPage& page);
nlohmann::ordered_json to_json(const IncidentEntry& entry);
nlohmann::ordered_json to_json(const IncidentList& list);
nlohmann::ordered_json to_json(const MunicipalityList& list);
nlohmann::ordered_json to_json(const MunicipalityPage& page);
nlohmann::ordered_json to_json(const Overview& overview);
nlohmann::ordered_json to_json(const Comparison& comparison);
nlohmann::ordered_json to_json(const Alignment& alignment);
nlohmann::ordered_json to_json(const SimilarResult& result);
nlohmann::ordered_json to_json(const std::vector<BatchRow>& rows);

}  // namespace pia

#endif  // PIA_QUERY_ANSWERS_JSON_H_
