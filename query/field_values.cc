#include "query/field_values.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "dicts/company_name.h"
#include "dicts/normalizer.h"
#include "query/spellings.h"
#include "query/value_parser.h"

namespace pia {

Table owner_of(QueryField field) {
  if (field == QueryField::Revision || field == QueryField::RevisionItem ||
      field == QueryField::RevisionYear || field == QueryField::Timing)
    return Table::Revisions;
  return field != QueryField::None && field_info(field).in_contract ? Table::Contracts
                                                                    : Table::Assessments;
}

std::optional<schema::Field> column_of(QueryField field) {
  switch (field) {
    case QueryField::Municipality:
      return schema::Field::Municipality;
    case QueryField::Prefecture:
      return schema::Field::Prefecture;
    case QueryField::Process:
      return schema::Field::Process;
    case QueryField::Category:
      return schema::Field::Category;
    case QueryField::Contractor:
      return schema::Field::Contractor;
    case QueryField::FormerContractor:
      return schema::Field::FormerContractor;
    case QueryField::Contract:
      return schema::Field::Contract;
    case QueryField::Subcontract:
      return schema::Field::Subcontract;
    case QueryField::Staff:
      return schema::Field::Staff;
    case QueryField::Incident:
      return schema::Field::Incident;
    case QueryField::Kind:
      return schema::Field::Kind;
    case QueryField::Year:
      return schema::Field::Year;
    case QueryField::People:
      return schema::Field::People;
    case QueryField::System:
      return schema::Field::System;
    case QueryField::Title:
      return schema::Field::Title;
    case QueryField::Number:
      return schema::Field::Number;
    case QueryField::Form:
      return schema::Field::Form;
    case QueryField::File:
      return schema::Field::File;
    case QueryField::HistoryContractor:
      return schema::Field::HistoryContractor;
    case QueryField::Organisation:
      return schema::Field::Organisation;
    case QueryField::Code:
      return schema::Field::Code;
    case QueryField::RevisionItem:
      return schema::Field::RevisionItem;
    case QueryField::RevisionYear:
      return schema::Field::RevisionYear;
    case QueryField::Timing:
      return schema::Field::Timing;
    case QueryField::None:
    case QueryField::Published:
    case QueryField::Item:
    case QueryField::Revision:
      return std::nullopt;
  }
  return std::nullopt;
}

std::string stored_choice(QueryField field, std::string_view canonical) {
  if (field == QueryField::Incident)
    return canonical == "あり" ? schema::kIncident : schema::kNoIncident;
  if (field == QueryField::Subcontract)
    return canonical == "する" ? schema::kSubcontracts : schema::kSubcontractsNot;
  return std::string(canonical);
}

namespace {

bool is_name_of_place(QueryField field) {
  return field == QueryField::Municipality || field == QueryField::Prefecture;
}

bool is_company(QueryField field) {
  return field == QueryField::Contractor || field == QueryField::FormerContractor ||
         field == QueryField::HistoryContractor || field == QueryField::Organisation;
}

// A place is asked for by its name (京都 is 京都府, not 東京都): the whole value, else its
// beginning, else any part.
std::vector<ValueId> places(const Column& column, const std::string& folded) {
  auto whole = column.find_if([&](const FieldValue& value) { return value.folded == folded; });
  if (!whole.empty()) return whole;
  auto begun = column.beginning(folded);
  return begun.empty() ? column.containing(folded) : begun;
}

// A company's name also without its legal form: ㈱アデコ is アデコ株式会社.
std::vector<std::string> company_writings(const std::vector<std::string>& strings) {
  std::vector<std::string> out = strings;
  for (const std::string& name : strings) {
    std::string stem = fold_literal_text(company_stem(name));
    if (!stem.empty() && std::ranges::find(out, stem) == out.end()) out.push_back(std::move(stem));
  }
  return out;
}

bool holds(const FieldValue& value, const WantedWord& word, bool company) {
  const auto strings = company ? company_writings(word.strings) : word.strings;
  const auto inside = [&](const std::string& text) {
    return value.folded.find(text) != std::string_view::npos;
  };
  if (std::ranges::any_of(strings, inside)) return true;
  return !word.parts.empty() && std::ranges::all_of(word.parts, [&](const auto& writings) {
    return std::ranges::any_of(writings, inside);
  });
}

std::vector<ValueId> begun_values(const Column& column, QueryField field,
                                  const std::string& folded) {
  return column.find_if([&](const FieldValue& value) {
    if (value.folded.starts_with(folded)) return true;
    return is_company(field) && fold_literal_text(company_stem(value.text)).starts_with(folded);
  });
}

std::vector<ValueId> counted_values(const Column& column, const Query& leaf) {
  return column.find_if([&](const FieldValue& value) {
    const auto count = parse_count_class(value.text);
    return count && count_within(*count, leaf.from, leaf.to);
  });
}

std::int32_t number_of(std::string_view iso) {
  std::array<int, 3> parts = {0, 0, 0};
  std::size_t part = 0;
  for (const char c : iso) {
    if (c == '-') {
      ++part;
    } else {
      parts[part] = parts[part] * 10 + (c - '0');
    }
  }
  return parts[0] * 10000 + parts[1] * 100 + parts[2];
}

std::vector<ValueId> text_values(const Column& column, QueryField field, const Query& leaf,
                                 const WordReading& reading) {
  const std::string folded = fold_literal_text(leaf.text);
  if (leaf.type == Query::Type::Prefix) return begun_values(column, field, folded);
  if (is_name_of_place(field)) return places(column, folded);
  const bool company = is_company(field);
  return column.find_if([&](const FieldValue& value) {
    return std::ranges::all_of(
               reading.wanted,
               [&](const WantedWord& word) { return holds(value, word, company); }) &&
           (!reading.wanted.empty() || value.folded.find(folded) != std::string_view::npos);
  });
}

}  // namespace

std::vector<ValueId> values_meant(const Column& column, QueryField field, const Query& leaf,
                                  const WordReading& reading) {
  if (leaf.type == Query::Type::Range) return counted_values(column, leaf);
  if (leaf.type == Query::Type::Exact || field_info(field).kind == ValueKind::Choice) {
    const std::string stored =
        field_info(field).kind == ValueKind::Choice ? stored_choice(field, leaf.text) : leaf.text;
    if (const auto id = column.find(stored)) return {*id};
    // A filter may also name a value by a part of it (contractor=アデコ), but not a class of
    // numbers.
    if (leaf.type != Query::Type::Exact || field_info(field).kind != ValueKind::Text) return {};
  }
  if (field == QueryField::Number || field == QueryField::Code) {
    const std::string folded = fold_literal_text(leaf.text);
    return column.find_if([&](const FieldValue& value) { return value.folded == folded; });
  }
  return text_values(column, field, leaf, reading);
}

DocSet documents_with_value_in(const Snapshot& index, Table table, schema::Field name,
                               QueryField field, const Query& leaf, const WordReading& reading) {
  const Column* column = index.column(table, name);
  if (!column) return DocSet(index.size(table));
  if (leaf.type == Query::Type::Present) return column->docs_with_any();
  return column->docs_with(values_meant(*column, field, leaf, reading));
}

DocSet documents_with_value(const Snapshot& index, Table table, QueryField field, const Query& leaf,
                            const WordReading& reading) {
  if (field == QueryField::Published ||
      (field == QueryField::Year && leaf.type == Query::Type::Range)) {
    if (leaf.type == Query::Type::Present) return index.published_between(table, 0, 99999999);
    return index.published_between(table, number_of(leaf.from), number_of(leaf.to));
  }
  DocSet found = documents_with_value_in(index, table, *column_of(field), field, leaf, reading);
  // Bodies that are no municipality (広域連合, 県) are asked for by the same field.
  if (field == QueryField::Municipality && leaf.type != Query::Type::Present && found.empty())
    found |= documents_with_value_in(index, table, schema::Field::Body, field, leaf, reading);
  return found;
}

}  // namespace pia
