#include "indexer/boxes_items.h"

#include <algorithm>

#include "indexer/boxes_kinship.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

using View = std::u32string_view;

View head(View label) { return label.substr(0, label.find(U'(')); }

// ・, 1., (2), ①: nothing else stands before a label.
View without_marks(View line) {
  const std::size_t begin = line.find_first_not_of(U"・･-*●○◆■1234567890.)(、");
  if (begin == View::npos) return {};
  // 5情報 begins with a number itself.
  const std::size_t five = line.find(U"情報");
  if (five != View::npos && five > 0 && five == begin && is_digit(line[five - 1]))
    return line.substr(five - 1);
  if (circled_number(line[begin]) > 0) return line.substr(begin + 1);
  return line.substr(begin);
}

// The label that the text is, or begins with; npos if none.
std::size_t label_at(View text, const std::vector<std::u32string>& labels) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const View name = head(labels[i]);
    if (!text.starts_with(name)) continue;
    if (text.size() == name.size()) return i;
    const char32_t next = text[name.size()];
    if (View(U"(:、・…").find(next) != View::npos) return i;
  }
  return static_cast<std::size_t>(-1);
}

}  // namespace

std::set<std::u32string> items_named(const Fragment& text,
                                     const std::vector<std::u32string>& labels) {
  std::set<std::u32string> out;
  for (const TextLine& text_line : text.lines) {
    const std::u32string line = key(text_line.text);
    const View entry = without_marks(line);
    const std::size_t first = label_at(entry, labels);
    if (first == static_cast<std::size_t>(-1)) continue;
    std::set<std::u32string> here{labels[first]};
    // 個人番号、その他識別情報（内部番号）: all of them, or it is a sentence about the first.
    for (const std::u32string& part : split_at(entry, U"、")) {
      const std::size_t i = label_at(part, labels);
      if (i == static_cast<std::size_t>(-1)) break;
      here.insert(labels[i]);
    }
    out.insert(here.begin(), here.end());
  }
  if (out.size() < 2) out.clear();
  return out;
}

}  // namespace pia::boxes
