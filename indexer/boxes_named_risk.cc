#include "indexer/boxes_named_risk.h"

#include <algorithm>

namespace pia::boxes {
namespace {

using View = std::u32string_view;

constexpr View kRisk = U"リスク";
constexpr std::size_t kLongestName = 45;

// 不適切な方法で入手が行われるリスク, in the first line; empty if that names none.
View name_of_risk(View text) {
  // A heading of systems may stand above it: 【…から申請する場合の措置】.
  if (text.starts_with(U"【")) {
    const std::size_t end = text.find(U'】');
    if (end != View::npos && text.substr(0, end).find(kRisk) == View::npos)
      text.remove_prefix(end + 1);
  }
  const std::size_t begin = text.find_first_not_of(U"<【[(・･◆■●○〇◎1234567890.)");
  if (begin == View::npos) return {};
  text.remove_prefix(begin);
  const std::size_t end = text.find(kRisk);
  if (end == View::npos || end < 6 || end > kLongestName) return {};
  text = text.substr(0, end + kRisk.size());
  return text.find_first_of(U"。>】]:・<") == View::npos ? text : View();
}

}  // namespace

NamedRisk named_risk(View text, const Lexicon& lexicon) {
  const View risk = name_of_risk(text);
  if (risk.empty()) return NamedRisk::None;
  const bool printed =
      std::any_of(lexicon.labels.begin(), lexicon.labels.end(), [&](const LabelWord& word) {
        return word.key.find(risk) != View::npos ||
               (word.key.ends_with(kRisk) && risk.find(word.key) != View::npos);
      });
  return printed ? NamedRisk::Printed : NamedRisk::Other;
}

bool asks_for_other_risks(const FormItem& item) {
  return std::string_view(item.label).ends_with("リスク及びそのリスクに対する措置");
}

double named_risk_cost(NamedRisk risk, const FormItem& item) {
  if (risk == NamedRisk::None) return 0;
  if (asks_for_other_risks(item)) return risk == NamedRisk::Other ? -2.5 : 1.5;
  return risk == NamedRisk::Other ? 2.0 : 0.0;
}

}  // namespace pia::boxes
