#include "query/incidents.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace pia {
namespace {

using nlohmann::json;

const json& member(const json& object, const char* key) {
  static const json kNull;
  if (!object.is_object()) return kNull;
  const auto at = object.find(key);
  return at == object.end() ? kNull : *at;
}

IncidentEntry entry_of_case(const json& incident_case, const json& where) {
  IncidentEntry entry;
  entry.attachment = true;
  entry.title = text_of(incident_case, "title");
  entry.occurred_on = text_of(incident_case, "occurred_on");
  entry.summary = text_of(incident_case, "summary");
  entry.cause = text_of(incident_case, "cause");
  entry.impact = text_of(incident_case, "impact");
  entry.prevention = text_of(incident_case, "prevention");
  for (const auto& step : member(incident_case, "response")) {
    entry.response.emplace_back(text_of(step, "date"), text_of(step, "what"));
  }
  entry.where_json = where.is_null() ? std::string() : where.dump();
  return entry;
}

// The cases of the attachments; without any, the form's own answers that say 発生あり.
std::vector<IncidentEntry> entries_of(const json& incidents) {
  std::vector<IncidentEntry> out;
  for (const auto& attachment : member(incidents, "attachments")) {
    for (const auto& incident_case : member(attachment, "cases")) {
      out.push_back(entry_of_case(incident_case, member(attachment, "where")));
    }
  }
  if (!out.empty()) return out;
  for (const auto& row : member(incidents, "rows")) {
    const auto& occurred = member(row, "occurred");
    if (!occurred.is_boolean() || !occurred.get<bool>()) continue;
    IncidentEntry entry;
    entry.summary = text_of(row, "summary");
    entry.prevention = text_of(row, "prevention");
    const auto& where = member(row, "where");
    if (!where.is_null()) entry.where_json = where.dump();
    // 様式4 asks once a file; the same answer twice is one entry.
    const bool repeated = std::any_of(out.begin(), out.end(), [&](const IncidentEntry& other) {
      return other.summary == entry.summary && other.prevention == entry.prevention;
    });
    if (!repeated) out.push_back(std::move(entry));
  }
  if (out.empty()) out.emplace_back();  // 発生あり is ticked and nothing is said about it
  return out;
}

int question_years(const json& card) {
  const auto& question = member(member(card, "incidents"), "question");
  const auto& years = member(question, "years");
  return years.is_number_integer() ? years.get<int>() : 0;
}

void newest_first(std::vector<IncidentEntry>& entries) {
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    return a.occurred_on > b.occurred_on;  // empty is smallest, so undated ones come last
  });
}

DocSet with_incident(const Snapshot& index) {
  const Column* column = index.column(Table::Assessments, Field::Incident);
  if (column == nullptr) return DocSet(index.size(Table::Assessments));
  const auto yes = column->find(schema::kIncident);
  return yes ? column->docs_with(*yes) : DocSet(index.size(Table::Assessments));
}

Result<std::vector<IncidentEntry>> read_entries(const Snapshot& index, const DocSet& docs,
                                                int years) {
  std::vector<IncidentEntry> out;
  for (const DocId doc : docs.to_vector()) {
    const auto card = card_json(index, Table::Assessments, doc);
    if (!card) return card.error();
    const int asked = question_years(*card);
    if (years != 0 && asked != years) continue;
    const AssessmentRef ref = ref_of_card(*card);
    for (auto& entry : entries_of(member(*card, "incidents"))) {
      entry.assessment = ref;
      entry.question_years = asked;
      out.push_back(std::move(entry));
    }
  }
  newest_first(out);
  return out;
}

// The two questions with their answers. The form tells which was asked: 様式2 is 基礎項目.
std::vector<IncidentQuestion> questions(const Snapshot& index, const DocSet& scope) {
  const Column* kind = index.column(Table::Assessments, Field::Kind);
  const Column* incident = index.column(Table::Assessments, Field::Incident);
  IncidentQuestion one{1, "特定個人情報", 0, 0, 0};
  IncidentQuestion three{3, "個人情報", 0, 0, 0};
  scope.for_each([&](DocId doc) {
    auto& question = first_value(kind, doc) == "基礎項目" ? one : three;
    const std::string answer = first_value(incident, doc);
    ++(answer == schema::kIncident     ? question.yes
       : answer == schema::kNoIncident ? question.no
                                       : question.unknown);
  });
  return {one, three};
}

}  // namespace

Result<std::vector<IncidentEntry>> incidents_of(const Snapshot& index, const DocSet& assessments) {
  return read_entries(index, assessments & with_incident(index), 0);
}

Result<IncidentList> list_incidents(const Snapshot& index, const IncidentFilter& filter) {
  DocSet scope = index.scope(Table::Assessments, Versions::Latest);
  IncidentList out;
  auto everywhere = read_entries(index, scope & with_incident(index), filter.years);
  if (!everywhere) return everywhere.error();
  std::map<std::string, std::uint32_t> prefectures, years;
  for (auto& entry : *everywhere) {
    if (!entry.assessment.prefecture.empty()) ++prefectures[entry.assessment.prefecture];
    if (!filter.prefecture.empty() && entry.assessment.prefecture != filter.prefecture) continue;
    ++years[entry.occurred_on.empty() ? "不明" : entry.occurred_on.substr(0, 4)];
    out.entries.push_back(std::move(entry));
  }
  out.prefectures = ranked(prefectures);
  for (const auto& [year, count] : years) out.years.push_back({year, count});
  if (!filter.prefecture.empty()) {
    scope &= docs_with_text(index, Table::Assessments, Field::Prefecture, filter.prefecture);
  }
  out.questions = questions(index, scope);
  return out;
}

}  // namespace pia
