// 主な記録項目 by その妥当性: its text goes through the ticked items one by one (・地方税関係情報,
// 【識別情報】 ・個人番号、その他識別情報), so it tells of a torn box that it is ticked.

#ifndef PIA_INDEXER_BOXES_ITEMS_H_
#define PIA_INDEXER_BOXES_ITEMS_H_

#include <set>
#include <string>
#include <vector>

#include "indexer/boxes_fragments.h"

namespace pia::boxes {

// The labels that begin a line of the text behind its marks, or stand in a line of labels only.
// Empty unless there are two of them at least. `labels` are keys; what stands in their brackets is
// left aside (連絡先（電話番号等）).
std::set<std::u32string> items_named(const Fragment& text,
                                     const std::vector<std::u32string>& labels);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_ITEMS_H_
