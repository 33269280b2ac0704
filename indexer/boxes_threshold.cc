#include "indexer/boxes_threshold.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "indexer/boxes_build.h"
#include "indexer/boxes_text.h"
#include "indexer/form.h"

namespace pia::boxes {

void find_threshold_result(std::span<const Page> pages, const Source& source, Assessment& out) {
  if (out.procedure.threshold_result) return;
  const auto table = form_table();
  const auto item = std::find_if(table.begin(), table.end(), [](const FormItem& each) {
    return std::string_view(each.pointer) == "/procedure/threshold/result";
  });
  if (item == table.end()) return;
  std::vector<std::pair<std::u32string, std::string_view>> options;
  std::size_t longest = 0;
  for (const std::string_view option : options_of(*item)) {
    options.emplace_back(key(option), option);
    longest = std::max(longest, options.back().first.size() + 2);  // in brackets
  }
  const Box* found = nullptr;
  std::string result;
  for (const Page& page : pages) {
    for (const Box& box : page.boxes) {
      std::u32string text;
      for (const Piece& piece : box.pieces) {
        if (text.size() > longest) break;
        text += key(piece.text);
      }
      if (text.starts_with(U"[") && text.ends_with(U"]")) text = text.substr(1, text.size() - 2);
      for (const auto& [words, option] : options) {
        if (words != text) continue;
        if (found != nullptr) return;
        found = &box;
        result = std::string(option);
      }
    }
  }
  if (found == nullptr) return;
  out.procedure.threshold_result = result;
  out.places["/procedure/threshold/result"] =
      place_of(source, found->first_line(), found->last_line());
  out.reasons["/procedure/threshold/result"] = "the one choice of the item that stands alone";
}

}  // namespace pia::boxes
