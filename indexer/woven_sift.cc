#include "indexer/woven_sift.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "dicts/company_name.h"
#include "indexer/form.h"
#include "indexer/woven_signs.h"

namespace pia {
namespace {

constexpr std::size_t kLeastPiece = 12;  // bytes: four kanji
constexpr std::size_t kFew = 2;          // misplaced values of one file

// The form's labels, from the last byte to the first if they are turned.
std::set<std::string> label_keys(bool turned) {
  std::set<std::string> all;
  for (const FormItem& item : form_table()) {
    const std::string key = read_label(item.label).key;
    all.insert(turned ? std::string(key.rbegin(), key.rend()) : key);
  }
  return all;
}

// The beginning or the end of a label, or all of it.
bool is_piece_of_label(const std::string& text) {
  if (text.size() > 120) return false;
  const Label label = read_label(text);
  if (label.key.size() <= 3) return true;  // 無, and a number alone
  if (label.key.size() < kLeastPiece) return false;
  // Keys that begin alike stand together, and those that end alike among the turned ones.
  static const std::set<std::string> keys = label_keys(false), turned = label_keys(true);
  const auto begins_any = [](const std::set<std::string>& all, const std::string& piece) {
    const auto at = all.lower_bound(piece);
    return at != all.end() && at->starts_with(piece);
  };
  return begins_any(keys, label.key) ||
         begins_any(turned, std::string(label.key.rbegin(), label.key.rend()));
}

struct Field {
  Text& value;
  bool company;  // may name one
  const char* name;
};

std::array<Field, 5> fields_of(Contract& row) {
  return {{{row.title, true, "名称"},
           {row.description, true, "委託内容"},
           {row.disclosure, false, "委託先名の確認方法"},
           {row.subcontract.approval, false, "再委託の許諾方法"},
           {row.subcontract.scope, false, "再委託事項"}}};
}

bool is_dash(const std::string& text) { return text == "－" || text == "-" || text == "ー"; }

bool misplaced(const Field& field) {
  if (!field.value || is_dash(*field.value)) return false;
  if (is_piece_of_label(*field.value)) return true;
  return !field.company && field.value->size() < 150 && looks_like_company(*field.value);
}

}  // namespace

void sift_contracts(const Source& source, Assessment& assessment) {
  if (!has_form_feeds(source.lines)) return;
  for (std::size_t f = 0; f < assessment.files.size(); ++f) {
    std::vector<Contract>& rows = assessment.files[f].contracts.rows;
    std::size_t found = 0;
    for (Contract& row : rows) {
      for (const Field& field : fields_of(row)) found += misplaced(field);
    }
    const bool woven = found >= kFew && found * 3 >= rows.size();
    for (Contract& row : rows) {
      for (const Field& field : fields_of(row)) {
        if (!field.value || !(woven || misplaced(field)) || is_dash(*field.value)) continue;
        field.value.reset();
        assessment.warnings.push_back("ファイル" + std::to_string(f + 1) + " 委託事項" +
                                      std::to_string(row.no) + " " + field.name +
                                      ": 行が入り組んでいるため、どの値か判別できません");
      }
    }
  }
}

}  // namespace pia
