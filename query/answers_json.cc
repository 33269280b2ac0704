#include "query/answers_json.h"

#include <nlohmann/json.hpp>

#include "query/links.h"

namespace pia {
namespace {

using Json = nlohmann::ordered_json;

Json place(const std::string& where_json) {
  if (where_json.empty()) return nullptr;
  Json parsed = Json::parse(where_json, nullptr, false);
  return parsed.is_discarded() ? Json(nullptr) : parsed;
}

Json flag(const std::optional<bool>& value) { return value ? Json(*value) : Json(nullptr); }

Json diff_json(const std::vector<DiffPiece>& pieces) {
  Json out = Json::array();
  for (const auto& piece : pieces) out.push_back({std::string(1, piece.op), piece.text});
  return out;
}

Json to_json(const MunicipalitySummary& summary) {
  return {{"code", summary.code},
          {"name", summary.name},
          {"prefecture", summary.prefecture},
          {"assessments", summary.assessments},
          {"contractors", summary.contractors},
          {"incidents", summary.incidents},
          {"latest", summary.latest}};
}

Json to_json(const PrefectureSummary& summary) {
  Json with = Json::array();
  for (const auto& municipality : summary.with) with.push_back(to_json(municipality));
  return {{"code", summary.code},
          {"name", summary.name},
          {"assessments", summary.assessments},
          {"bodies", summary.bodies},
          {"municipalities", summary.municipalities},
          {"with", std::move(with)},
          {"without", summary.without}};
}

Json to_json(const ContractorSummary& row) {
  return {{"name", row.name},
          {"url", contractor_url(row.name)},
          {"assessments", row.assessments},
          {"municipalities", row.municipalities},
          {"contracts", row.contracts},
          {"subcontracted", row.subcontracted},
          {"former", row.former},
          {"share", row.share}};
}

Json to_json(const ContractorContract& row) {
  return {{"assessment", pia::to_json(row.assessment)},
          {"file", row.file},
          {"no", row.no},
          {"title", row.title},
          {"description", row.description},
          {"staff", row.staff},
          {"subcontract", flag(row.subcontract)},
          {"subcontract_scope", row.subcontract_scope},
          {"printed", row.printed},
          {"since", row.since},
          {"where", place(row.where_json)}};
}

Json to_json(const ContractorChange& change) {
  return {{"assessment", pia::to_json(change.assessment)},
          {"date", change.date},
          {"item", change.item},
          {"printed", change.printed},
          {"others", change.others},
          {"revision_no", change.revision_no},
          {"where", place(change.where_json)}};
}

Json to_json(const ContractorYear& year) {
  return {{"year", year.year}, {"contracts", year.contracts}, {"assessments", year.assessments}};
}

Json to_json(const MunicipalityChange& change) {
  return {{"assessment", pia::to_json(change.assessment)},
          {"date", change.date},
          {"item", change.item},
          {"before", change.before},
          {"after", change.after},
          {"revision_no", change.revision_no},
          {"where", place(change.where_json)}};
}

Json to_json(const IncidentQuestion& question) {
  return {{"years", question.years},
          {"scope", question.scope},
          {"yes", question.yes},
          {"no", question.no},
          {"unknown", question.unknown}};
}

Json to_json(const CompareCell& cell) {
  return {{"text", cell.text},           {"where", place(cell.where_json)},
          {"passage", cell.passage},     {"missing", cell.missing},
          {"commonest", cell.commonest}, {"same", cell.same},
          {"diff", diff_json(cell.diff)}};
}

Json to_json(const CompareRow& row) {
  Json cells = Json::array();
  for (const auto& cell : row.cells) cells.push_back(to_json(cell));
  return {{"assessment", pia::to_json(row.assessment)}, {"cells", std::move(cells)}};
}

Json to_json(const AlignedItem& item) {
  return {{"item_a", item.item_a}, {"item_b", item.item_b},       {"text_a", item.text_a},
          {"text_b", item.text_b}, {"passage_a", item.passage_a}, {"passage_b", item.passage_b},
          {"equal", item.equal},   {"diff", diff_json(item.diff)}};
}

Json to_json(const SimilarPassage& row) {
  return {{"assessment", pia::to_json(row.assessment)},
          {"passage", row.passage},
          {"item", row.item},
          {"text", row.text},
          {"where", place(row.where_json)},
          {"similarity", row.similarity},
          {"diff", diff_json(row.diff)}};
}

Json to_json(const BatchRow& row) {
  Json hits = Json::array();
  for (const auto& hit : row.hits) {
    hits.push_back({{"assessment", pia::to_json(hit.assessment)},
                    {"role", hit.role},
                    {"printed", hit.printed},
                    {"where", place(hit.where_json)}});
  }
  return {{"input", row.input},           {"name", row.name},
          {"present", row.present},       {"former", row.former},
          {"by_history", row.by_history}, {"mentioned", row.mentioned},
          {"hits", std::move(hits)}};
}

template <typename T>
Json list_of(const std::vector<T>& items) {
  Json out = Json::array();
  for (const auto& item : items) out.push_back(to_json(item));
  return out;
}

}  // namespace

Json to_json(const AssessmentRef& ref) {
  return {{"id", ref.id},
          {"series", ref.series},
          {"title", ref.title},
          {"kind", ref.kind},
          {"municipality", ref.municipality},
          {"prefecture", ref.prefecture},
          {"code", ref.code},
          {"body_printed", ref.body_printed},
          {"process", ref.process},
          {"category", ref.category},
          {"published_on", ref.published_on},
          {"incident", flag(ref.incident)},
          {"url", assessment_url(ref.id)}};
}

Json to_json(const std::vector<Counted>& counts) {
  Json out = Json::array();
  for (const auto& entry : counts) out.push_back({{"value", entry.value}, {"count", entry.count}});
  return out;
}

Json to_json(const std::vector<Suggestion>& suggestions) {
  Json out = Json::array();
  for (const auto& entry : suggestions) {
    out.push_back({{"kind", entry.kind},
                   {"value", entry.value},
                   {"reading", entry.reading},
                   {"count", entry.count},
                   {"query", entry.query}});
  }
  return out;
}

Json to_json(const ContractorList& list) {
  return {{"total", list.total},
          {"contracts", list.contracts},
          {"assessments", list.assessments},
          {"can_answer", list.can_answer},
          {"rows", list_of(list.rows)},
          {"categories", to_json(list.categories)},
          {"prefectures", to_json(list.prefectures)}};
}

Json to_json(const ContractorPage& page) {
  return {{"name", page.name},
          {"printed", to_json(page.printed)},
          {"assessments", page.assessments},
          {"municipalities", page.municipalities},
          {"contracts", list_of(page.contracts)},
          {"former", list_of(page.former)},
          {"predecessors", list_of(page.predecessors)},
          {"by_history", list_of(page.by_history)},
          {"mentioned", list_of(page.mentioned)},
          {"categories", to_json(page.categories)},
          {"prefectures", to_json(page.prefectures)},
          {"successors_names", to_json(page.successors_names)},
          {"predecessors_names", to_json(page.predecessors_names)},
          {"years", list_of(page.years)},
          {"incidents", list_of(page.incidents)}};
}

Json to_json(const IncidentEntry& entry) {
  Json response = Json::array();
  for (const auto& [date, what] : entry.response) {
    response.push_back({{"date", date}, {"what", what}});
  }
  return {{"assessment", to_json(entry.assessment)},
          {"question_years", entry.question_years},
          {"occurred_on", entry.occurred_on},
          {"title", entry.title},
          {"summary", entry.summary},
          {"cause", entry.cause},
          {"impact", entry.impact},
          {"prevention", entry.prevention},
          {"response", std::move(response)},
          {"attachment", entry.attachment},
          {"where", place(entry.where_json)}};
}

Json to_json(const IncidentList& list) {
  return {{"entries", list_of(list.entries)},
          {"questions", list_of(list.questions)},
          {"prefectures", to_json(list.prefectures)},
          {"years", to_json(list.years)}};
}

Json to_json(const MunicipalityList& list) {
  return {{"prefectures", list_of(list.prefectures)}, {"others", list_of(list.others)}};
}

Json to_json(const MunicipalityPage& page) {
  return {{"summary", to_json(page.summary)},
          {"assessments", list_of(page.assessments)},
          {"older", list_of(page.older)},
          {"contractors", to_json(page.contractors)},
          {"former_contractors", to_json(page.former_contractors)},
          {"systems", to_json(page.systems)},
          {"categories", to_json(page.categories)},
          {"incidents", list_of(page.incidents)},
          {"changes", list_of(page.changes)},
          {"changes_by_year", to_json(page.changes_by_year)}};
}

Json to_json(const Overview& overview) {
  Json rejected = Json::array();
  for (const auto& source : overview.rejected) {
    rejected.push_back({{"path", source.path}, {"reason", source.reason}});
  }
  Json warnings = Json::array();
  for (const auto& warning : overview.warning_list) {
    warnings.push_back({{"assessment", to_json(warning.assessment)}, {"text", warning.text}});
  }
  return {{"assessments", overview.assessments},
          {"versions", overview.versions},
          {"bodies", overview.bodies},
          {"contracts", overview.contracts},
          {"revisions", overview.revisions},
          {"passages", overview.passages},
          {"can_name_contractor", overview.can_name_contractor},
          {"kinds", to_json(overview.kinds)},
          {"prefectures", to_json(overview.prefectures)},
          {"years", to_json(overview.years)},
          {"categories", to_json(overview.categories)},
          {"contractors", to_json(overview.contractors)},
          {"forms", to_json(overview.forms)},
          {"formats", to_json(overview.formats)},
          {"coverage", list_of(overview.coverage)},
          {"others", list_of(overview.others)},
          {"rejected", std::move(rejected)},
          {"warnings", to_json(overview.warnings)},
          {"warning_list", std::move(warnings)},
          {"generation", overview.generation},
          {"schema", overview.schema}};
}

Json to_json(const Comparison& comparison) {
  return {{"items", comparison.items},
          {"rows", list_of(comparison.rows)},
          {"total", comparison.total},
          {"processes", to_json(comparison.processes)},
          {"all_items", to_json(comparison.all_items)},
          {"municipalities", to_json(comparison.municipalities)}};
}

Json to_json(const Alignment& alignment) {
  return {{"a", to_json(alignment.a)},        {"b", to_json(alignment.b)},
          {"equal", alignment.equal},         {"changed", alignment.changed},
          {"only_a", alignment.only_a},       {"only_b", alignment.only_b},
          {"items", list_of(alignment.items)}};
}

Json to_json(const SimilarResult& result) {
  return {{"assessment", to_json(result.assessment)},
          {"passage", result.passage},
          {"item", result.item},
          {"text", result.text},
          {"same", result.same},
          {"near", result.near},
          {"of", result.of},
          {"rarity", result.rarity},
          {"rows", list_of(result.rows)}};
}

Json to_json(const std::vector<BatchRow>& rows) {
  Json out = Json::array();
  for (const auto& row : rows) out.push_back(to_json(row));
  return out;
}

}  // namespace pia
