#include "indexer/boxes_warnings.h"

#include <algorithm>

namespace pia::boxes {
namespace {

std::string where(const Place& first, const Place& last) {
  const auto range = [](int from, int to, const char* unit) {
    return "（" + std::to_string(from) + (to > from ? "～" + std::to_string(to) : "") + unit + "）";
  };
  if (first.first_line > 0) return range(first.first_line, last.last_line, "行目");
  if (first.page > 0) return range(first.page, last.page, "頁");
  return {};
}

// The tick item of the box: of its instance if that is known, else the one of the page that has
// such a box; -1 if neither tells.
int node_of_box(const Reading& reading, const Lexicon& lexicon, std::size_t fragment) {
  const int word = reading.fragments[fragment].word;
  const auto has = [&](int node) {
    const auto& words = lexicon.node_boxes[static_cast<std::size_t>(node)];
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  const int instance = reading.resolved.instance[fragment];
  if (instance >= 0) {
    const int owner = reading.resolved.instances[static_cast<std::size_t>(instance)].node;
    for (int node = owner; node < static_cast<int>(lexicon.node_boxes.size()); ++node) {
      if (has(node)) return node;
    }
    return owner;
  }
  for (const int node : reading.resolved.node) {
    if (node >= 0 && has(node)) return node;
  }
  return -1;
}

}  // namespace

std::string printed_path(const Reading& reading, const Form& form, int node, int instance,
                         int label) {
  PrintedPath printed;
  if (label >= 0 && form.node(node).item->level == Level::Item)
    printed.item = reading.fragments[static_cast<std::size_t>(label)].number;
  const int repeat =
      instance < 0 ? 0 : reading.resolved.instances[static_cast<std::size_t>(instance)].repeat;
  if (const int group = form.repeating_group_of(node); group >= 0 && repeat > 0)
    printed.group = std::string(form.node(group).item->label) + std::to_string(repeat);
  return item_path(form, node, printed);
}

std::string path_of_box(const Reading& reading, const Lexicon& lexicon, int fragment) {
  const auto box = static_cast<std::size_t>(fragment);
  const int node = node_of_box(reading, lexicon, box);
  if (node < 0) return "箱";
  const int instance = reading.resolved.instance[box];
  int label = -1;
  for (std::size_t i = 0; i < reading.fragments.size(); ++i) {
    if (reading.resolved.node[i] == node && reading.resolved.instance[i] == instance)
      label = static_cast<int>(i);
  }
  return printed_path(reading, *lexicon.form, node, instance, label);
}

std::string several_values_fit(const std::string& path, const Place& place) {
  return path + ": 当てはまる記載が複数あり、どの値か判別できません" + where(place, place);
}

void UncertainBoxes::add(const std::string& path, const std::string& box, const Place& place) {
  auto item = std::find_if(items_.begin(), items_.end(),
                           [&](const Item& known) { return known.path == path; });
  if (item == items_.end()) {
    items_.push_back({path, {box}, place, place});
    return;
  }
  item->boxes.push_back(box);
  if (place.first_line < item->first.first_line) item->first = place;
  if (place.last_line > item->last.last_line) item->last = place;
}

void UncertainBoxes::forget(const std::string& path, const std::string& box) {
  for (Item& item : items_) {
    if (item.path == path) std::erase(item.boxes, box);
  }
}

std::vector<std::string> UncertainBoxes::take() {
  std::vector<std::string> out;
  for (const Item& item : items_) {
    std::string boxes;
    for (const std::string& box : item.boxes) boxes += (boxes.empty() ? "" : "、") + box;
    if (boxes.empty()) continue;
    out.push_back(item.path + ": 印の有無を判別できない箱があります: " + boxes +
                  where(item.first, item.last));
  }
  items_.clear();
  return out;
}

}  // namespace pia::boxes
