#include "query/contractors.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "dicts/company_name.h"
#include "dicts/normalizer.h"
#include "dicts/reading.h"

namespace pia {
namespace {

using nlohmann::json;

DocSet rows_in_scope(const Snapshot& index, const ContractorListRequest& request) {
  DocSet rows = index.scope(Table::Contracts, Versions::Latest);
  if (!request.category.empty()) {
    rows &= docs_with_text(index, Table::Contracts, Field::Category, request.category);
  }
  if (!request.prefecture.empty()) {
    rows &= docs_with_text(index, Table::Contracts, Field::Prefecture, request.prefecture);
  }
  return rows;
}

// Rows that one contractor has, gathered in one pass over all rows.
struct Gathered {
  std::vector<DocId> assessments;
  std::set<std::string> municipalities;
  std::uint32_t contracts = 0, subcontracted = 0;
};

std::vector<Gathered> gather(const Snapshot& index, const Column& contractors, const DocSet& rows) {
  std::vector<Gathered> out(contractors.distinct());
  const Column* body = index.column(Table::Contracts, Field::Municipality);
  const Column* code = index.column(Table::Contracts, Field::Code);
  DocSet subcontracts(index.size(Table::Contracts));
  if (const Column* column = index.column(Table::Contracts, Field::Subcontract)) {
    if (const auto yes = column->find(schema::kSubcontracts))
      subcontracts = column->docs_with(*yes);
  }
  rows.for_each([&](DocId row) {
    const DocId assessment = index.assessment_of(Table::Contracts, row);
    for (const ValueId id : contractors.values_of(row)) {
      auto& entry = out[id];
      ++entry.contracts;
      if (subcontracts.has(row)) ++entry.subcontracted;
      if (entry.assessments.empty() || entry.assessments.back() != assessment) {
        entry.assessments.push_back(assessment);
        std::string place = first_value(code, row);
        if (place.empty()) place = first_value(body, row);
        if (!place.empty()) entry.municipalities.insert(std::move(place));
      }
    }
  });
  return out;
}

bool name_matches(const FieldValue& value, std::string_view folded, std::string_view typed) {
  if (folded.empty() || value.folded.find(folded) != std::string_view::npos) return true;
  return !value.reading.empty() && matches_prefix(value.reading, typed);
}

bool before(const ContractorSummary& a, const ContractorSummary& b, ContractorSort sort) {
  const auto by = [](std::uint32_t x, std::uint32_t y) { return x > y ? 1 : x < y ? -1 : 0; };
  int order = 0;
  switch (sort) {
    case ContractorSort::Assessments:
      order = by(a.assessments, b.assessments);
      break;
    case ContractorSort::Municipalities:
      order = by(a.municipalities, b.municipalities);
      break;
    case ContractorSort::Contracts:
      order = by(a.contracts, b.contracts);
      break;
    case ContractorSort::Name:
      break;
  }
  return order != 0 ? order > 0 : a.name < b.name;
}

// The contractor in every role it has, as sets of assessments and of rows.
struct Roles {
  std::string name;
  DocSet present_rows;                      // of contracts, all publications
  DocSet present, former, by_history, any;  // assessments, newest publications
};

DocSet docs_named(const Snapshot& index, Table table, Field field, std::string_view name) {
  return docs_with_text(index, table, field, name);
}

Result<Roles> roles_of(const Snapshot& index, std::string_view asked) {
  std::string name = parse_company(asked).name;
  const auto known = [&](std::string_view candidate) {
    for (const Field field : {Field::Contractor, Field::FormerContractor, Field::HistoryContractor,
                              Field::Organisation}) {
      if (!docs_named(index, Table::Assessments, field, candidate).empty()) return true;
    }
    return false;
  };
  if (!known(name)) {
    if (!known(asked)) {
      return Error{ErrorCode::NotFound, "no assessment names the contractor " + std::string(asked)};
    }
    name = nfkc(asked);
  }
  Roles roles;
  const DocSet& latest = index.scope(Table::Assessments, Versions::Latest);
  roles.name = name;
  roles.present_rows = docs_named(index, Table::Contracts, Field::Contractor, name);
  roles.present = docs_named(index, Table::Assessments, Field::Contractor, name) & latest;
  roles.former = docs_named(index, Table::Assessments, Field::FormerContractor, name) & latest;
  roles.by_history = docs_named(index, Table::Assessments, Field::HistoryContractor, name) & latest;
  roles.any = docs_named(index, Table::Assessments, Field::Organisation, name) & latest;
  return roles;
}

// The rows of 変更箇所 of one assessment that name the company, before or after.
struct HistoryRow {
  std::string date, item, before, after;
  int no = 0;
  std::string where_json;
  bool in_before = false, in_after = false;
};

Result<std::vector<HistoryRow>> history_of(const Snapshot& index, DocId assessment,
                                           const std::string& folded_name) {
  std::vector<HistoryRow> out;
  const auto [begin, end] = index.rows_of(Table::Revisions, assessment);
  for (DocId row = begin; row < end; ++row) {
    const auto card = card_json(index, Table::Revisions, row);
    if (!card) return card.error();
    HistoryRow found{text_of(*card, "date"),
                     text_of(*card, "item"),
                     text_of(*card, "before"),
                     text_of(*card, "after"),
                     index.row_number(Table::Revisions, row),
                     {}};
    found.in_before = fold_literal_text(found.before).find(folded_name) != std::string::npos;
    found.in_after = fold_literal_text(found.after).find(folded_name) != std::string::npos;
    if (!found.in_before && !found.in_after) continue;
    if (const auto where = card->find("where"); where != card->end() && !where->is_null()) {
      found.where_json = where->dump();
    }
    out.push_back(std::move(found));
  }
  return out;
}

// Companies that a cell names, in canonical form, without the one asked about. Only short cells
// are lists of names; a paragraph that happens to mention a company names no successor.
std::vector<std::string> others_in(std::string_view cell, const std::string& name) {
  constexpr std::size_t kLongestNameCell = 600;
  std::vector<std::string> out;
  if (cell.size() > kLongestNameCell) return out;
  for (const auto& printed : split_companies(cell)) {
    if (!looks_like_company(printed)) continue;
    std::string other = parse_company(printed).name;
    if (other != name && std::find(out.begin(), out.end(), other) == out.end()) {
      out.push_back(std::move(other));
    }
  }
  return out;
}

ContractorChange change_of(const AssessmentRef& ref, const HistoryRow& row, bool former,
                           const std::string& name) {
  ContractorChange change{ref, row.date, row.item,      former ? row.before : row.after,
                          {},  row.no,   row.where_json};
  change.others = others_in(former ? row.after : row.before, name);
  return change;
}

Result<Done> add_history(const Snapshot& index, const Roles& roles, ContractorPage& page,
                         std::map<DocId, std::string>& since) {
  const std::string folded = fold_literal_text(roles.name);
  std::map<std::string, std::uint32_t> successors, predecessors;
  for (const DocId doc : (roles.present | roles.former).to_vector()) {
    const auto ref = assessment_ref(index, doc);
    if (!ref) return ref.error();
    auto rows = history_of(index, doc, folded);
    if (!rows) return rows.error();
    for (const auto& row : *rows) {
      if (row.in_after) {
        auto& date = since[doc];
        if (!row.date.empty() && (date.empty() || row.date < date)) date = row.date;
      }
      if (row.in_before && !row.in_after && roles.former.has(doc)) {
        page.former.push_back(change_of(*ref, row, true, roles.name));
        for (const auto& other : page.former.back().others) ++successors[other];
      } else if (row.in_after && !row.in_before) {
        auto change = change_of(*ref, row, false, roles.name);
        if (change.others.empty() && row.item.find("委託先名") == std::string::npos) continue;
        for (const auto& other : change.others) ++predecessors[other];
        page.predecessors.push_back(std::move(change));
      }
    }
  }
  page.successors_names = ranked(successors);
  page.predecessors_names = ranked(predecessors);
  const auto newest = [](const ContractorChange& a, const ContractorChange& b) {
    return a.date > b.date;
  };
  std::stable_sort(page.former.begin(), page.former.end(), newest);
  std::stable_sort(page.predecessors.begin(), page.predecessors.end(), newest);
  return Done{};
}

Result<ContractorContract> read_contract(const Snapshot& index, DocId row, const std::string& name,
                                         std::map<std::string, std::uint32_t>& printed) {
  const auto card = card_json(index, Table::Contracts, row);
  if (!card) return card.error();
  ContractorContract out;
  const auto ref = assessment_ref(index, index.assessment_of(Table::Contracts, row));
  if (!ref) return ref.error();
  out.assessment = *ref;
  out.file = text_of(*card, "file");
  out.no = card->value("no", 0);
  out.title = text_of(*card, "title");
  out.description = text_of(*card, "description");
  out.staff = text_of(*card, "staff");
  if (const auto sub = card->find("subcontract"); sub != card->end() && sub->is_object()) {
    if (const auto used = sub->find("used"); used != sub->end() && used->is_boolean()) {
      out.subcontract = used->get<bool>();
    }
    out.subcontract_scope = text_of(*sub, "scope");
  }
  if (const auto list = card->find("contractors"); list != card->end()) {
    for (const auto& contractor : *list) {
      if (text_of(contractor, "name") != name) continue;
      out.printed = text_of(contractor, "printed");
      ++printed[out.printed];
    }
  }
  if (const auto where = card->find("where"); where != card->end() && !where->is_null()) {
    out.where_json = where->dump();
  }
  return out;
}

std::vector<ContractorYear> years_of(const Snapshot& index, const DocSet& rows) {
  std::map<std::string, ContractorYear> by_year;
  std::set<DocId> seen;
  (rows & index.scope(Table::Contracts, Versions::All)).for_each([&](DocId row) {
    const auto published = index.published(Table::Contracts, row);
    if (published == 0) return;
    auto& year = by_year[std::to_string(published / 10000)];
    ++year.contracts;
    if (seen.insert(index.assessment_of(Table::Contracts, row)).second) ++year.assessments;
  });
  std::vector<ContractorYear> out;
  for (auto& [year, counts] : by_year) {
    counts.year = year;
    out.push_back(counts);
  }
  return out;
}

Result<std::vector<AssessmentRef>> refs_of(const Snapshot& index, const DocSet& docs) {
  std::vector<AssessmentRef> out;
  for (const DocId doc : docs.to_vector()) {
    auto ref = assessment_ref(index, doc);
    if (!ref) return ref.error();
    out.push_back(std::move(*ref));
  }
  return out;
}

}  // namespace

Result<ContractorList> list_contractors(const Snapshot& index,
                                        const ContractorListRequest& request) {
  ContractorList out;
  const Column* contractors = index.column(Table::Contracts, Field::Contractor);
  if (contractors == nullptr) return out;
  const DocSet rows = rows_in_scope(index, request);
  out.contracts = static_cast<std::uint32_t>(rows.count());

  DocSet scope = index.scope(Table::Assessments, Versions::Latest);
  if (!request.category.empty()) {
    scope &= docs_with_text(index, Table::Assessments, Field::Category, request.category);
  }
  if (!request.prefecture.empty()) {
    scope &= docs_with_text(index, Table::Assessments, Field::Prefecture, request.prefecture);
  }
  out.assessments = static_cast<std::uint32_t>(scope.count());
  // 様式2 (基礎項目) has no place for a contractor's name.
  out.can_answer = static_cast<std::uint32_t>(
      (scope - docs_with_text(index, Table::Assessments, Field::Kind, "基礎項目")).count());

  std::map<std::string, std::uint32_t> former;
  if (const Column* column = index.column(Table::Assessments, Field::FormerContractor)) {
    const auto counts = column->count(scope);
    for (ValueId id = 0; id < counts.size(); ++id) {
      if (counts[id] > 0) former[std::string(column->value(id).text)] = counts[id];
    }
  }
  const std::string folded = fold_literal_text(request.name);
  const auto gathered = gather(index, *contractors, rows);
  for (ValueId id = 0; id < gathered.size(); ++id) {
    const auto& entry = gathered[id];
    if (entry.contracts == 0 || !name_matches(contractors->value(id), folded, request.name))
      continue;
    ContractorSummary row;
    row.name = contractors->value(id).text;
    row.assessments = static_cast<std::uint32_t>(entry.assessments.size());
    row.municipalities = static_cast<std::uint32_t>(entry.municipalities.size());
    row.contracts = entry.contracts;
    row.subcontracted = entry.subcontracted;
    row.former = former[row.name];
    row.share = static_cast<double>(entry.contracts) / static_cast<double>(out.contracts);
    out.rows.push_back(std::move(row));
  }
  std::sort(out.rows.begin(), out.rows.end(),
            [&](const auto& a, const auto& b) { return before(a, b, request.sort); });
  out.total = static_cast<std::uint32_t>(out.rows.size());
  out.rows.erase(out.rows.begin(),
                 out.rows.begin() + std::min<std::ptrdiff_t>(request.offset, out.total));
  if (request.limit != 0 && out.rows.size() > request.limit) out.rows.resize(request.limit);

  const DocSet all = index.scope(Table::Contracts, Versions::Latest) & contractors->docs_with_any();
  out.categories = ranked(index.column(Table::Contracts, Field::Category), all);
  out.prefectures = ranked(index.column(Table::Contracts, Field::Prefecture), all);
  return out;
}

Result<ContractorPage> contractor_page(const Snapshot& index, std::string_view name) {
  const auto roles = roles_of(index, name);
  if (!roles) return roles.error();
  ContractorPage page;
  page.name = roles->name;
  std::map<DocId, std::string> since;
  if (const auto done = add_history(index, *roles, page, since); !done) return done.error();

  std::map<std::string, std::uint32_t> printed;
  const DocSet rows = roles->present_rows & index.scope(Table::Contracts, Versions::Latest);
  for (const DocId row : rows.to_vector()) {
    auto contract = read_contract(index, row, roles->name, printed);
    if (!contract) return contract.error();
    const auto date = since.find(index.assessment_of(Table::Contracts, row));
    if (date != since.end()) contract->since = date->second;
    page.contracts.push_back(std::move(*contract));
  }
  page.printed = ranked(printed);
  page.assessments = static_cast<std::uint32_t>(roles->present.count());
  std::set<std::string> places;
  for (const auto& contract : page.contracts) {
    const auto& ref = contract.assessment;
    places.insert(ref.code.empty() ? ref.body_printed : ref.code);
  }
  places.erase(std::string());
  page.municipalities = static_cast<std::uint32_t>(places.size());
  page.categories = ranked(index.column(Table::Contracts, Field::Category), rows);
  page.prefectures = ranked(index.column(Table::Contracts, Field::Prefecture), rows);
  page.years = years_of(index, roles->present_rows);

  auto by_history = refs_of(index, roles->by_history);
  if (!by_history) return by_history.error();
  page.by_history = std::move(*by_history);
  auto mentioned = refs_of(index, roles->any - roles->present - roles->former - roles->by_history);
  if (!mentioned) return mentioned.error();
  page.mentioned = std::move(*mentioned);
  auto incidents = incidents_of(index, roles->present);
  if (!incidents) return incidents.error();
  page.incidents = std::move(*incidents);
  return page;
}

}  // namespace pia
