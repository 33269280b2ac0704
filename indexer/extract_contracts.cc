// Ⅱ-4: 委託の有無, the number of contracts and the rows 委託事項1, 2, … A row holds what the
// present form prints. Empty frames (委託事項6～10, a frame with nothing in it) are no rows.

#include <algorithm>
#include <map>

#include "dicts/company_name.h"
#include "indexer/cells_context.h"

namespace pia {
namespace {

constexpr std::string_view kBase = "/files/*/contracts/";

InfoFile* file_of(const CellsContext& c, const Entry& entry) {
  if (entry.file < 0 || entry.file >= static_cast<int>(c.out.files.size())) return nullptr;
  return &c.out.files[static_cast<std::size_t>(entry.file)];
}

void read_used(const CellsContext& c, const Entry& entry) {
  Contracts& contracts = file_of(c, entry)->contracts;
  const std::string base = "/files/" + std::to_string(entry.file) + "/contracts";
  const std::string raw = c.raw(entry);
  if (!contracts.count) {
    contracts.count = read_count(raw);
    if (contracts.count) c.prove(base + "/count", place_of(entry.values), "the number before 件");
  }
  if (contracts.used) return;
  const Choice choice = read_choice(raw, options_of(c.item(entry)));
  if (choice.value) {
    contracts.used = find_words(*choice.value, "委託しない").at == std::string_view::npos;
    c.prove(base + "/used", place_of(entry.values), choice.reason);
  } else if (contracts.count.value_or(0) > 0) {
    contracts.used = true;
    c.prove(base + "/used", place_of(entry.values), "no mark, but a number of contracts");
    c.warn(entry, "印がありませんが、件数の記入から「委託する」と読みました");
  }
}

void set_contractors(const CellsContext& c, Contract& row, const Entry& entry) {
  if (!row.contractors.empty()) return;
  for (std::string& printed : split_companies(c.raw(entry))) {
    Company company = parse_company(printed);
    Contractor contractor;
    contractor.printed = std::move(printed);
    contractor.name = std::move(company.name);
    if (!company.branch.empty()) contractor.branch = std::move(company.branch);
    row.contractors.push_back(std::move(contractor));
  }
}

void set_field(const CellsContext& c, Contract& row, const std::string& base, const Entry& entry) {
  std::string_view name = c.item(entry).pointer;
  name.remove_prefix(name.rfind("rows/*/") + 7);
  const std::string pointer = base + std::string(name);
  if (name == "title")
    c.set_line(row.title, pointer, entry);
  else if (name == "description")
    c.set_text(row.description, pointer, entry);
  else if (name == "extent")
    c.set_choice(row.extent, pointer, entry);
  else if (name == "people")
    c.set_choice(row.people, pointer, entry);
  else if (name == "people_scope")
    c.set_text(row.people_scope, pointer, entry);
  else if (name == "staff")
    c.set_choice(row.staff, pointer, entry);
  else if (name == "disclosure")
    c.set_text(row.disclosure, pointer, entry);
  else if (name == "contractors")
    set_contractors(c, row, entry);
  else if (name == "subcontract/approval")
    c.set_text(row.subcontract.approval, pointer, entry);
  else if (name == "subcontract/scope")
    c.set_text(row.subcontract.scope, pointer, entry);
  else if (name == "subcontract/used") {
    Text used;
    c.set_choice(used, pointer, entry);
    if (used && !row.subcontract.used)
      row.subcontract.used = find_words(*used, "しない").at == std::string_view::npos;
  } else if (name == "means")
    set_ticks(c, row.means, pointer, entry);
}

bool is_empty(const Contract& row) {
  return !row.title && !row.description && !row.staff && row.contractors.empty() &&
         !row.subcontract.used && !row.subcontract.approval && !row.subcontract.scope &&
         !row.extent;
}

// Frames that the form prints without content leave no row; places follow the rows that stay.
void drop_empty_rows(const CellsContext& c, int file) {
  std::vector<Contract>& rows = c.out.files[static_cast<std::size_t>(file)].contracts.rows;
  while (!rows.empty() && is_empty(rows.back())) rows.pop_back();
  std::erase_if(rows, [](const Contract& row) { return is_empty(row); });
}

void compare_count(const CellsContext& c, int file) {
  Contracts& contracts = c.out.files[static_cast<std::size_t>(file)].contracts;
  const int rows = static_cast<int>(contracts.rows.size());
  const std::string name = "Ⅱ-4 委託の有無: ";
  if (!contracts.used && rows > 0) {
    contracts.used = true;
    c.prove("/files/" + std::to_string(file) + "/contracts/used", contracts.rows[0].where,
            "there are contracts");
    c.out.warnings.push_back(name + "印がありませんが、委託事項の記入から「委託する」と読みました");
  }
  if (contracts.count && *contracts.count != rows && contracts.used.value_or(true)) {
    c.out.warnings.push_back(name + std::to_string(*contracts.count) +
                             "件とありますが、本文にある委託事項は" + std::to_string(rows) +
                             "件です");
  }
}

}  // namespace

void extract_contracts(const CellsContext& c) {
  std::map<std::pair<int, int>, std::size_t> row_of;  // file, number → index
  for (const Entry& entry : c.entries.items) {
    if (entry.node < 0 || entry.range) continue;
    const std::string_view pointer = c.item(entry).pointer;
    if (!pointer.starts_with(kBase) || file_of(c, entry) == nullptr) continue;
    if (pointer == "/files/*/contracts/used") {
      read_used(c, entry);
      continue;
    }
    if (entry.repeat == 0) {
      if (!c.raw(entry).empty()) c.warn(entry, "どの委託事項の欄か決められません（頁の欠落）");
      continue;
    }
    std::vector<Contract>& rows = file_of(c, entry)->contracts.rows;
    const auto [found, added] = row_of.try_emplace({entry.file, entry.repeat}, rows.size());
    if (added) {
      rows.emplace_back();
      rows.back().no = std::max(entry.repeat, 0);
      if (entry.repeat < 0)
        c.warn(entry, "見出しの頁が欠けているため、委託事項の番号が分かりません");
    }
    Contract& row = rows[found->second];
    const std::string base = "/files/" + std::to_string(entry.file) + "/contracts/rows/" +
                             std::to_string(found->second) + "/";
    set_field(c, row, base, entry);
    row.where = cover(row.where, cover(place_of(entry.labels), place_of(entry.values)));
  }
  for (int file = 0; file < static_cast<int>(c.out.files.size()); ++file) {
    drop_empty_rows(c, file);
    compare_count(c, file);
  }
}

}  // namespace pia
