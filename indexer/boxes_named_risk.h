// Texts of the risk chapters that are headed by a risk: "＜不適切な方法で…リスクに対する措置＞ …".
// A risk that the form itself does not print belongs to その他のリスク, and nowhere else.

#ifndef PIA_INDEXER_BOXES_NAMED_RISK_H_
#define PIA_INDEXER_BOXES_NAMED_RISK_H_

#include <string_view>

#include "indexer/boxes_lexicon.h"

namespace pia::boxes {

enum class NamedRisk : unsigned char { None, Printed, Other };

// Of a text's key.
NamedRisk named_risk(std::u32string_view text, const Lexicon& lexicon);

bool asks_for_other_risks(
    const FormItem& item);  // …におけるその他のリスク及びそのリスクに対する措置

// How badly such a text suits an item; negative: well.
double named_risk_cost(NamedRisk risk, const FormItem& item);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_NAMED_RISK_H_
