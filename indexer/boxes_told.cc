#include "indexer/boxes_told.h"

#include <algorithm>

#include "indexer/boxes_text.h"

namespace pia::boxes {

using View = std::u32string_view;

std::vector<ToldBox> told_boxes(View text, const Lexicon& lexicon) {
  std::vector<ToldBox> out;
  for (std::size_t at = text.find(U']'); at != View::npos; at = text.find(U']', at + 1)) {
    const View before = text.substr(0, at + 1);
    const bool ticked = before.ends_with(U"[○]") || before.ends_with(U"[〇]");
    if (!ticked && !before.ends_with(U"[]")) continue;
    const View behind = text.substr(at + 1);
    const OptionWord* longest = nullptr;
    for (const OptionWord& box : lexicon.boxes) {
      if (behind.starts_with(box.key) &&
          (longest == nullptr || box.key.size() > longest->key.size()))
        longest = &box;
    }
    if (longest == nullptr) continue;
    ToldBox told{longest->key, ticked, {}};
    const View rest = behind.substr(longest->key.size());
    if (rest.starts_with(U"(")) told.inside = rest.substr(1, rest.find(U')') - 1);
    out.push_back(std::move(told));
  }
  return out;
}

ToldFileBoxes::ToldFileBoxes(const std::vector<Revision>& history, const Lexicon& lexicon) {
  for (const Revision& row : history) {
    if (!row.item || !row.after) continue;
    const std::u32string item = key(*row.item);
    for (const std::string_view pointer :
         {"/files/*/items", "/files/*/sources", "/files/*/means"}) {
      for (const int node : lexicon.at(pointer)) {
        if (item.find(key(lexicon.form->node(node).item->label)) == View::npos) continue;
        for (ToldBox& box : told_boxes(key(*row.after), lexicon))
          rows_.push_back({pointer, item, row.date.value_or(""), std::move(box)});
        break;
      }
    }
  }
  std::stable_sort(rows_.begin(), rows_.end(),
                   [](const Row& a, const Row& b) { return a.date < b.date; });
}

const ToldBox* ToldFileBoxes::find(std::string_view pointer, View label, View file) const {
  for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
    if (row->pointer == pointer && row->box.label == label &&
        row->item.find(file) != std::u32string::npos)
      return &row->box;
  }
  return nullptr;
}

}  // namespace pia::boxes
