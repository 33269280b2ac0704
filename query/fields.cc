// The table of fields. A row's aliases are labels of the three forms (without their circled
// numbers) and the words that people use for them; each stands in one row only (tested).

#include "query/fields.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>

#include "query/unicode.h"

namespace pia {
namespace {

const std::vector<FieldInfo>& table() {
  static const std::vector<FieldInfo> rows = {
      {QueryField::Municipality,
       "自治体",
       "municipality",
       ValueKind::Text,
       false,
       {"評価実施機関名", "評価実施機関", "市町村", "市区町村", "市町村名", "団体", "団体名",
        "city"}},
      {QueryField::Prefecture,
       "都道府県",
       "prefecture",
       ValueKind::Text,
       false,
       {"都道府県名", "県", "pref"}},
      {QueryField::Process,
       "事務",
       "process",
       ValueKind::Text,
       false,
       {"事務の名称", "事務名", "特定個人情報ファイルを取り扱う事務"}},
      {QueryField::Category,
       "分野",
       "category",
       ValueKind::Text,
       false,
       {"事務の分野", "カテゴリ"}},
      {QueryField::Contractor,
       "委託先",
       "contractor",
       ValueKind::Text,
       true,
       {"委託先名", "委託業者", "受託者", "受託業者", "ベンダー", "vendor"}},
      {QueryField::FormerContractor,
       "旧委託先",
       "former_contractor",
       ValueKind::Text,
       false,
       {"旧委託先名", "過去の委託先", "以前の委託先", "former"}},
      {QueryField::Contract,
       "委託事項",
       "contract",
       ValueKind::Text,
       true,
       {"委託内容", "委託業務", "委託"}},
      {QueryField::Subcontract, "再委託", "subcontract", ValueKind::Choice, true, {"再委託の有無"}},
      {QueryField::Staff,
       "取扱者数",
       "staff",
       ValueKind::Count,
       true,
       {"委託先における取扱者数", "委託先の取扱者数"}},
      {QueryField::Incident,
       "重大事故",
       "incident",
       ValueKind::Choice,
       false,
       {"事故", "重大事故の有無", "個人情報に関する重大事故"}},
      {QueryField::Kind,
       "種類",
       "kind",
       ValueKind::Choice,
       false,
       {"評価書の種類", "評価書種類", "種別"}},
      {QueryField::Published,
       "公表日",
       "published",
       ValueKind::Date,
       false,
       {"公表", "公表年月日", "date"}},
      {QueryField::Year, "公表年", "year", ValueKind::Date, false, {"年"}},
      {QueryField::People,
       "対象人数",
       "people",
       ValueKind::Count,
       false,
       {"対象となる本人の数", "本人の数", "人数"}},
      {QueryField::System,
       "システム",
       "system",
       ValueKind::Text,
       false,
       {"システムの名称", "システム名"}},
      {QueryField::Title,
       "評価書名",
       "title",
       ValueKind::Text,
       false,
       {"題名", "タイトル", "表題"}},
      {QueryField::Number, "評価書番号", "number", ValueKind::Text, false, {"番号", "no"}},
      {QueryField::Item, "項目", "item", ValueKind::Text, false, {"項目名", "欄", "見出し"}},
      {QueryField::Revision,
       "変更",
       "revision",
       ValueKind::Text,
       false,
       {"変更箇所", "変更履歴", "履歴"}},
      {QueryField::Form, "様式", "form", ValueKind::Text, false, {"様式名"}},
      {QueryField::File,
       "特定個人情報ファイル",
       "file",
       ValueKind::Text,
       false,
       {"ファイル", "ファイル名", "特定個人情報ファイル名"}},
      {QueryField::HistoryContractor,
       "履歴上の委託先",
       "history_contractor",
       ValueKind::Text,
       false,
       {}},
      {QueryField::Organisation,
       "組織",
       "organisation",
       ValueKind::Text,
       false,
       {"会社", "組織名"}},
      {QueryField::Code, "団体コード", "code", ValueKind::Text, false, {"自治体コード", "コード"}},
      {QueryField::RevisionItem,
       "変更項目",
       "revision_item",
       ValueKind::Text,
       false,
       {"変更した項目"}},
      {QueryField::RevisionYear, "変更年", "revision_year", ValueKind::Text, false, {}},
      {QueryField::Timing, "提出時期", "timing", ValueKind::Text, false, {}},
  };
  return rows;
}

struct ChoiceRow {
  QueryField field;
  std::string_view canonical;
  std::vector<std::string_view> written;
};

// Canonical values are those of the facets.
const std::vector<ChoiceRow>& choice_rows() {
  static const std::vector<ChoiceRow> rows = {
      {QueryField::Incident,
       "あり",
       {"あり", "有", "有り", "ある", "発生あり", "発生有り", "発生した", "yes", "true", "1"}},
      {QueryField::Incident,
       "なし",
       {"なし", "無", "無し", "ない", "発生なし", "発生無し", "発生していない", "no", "false",
        "0"}},
      {QueryField::Subcontract,
       "する",
       {"する", "再委託する", "あり", "有", "有り", "yes", "true", "1"}},
      {QueryField::Subcontract,
       "しない",
       {"しない", "再委託しない", "なし", "無", "無し", "no", "false", "0"}},
      {QueryField::Kind,
       "基礎項目",
       {"基礎項目", "基礎", "基礎項目評価", "基礎項目評価書", "様式2", "basic"}},
      {QueryField::Kind,
       "重点項目",
       {"重点項目", "重点", "重点項目評価", "重点項目評価書", "様式3", "priority"}},
      {QueryField::Kind, "全項目", {"全項目", "全項目評価", "全項目評価書", "様式4", "full"}},
  };
  return rows;
}

}  // namespace

std::span<const FieldInfo> field_table() { return table(); }

const FieldInfo& field_info(QueryField field) {
  assert(field != QueryField::None);
  return *std::ranges::find(table(), field, &FieldInfo::field);
}

std::optional<QueryField> field_named(std::string_view name) {
  const std::string wanted = fold_name(name);
  for (const FieldInfo& info : table()) {
    if (wanted == info.japanese || wanted == info.english) return info.field;
    if (std::ranges::find(info.aliases, wanted) != info.aliases.end()) return info.field;
  }
  return std::nullopt;
}

std::optional<std::string_view> choice_named(QueryField field, std::string_view written) {
  const std::string wanted = fold_name(written);
  for (const ChoiceRow& row : choice_rows()) {
    if (row.field == field && std::ranges::find(row.written, wanted) != row.written.end())
      return row.canonical;
  }
  return std::nullopt;
}

std::span<const std::string_view> choices(QueryField field) {
  static constexpr std::array<std::string_view, 2> kIncident = {"あり", "なし"};
  static constexpr std::array<std::string_view, 2> kSubcontract = {"する", "しない"};
  static constexpr std::array<std::string_view, 3> kKind = {"基礎項目", "重点項目", "全項目"};
  if (field == QueryField::Incident) return kIncident;
  if (field == QueryField::Subcontract) return kSubcontract;
  if (field == QueryField::Kind) return kKind;
  return {};
}

}  // namespace pia
