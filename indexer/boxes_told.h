// Tick boxes as the change table prints them: "[○] その他（申請端末）" in 変更後の記載.

#ifndef PIA_INDEXER_BOXES_TOLD_H_
#define PIA_INDEXER_BOXES_TOLD_H_

#include <string>
#include <string_view>
#include <vector>

#include "indexer/assessment.h"
#include "indexer/boxes_lexicon.h"

namespace pia::boxes {

struct ToldBox {
  std::u32string label;  // key
  bool ticked = false;
  std::u32string inside;  // of its brackets, key
};

// In the order of the text, which is a key (boxes_text.h).
std::vector<ToldBox> told_boxes(std::u32string_view text, const Lexicon& lexicon);

// What the change table last said of the boxes of the files' items (入手元, 入手方法,
// 主な記録項目).
class ToldFileBoxes {
 public:
  ToldFileBoxes(const std::vector<Revision>& history, const Lexicon& lexicon);

  // nullptr if nothing was said. `file` is the key of the file's name, empty if there is one only.
  const ToldBox* find(std::string_view pointer, std::u32string_view label,
                      std::u32string_view file) const;

 private:
  struct Row {
    std::string_view pointer;  // of the form's table
    std::u32string item;
    std::string date;
    ToldBox box;
  };
  std::vector<Row> rows_;  // the latest last
};

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_TOLD_H_
