#include "indexer/entries_match.h"

#include <string_view>

#include "indexer/utf8.h"
#include "indexer/values.h"

namespace pia {
namespace {

bool is_circled(std::string_view number) {
  std::size_t at = 0;
  if (number.empty()) return false;
  const char32_t c = next_char(number, at);
  return c >= U'①' && c <= U'⑳';
}

bool is_digits(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if ((c < U'0' || c > U'9') && (c < U'０' || c > U'９')) return false;
  }
  return !text.empty();
}

// "①", "４", "４．", "Ⅱ"
bool is_bare_number(std::string_view text) {
  const Label label = read_label(std::string(text) + "　特");
  return !label.number.empty() && label.key == "特";
}

bool is_repeating_heading(std::string_view text) {
  const Label label = read_label(std::string(text) + "1");
  return label.repeat == 1 && !label.range && label.number.empty();
}

}  // namespace

Match LabelMatcher::match(const SourceCell& cell, bool first, bool alone, int below,
                          int current) const {
  Match found;
  if (cell.text.size() > 600) return found;
  found.label = read_label(cell.text);
  if (found.label.key.empty()) return found;
  std::span<const int> nodes = form_.find(found.label.key);
  found.node = form_.resolve(found.label, current, nodes);
  if (found.node >= 0 && accepts(found.label, found.node, first, alone, below, current))
    return found;
  found.node = -1;
  if (first) match_prefix(cell.text, current, found);  // reads found.label
  return found;
}

bool LabelMatcher::accepts(const Label& label, int id, bool first, bool alone, int below,
                           int current) const {
  const FormNode& node = form_.node(id);
  const FormItem& item = *node.item;
  if (item.level == Level::Group && item.answer == Answer::Prose && label.repeat == 0) return false;
  // システム1, 委託事項2 need their number; 提供先 alone is a word.
  if (item.label == std::string_view("システム") && label.repeat == 0) return false;
  const bool numbered = *node.number != '\0';
  if (label.number.empty() && numbered && item.level != Level::Group) {
    // A heading that lost its number stands alone or at the left; a box of ticks does not.
    if (!first || (current >= 0 && is_option(id, current))) return false;
    if (item.level == Level::Item && alone) return false;
    if (label.key.size() < 9) return false;
  }
  if (item.level == Level::Chapter && !label.number.empty()) return first;
  if (item.level == Level::Chapter && !alone) return false;
  if (!first && below >= 0) {
    // Behind a label only what stands below it, or beside it on the cover.
    if (form_.is_below(id, below) || form_.node(below).parent == node.parent) return true;
    return node.parent >= 0 && form_.node(below).item->answer == Answer::None;
  }
  return true;
}

bool LabelMatcher::is_option(int id, int current) const {
  const FormItem& item = *form_.node(current).item;
  if (item.answer != Answer::Ticks) return false;
  const std::string key = read_label(form_.node(id).item->label).key;
  for (std::string_view option : options_of(item)) {
    if (read_label(option).key == key) return true;
  }
  return false;
}

void LabelMatcher::match_prefix(const std::string& text, int current, Match& found) const {
  const Label label = found.label;
  std::size_t length = 0;
  const std::span<const int> nodes = form_.find_prefix(label.key, &length);
  if (nodes.empty()) return;
  // Where the key's first `length` bytes end in the text.
  std::size_t end = std::string::npos;
  for (std::size_t at = 0; at < text.size();) {
    next_char(text, at);
    const std::string head = read_label(std::string_view(text).substr(0, at)).key;
    if (head.size() >= length &&
        read_label(std::string_view(text).substr(0, at)).number == label.number) {
      if (head == label.key.substr(0, length)) end = at;
      break;
    }
    if (at > 400) break;
  }
  if (end == std::string::npos) return;
  Label own;
  own.number = label.number;
  own.key = label.key.substr(0, length);
  const FormItem& item = *form_.node(nodes[0]).item;
  if (item.level == Level::Group && *form_.node(nodes[0]).number == '\0') {
    std::size_t digits = end;
    while (digits < text.size()) {
      std::size_t next = digits;
      char32_t c = next_char(text, next);
      if (c >= 0xFF10 && c <= 0xFF19) c -= 0xFEE0;
      if (c < U'0' || c > U'9') break;
      own.repeat = own.repeat * 10 + static_cast<int>(c - U'0');
      digits = next;
    }
    if (own.repeat == 0 || own.repeat > 999) return;
    end = digits;
  }
  while (end < text.size() && text.compare(end, 3, "※") == 0) end += 3;
  std::size_t rest = end;
  const std::string_view behind = std::string_view(text).substr(end);
  if (behind.empty()) return;
  const char32_t next = next_char(text, rest);
  const bool box = trim(behind).starts_with("[") || trim(behind).starts_with("［");
  const bool spaced = is_label_space(next) || next == U'：' || next == U':';
  const int node = form_.resolve(own, current, nodes);
  if (node < 0) return;
  // "その必要性 ○○のため": only right below the item that it belongs to.
  const bool detail = own.number.empty() && form_.node(node).item->level == Level::Detail &&
                      current >= 0 &&
                      (form_.node(node).parent == current ||
                       form_.node(node).parent == form_.node(current).parent) &&
                      node > current;
  if (!box && !(spaced && (is_circled(own.number) || own.repeat > 0 || detail))) return;
  const bool numbered = *form_.node(node).number != '\0';
  if (numbered && own.number.empty()) return;
  found.node = node;
  found.label = own;
  found.rest = is_label_space(next) || next == U'：' || next == U':' ? rest : end;
}

std::string in_two_cells(const SourceCell& cell, const SourceCell& next) {
  const std::string head = trim(cell.text), tail = trim(next.text);
  if (head.size() > 24 || tail.size() > 300 || tail.empty()) return {};
  if (is_bare_number(head)) return head + "　" + tail;
  return is_repeating_heading(head) && is_digits(tail) ? head + tail : std::string();
}

}  // namespace pia
