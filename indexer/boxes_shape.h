// What a text looks like, and how well that suits an item of the form: a department has 課 or 部 in
// its name, a legal basis names a law, a contractor is a company.

#ifndef PIA_INDEXER_BOXES_SHAPE_H_
#define PIA_INDEXER_BOXES_SHAPE_H_

#include <string>
#include <string_view>

#include "indexer/form.h"

namespace pia::boxes {

bool is_dash(std::string_view text);  // － - ― and nothing else
bool looks_like_date(
    std::u32string_view key);  // 令和7年2月27日, 平成27年10月, 2025.2.27 (with 時点, 予定)
bool looks_like_count(std::u32string_view key);  // 3, （6）件
bool looks_like_company(std::u32string_view key);
int count_in(std::u32string_view key);  // the number of looks_like_count; -1 if there is none

// Printed by the form itself inside a cell: ・識別情報, （, ） 件.
bool is_furniture(std::u32string_view key);

// 0 is neutral, negative suits, positive does not; the scale is that of BoxAssign's costs.
double shape_cost(const FormItem& item, std::u32string_view key);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_SHAPE_H_
