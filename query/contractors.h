// Contractors (委託先): the list with shares, and what is known of one of them. A contractor is its
// canonical name; what a form prints (branches, spaces, ㈱) is kept beside it.
// "Present" is a row of the present form, "former" a company that the change history names as
// replaced or deleted; a company that only the history names as present is listed apart.

#ifndef PIA_QUERY_CONTRACTORS_H_
#define PIA_QUERY_CONTRACTORS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/answers.h"
#include "query/incidents.h"

namespace pia {

enum class ContractorSort { Assessments, Municipalities, Contracts, Name };

struct ContractorListRequest {
  std::string name;  // fragment of the name or of its reading; empty: all
  std::string category, prefecture;
  ContractorSort sort = ContractorSort::Assessments;
  std::uint32_t offset = 0, limit = 50;  // limit 0: all
};

struct ContractorSummary {
  std::string name;
  std::uint32_t assessments = 0, municipalities = 0, contracts = 0;
  std::uint32_t subcontracted = 0;  // rows with 再委託する
  std::uint32_t former = 0;         // assessments where it is a former contractor
  double share = 0;                 // of the contracts in scope
};

struct ContractorList {
  std::uint32_t total = 0;        // contractors, before offset and limit
  std::uint32_t contracts = 0;    // rows in scope
  std::uint32_t assessments = 0;  // in scope
  std::uint32_t can_answer = 0;   // of these, the ones whose form asks for a contractor at all
  std::vector<ContractorSummary> rows;
  std::vector<Counted> categories, prefectures;  // what can be chosen: rows with a contractor
};

Result<ContractorList> list_contractors(const Snapshot& index,
                                        const ContractorListRequest& request);

struct ContractorContract {
  AssessmentRef assessment;
  std::string file;
  int no = 0;
  std::string title, description, staff;
  std::optional<bool> subcontract;
  std::string subcontract_scope, printed;
  std::string since;  // earliest date in the history of this assessment that names it there
  std::string where_json;
};

struct ContractorChange {
  AssessmentRef assessment;
  std::string date, item;
  std::string printed;              // the cell that names it
  std::vector<std::string> others;  // who followed (former), or who was before (predecessors)
  int revision_no = 0;
  std::string where_json;
};

struct ContractorYear {
  std::string year;
  std::uint32_t contracts = 0, assessments = 0;
};

struct ContractorPage {
  std::string name;
  std::vector<Counted> printed;
  std::uint32_t assessments = 0, municipalities = 0;
  std::vector<ContractorContract> contracts;
  std::vector<ContractorChange> former;        // where it was replaced or deleted
  std::vector<ContractorChange> predecessors;  // where it came in
  std::vector<AssessmentRef> by_history, mentioned;
  std::vector<Counted> categories, prefectures, successors_names, predecessors_names;
  std::vector<ContractorYear> years;     // all publications, by year of publication
  std::vector<IncidentEntry> incidents;  // at the bodies it works for
};

// Any spelling of the name. Errors: NotFound if no assessment names it in any role.
Result<ContractorPage> contractor_page(const Snapshot& index, std::string_view name);

}  // namespace pia

#endif  // PIA_QUERY_CONTRACTORS_H_
