#include "query/facets.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "dicts/normalizer.h"
#include "dicts/reading.h"
#include "query/field_values.h"

namespace pia {
namespace {

std::vector<const Query*> of_contract(const std::vector<const Query*>& parts, bool wanted) {
  std::vector<const Query*> out;
  for (const Query* part : parts) {
    if (asks_for_contract(*part) == wanted) out.push_back(part);
  }
  return out;
}

// How many hits each assessment brings: one in the view of assessments, its rows in that of rows.
std::vector<std::uint32_t> hits_of_assessments(const Snapshot& index, Table table,
                                               const DocSet& hits) {
  std::vector<std::uint32_t> weights(index.size(Table::Assessments));
  hits.for_each([&](DocId doc) { ++weights[index.assessment_of(table, doc)]; });
  return weights;
}

// Counts through contract rows: each assessment once for a value, however many of its rows have it.
std::vector<std::uint32_t> count_by_rows(const FacetRequest& from,
                                         const std::vector<const Query*>& parts,
                                         schema::Field field, Table table) {
  const Snapshot& index = from.index;
  const auto contract_parts = of_contract(parts, true);
  const DocSet scope = index.scope(Table::Assessments, from.request.versions);
  const DocSet others = from.matcher.match_parts(from.plan.root, of_contract(parts, false), table) &
                        index.scope(table, from.request.versions);
  const auto weights = hits_of_assessments(index, table, others);
  const DocSet rows = from.matcher.match_rows(from.plan.root, contract_parts);
  const Column& column = *index.column(Table::Contracts, field);
  const Column* whole = index.column(Table::Assessments, field);
  // The two columns share their values' numbers (columns.h: one dictionary a field) only by text.
  std::vector<std::uint32_t> counts(whole->distinct());
  std::vector<ValueId> of_row(column.distinct());
  for (ValueId id = 0; id < of_row.size(); ++id) of_row[id] = *whole->find(column.value(id).text);
  std::vector<DocId> last(whole->distinct(), UINT32_MAX);
  rows.for_each([&](DocId row) {
    const DocId assessment = index.assessment_of(Table::Contracts, row);
    if (weights[assessment] == 0 || !scope.has(assessment)) return;
    for (const ValueId id : column.values_of(row)) {
      const ValueId value = of_row[id];
      if (std::exchange(last[value], assessment) != assessment)
        counts[value] += weights[assessment];
    }
  });
  if (field != schema::Field::Staff) return counts;
  const DocSet rowless =
      from.matcher.match_rowless(from.plan.root, contract_parts) -
      index.to_assessments(Table::Contracts, DocSet(index.size(Table::Contracts), true));
  rowless.for_each([&](DocId assessment) {
    for (const ValueId id : whole->values_of(assessment)) counts[id] += weights[assessment];
  });
  return counts;
}

struct Selection {
  std::vector<std::string> chosen, excluded;
};

Selection selection_of(const SearchRequest& request, QueryField field) {
  Selection selection;
  for (const auto& [name, values] : request.filters) {
    if (field_named(name) != field) continue;
    for (const std::string& value : values) {
      const bool excluded = value.starts_with('-');
      std::string text = excluded ? value.substr(1) : value;
      if (field_info(field).kind == ValueKind::Choice) {
        if (const auto choice = choice_named(field, text)) text = stored_choice(field, *choice);
      }
      (excluded ? selection.excluded : selection.chosen).push_back(std::move(text));
    }
  }
  return selection;
}

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

// What is looked for among the values, in its writings.
struct Part {
  std::string folded, hiragana, typed;
};

// 0: begins with it (in writing, kana or romaji), 1: contains it, 2: neither.
int match_rank(const FieldValue& value, const Part& part) {
  if (part.folded.empty() || value.folded.starts_with(part.folded)) return 0;
  if (!value.reading.empty() && matches_prefix(value.reading, part.typed)) return 0;
  if (value.folded.find(part.folded) != std::string_view::npos) return 1;
  return value.reading.find(part.hiragana) != std::string_view::npos ? 1 : 2;
}

std::string prefecture_of(const Snapshot& index, Table table, const Column& municipalities,
                          ValueId id) {
  const Column* prefectures = index.column(Table::Assessments, schema::Field::Prefecture);
  std::string parent;
  bool several = false;
  municipalities.docs_with(id).for_each([&](DocId doc) {
    for (const ValueId prefecture : prefectures->values_of(index.assessment_of(table, doc))) {
      const std::string_view name = prefectures->value(prefecture).text;
      several |= !parent.empty() && parent != name;
      parent = std::string(name);
    }
  });
  return several ? std::string() : parent;
}

struct Ranked {
  FacetValue value;
  ValueId id = 0;
  int rank = 0;
};

// Chosen ones first, then by how they match, then by count, then in the order of their texts.
bool before(const Ranked& a, const Ranked& b) {
  const auto key = [](const Ranked& r) {
    return std::tuple(!(r.value.selected || r.value.excluded), r.rank, UINT32_MAX - r.value.count,
                      r.id);
  };
  return key(a) < key(b);
}

}  // namespace

std::optional<Facet> count_facet(const FacetRequest& from, std::string_view name,
                                 std::string_view part, std::uint32_t limit) {
  const auto field = field_named(name);
  const auto column_field = field ? column_of(*field) : std::nullopt;
  if (!column_field) return std::nullopt;
  const Table table = table_of(from.request.view);
  const auto parts = from.plan.parts_without(field_info(*field).english);
  const bool by_rows = owner_of(*field) == Table::Contracts && table != Table::Contracts &&
                       !of_contract(parts, true).empty();
  const Column* column = from.index.column(by_rows ? Table::Assessments : table, *column_field);
  if (!column) return std::nullopt;
  std::vector<std::uint32_t> counts;
  if (by_rows) {
    counts = count_by_rows(from, parts, *column_field, table);
  } else if (parts.size() == from.plan.root.children.size()) {
    counts = column->count(from.hits);
  } else {
    counts = column->count(from.matcher.match_parts(from.plan.root, parts, table) &
                           from.index.scope(table, from.request.versions));
  }

  const Selection selection = selection_of(from.request, *field);
  const Part wanted{fold_literal_text(part), to_hiragana(part), std::string(part)};
  Facet facet;
  facet.name = std::string(field_info(*field).english);
  std::vector<Ranked> ranked;
  for (ValueId id = 0; id < counts.size(); ++id) {
    const FieldValue& value = column->value(id);
    Ranked row;
    row.value.selected = contains(selection.chosen, value.text);
    row.value.excluded = contains(selection.excluded, value.text);
    row.rank = match_rank(value, wanted);
    if (row.rank == 2) continue;
    if (counts[id] == 0 && !row.value.selected && !row.value.excluded) continue;
    facet.distinct += counts[id] > 0 ? 1 : 0;
    row.id = id;
    row.value.count = counts[id];
    row.value.value = std::string(value.text);
    ranked.push_back(std::move(row));
  }
  std::ranges::sort(ranked, before);
  for (Ranked& row : ranked) {
    const bool fits = limit == 0 || facet.values.size() < limit;
    if (!fits && !row.value.selected && !row.value.excluded) break;
    if (*field == QueryField::Municipality)
      row.value.parent =
          prefecture_of(from.index, by_rows ? Table::Assessments : table, *column, row.id);
    facet.values.push_back(std::move(row.value));
  }
  return facet;
}

}  // namespace pia
