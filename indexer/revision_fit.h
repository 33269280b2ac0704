// Whether a cell of the change table can be what an item's row tells as before or after: an item
// that is answered by a choice or a date has no paragraph, and a bare choice or date answers no
// other item.

#ifndef PIA_INDEXER_REVISION_FIT_H_
#define PIA_INDEXER_REVISION_FIT_H_

#include <string_view>

namespace pia {

enum class Fit { No, Unknown, Yes };

struct FormItem;

// The item of the forms that a row's item ends with ("Ⅰ基本情報（… ③対象人数）" → 対象人数);
// nullptr if none. `item` is a key (boxes_text.h), as `value` below. The result lives as long as
// the program.
const FormItem* named_item(std::u32string_view item);

// Whether an item breaks off inside a label and `next` takes it up: …５．評価実 |
// 施機関における担当部署.
bool label_goes_on(std::u32string_view item, std::u32string_view next);

// Whether `next` is, to the letter, the label of a part of the item: 重大事故が発生したか |
// その内容.
bool names_part(std::u32string_view item, std::u32string_view next);

// Whether a key is, to the letter, one of the choices of some item: 1万人以上10万人未満.
bool is_choice(std::u32string_view value);

// A null item or an empty value is Unknown.
Fit fits(const FormItem* item, std::u32string_view value);

}  // namespace pia

#endif  // PIA_INDEXER_REVISION_FIT_H_
