#include "query/answers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "dicts/normalizer.h"

namespace pia {

using nlohmann::json;

std::string text_of(const json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

Result<json> card_json(const Snapshot& index, Table table, DocId doc) {
  const auto card = index.card(table, doc);
  if (!card) return card.error();
  json parsed = json::parse(*card, nullptr, false);
  if (parsed.is_discarded()) return Error{ErrorCode::IndexDamaged, "a stored card is not JSON"};
  return parsed;
}

AssessmentRef ref_of_card(const json& card) {
  AssessmentRef ref;
  ref.id = text_of(card, "id");
  ref.series = text_of(card, "series");
  ref.title = text_of(card, "title");
  ref.kind = text_of(card, "kind");
  ref.municipality = text_of(card, "municipality");
  ref.prefecture = text_of(card, "prefecture");
  ref.code = text_of(card, "code");
  ref.body_printed = text_of(card, "body_printed");
  ref.process = text_of(card, "process");
  ref.category = text_of(card, "category");
  ref.published_on = text_of(card, "published_on");
  const auto incident = card.find("incident");
  if (incident != card.end() && incident->is_boolean()) ref.incident = incident->get<bool>();
  return ref;
}

Result<AssessmentRef> assessment_ref(const Snapshot& index, DocId assessment) {
  const auto card = card_json(index, Table::Assessments, assessment);
  if (!card) return card.error();
  return ref_of_card(*card);
}

std::vector<Counted> ranked(const std::map<std::string, std::uint32_t>& counts, std::size_t limit) {
  std::vector<Counted> out;
  out.reserve(counts.size());
  for (const auto& [value, count] : counts) {
    if (count > 0) out.push_back({value, count});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Counted& a, const Counted& b) { return a.count > b.count; });
  if (limit != 0 && out.size() > limit) out.resize(limit);
  return out;
}

std::vector<Counted> ranked(const Column* column, const DocSet& set, std::size_t limit) {
  std::map<std::string, std::uint32_t> counts;
  if (column != nullptr) {
    const auto by_id = column->count(set);
    for (ValueId id = 0; id < by_id.size(); ++id) {
      if (by_id[id] > 0) counts[std::string(column->value(id).text)] += by_id[id];
    }
  }
  return ranked(counts, limit);
}

std::string first_value(const Column* column, DocId doc) {
  if (column == nullptr) return {};
  const auto values = column->values_of(doc);
  return values.empty() ? std::string() : std::string(column->value(values.front()).text);
}

DocSet docs_with_text(const Snapshot& index, Table table, Field field, std::string_view text) {
  const Column* column = index.column(table, field);
  if (column == nullptr) return DocSet(index.size(table));
  const std::string plain = nfkc(text);
  if (const auto id = column->find(plain)) return column->docs_with(*id);
  const std::string folded = fold_literal_text(text);
  const auto ids = column->find_if(
      [&](const FieldValue& value) { return fold_literal_text(value.folded) == folded; });
  return ids.empty() ? DocSet(index.size(table)) : column->docs_with(ids);
}

}  // namespace pia
