// Which lines of a text with columns belong to which label.

#ifndef PIA_INDEXER_COLUMNS_VALUES_H_
#define PIA_INDEXER_COLUMNS_VALUES_H_

#include <vector>

#include "indexer/columns_labels.h"

namespace pia::columns {

// What is left of a line when its labels are taken out.
struct ValueLine {
  std::size_t line = 0;
  std::vector<Word> words;
  int begin() const { return words.front().begin; }
};

struct Assigned {
  std::vector<ValueLine> head;                 // before the first label
  std::vector<std::vector<ValueLine>> values;  // by label
};

Assigned assign_values(const std::vector<Line>& lines, const std::vector<LabelAt>& labels,
                       const Form& form);

// A word that begins an option of a choice list: ＜選択肢＞, "1）", "2)".
bool begins_option(const Word& word);

}  // namespace pia::columns

#endif  // PIA_INDEXER_COLUMNS_VALUES_H_
