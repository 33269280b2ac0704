#include "query/batch.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "dicts/company_name.h"
#include "dicts/normalizer.h"

namespace pia {
namespace {

using nlohmann::json;

// Values that are this name: the same name; or, if the input has no legal form, the same without.
std::vector<ValueId> same_names(const Column& column, const std::string& folded) {
  const bool without_form = fold_literal_text(company_stem(folded)) == folded;
  return column.find_if([&](const FieldValue& value) {
    const std::string other = fold_literal_text(value.text);
    return other == folded ||
           (without_form && fold_literal_text(company_stem(value.text)) == folded);
  });
}

// The organisations of a card that are one of the names.
void add_hits(const json& card, const AssessmentRef& ref, const std::vector<std::string>& names,
              BatchRow& row) {
  const auto list = card.find("organisations");
  if (list == card.end()) return;
  std::vector<std::string> seen;
  for (const auto& organisation : *list) {
    const std::string name = text_of(organisation, "name");
    if (std::find(names.begin(), names.end(), name) == names.end()) continue;
    BatchHit hit{ref, text_of(organisation, "role"), text_of(organisation, "printed"), {}};
    if (std::find(seen.begin(), seen.end(), hit.role) != seen.end()) continue;
    seen.push_back(hit.role);
    const auto where = organisation.find("where");
    if (where != organisation.end() && !where->is_null()) hit.where_json = where->dump();
    if (hit.role == "contractor") {
      ++row.present;
    } else if (hit.role == "former contractor") {
      ++row.former;
    } else if (hit.role == "contractor by history") {
      ++row.by_history;
    } else {
      ++row.mentioned;
    }
    row.hits.push_back(std::move(hit));
  }
}

Result<BatchRow> look_up_one(const Snapshot& index, const std::string& input) {
  BatchRow row;
  row.input = input;
  row.name = parse_company(input).name;
  const Column* column = index.column(Table::Assessments, Field::Organisation);
  if (column == nullptr || row.name.empty()) return row;
  const auto ids = same_names(*column, fold_literal_text(row.name));
  if (ids.empty()) return row;
  std::vector<std::string> names;
  for (const ValueId id : ids) names.emplace_back(column->value(id).text);
  const DocSet docs = column->docs_with(ids) & index.scope(Table::Assessments, Versions::Latest);
  for (const DocId doc : docs.to_vector()) {
    const auto card = card_json(index, Table::Assessments, doc);
    if (!card) return card.error();
    add_hits(*card, ref_of_card(*card), names, row);
  }
  return row;
}

std::string role_in_japanese(std::string_view role) {
  if (role == "contractor") return "現在の委託先";
  if (role == "former contractor") return "旧委託先";
  if (role == "contractor by history") return "変更履歴からのみ読み取れる委託先";
  return "記載あり";
}

}  // namespace

Result<std::vector<BatchRow>> look_up(const Snapshot& index,
                                      const std::vector<std::string>& names) {
  if (names.size() > kMaxBatchNames) {
    return Error{ErrorCode::Usage, "too many names: " + std::to_string(names.size()) +
                                       "; at most " + std::to_string(kMaxBatchNames) +
                                       " can be looked up at once"};
  }
  std::vector<BatchRow> rows;
  for (const auto& name : names) {
    auto row = look_up_one(index, name);
    if (!row) return row.error();
    rows.push_back(std::move(*row));
  }
  return rows;
}

std::vector<std::string> batch_names(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.substr(0, kMark.size()) == kMark) text.remove_prefix(kMark.size());
  std::vector<std::string> names;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line = line.substr(0, std::min(line.find('\t'), line.size()));
    std::string name(line);
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"') {
      name = name.substr(1, name.size() - 2);
    }
    if (!fold_literal_text(name).empty()) names.push_back(std::move(name));
  }
  return names;
}

std::vector<std::string> batch_headings() {
  return {"入力", "会社名", "区分",     "表記",   "自治体",   "都道府県",
          "事務", "分野",   "評価書名", "公表日", "評価書ID", "場所"};
}

std::vector<std::vector<std::string>> batch_table(const std::vector<BatchRow>& rows) {
  std::vector<std::vector<std::string>> table;
  for (const auto& row : rows) {
    if (row.hits.empty()) {
      table.push_back({row.input, row.name, "該当なし", "", "", "", "", "", "", "", "", ""});
    }
    for (const auto& hit : row.hits) {
      const auto& ref = hit.assessment;
      table.push_back({row.input, row.name, role_in_japanese(hit.role), hit.printed,
                       ref.municipality.empty() ? ref.body_printed : ref.municipality,
                       ref.prefecture, ref.process, ref.category, ref.title, ref.published_on,
                       ref.id, hit.where_json});
    }
  }
  return table;
}

}  // namespace pia
