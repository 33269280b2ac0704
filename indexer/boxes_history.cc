// A row's item ends with the label it is about (…委託事項１③委託先名); a row that adds a whole
// 委託事項 or システム has the labels inside its text:
//
//   申請管理システム運用保守業務委託
//   ①委託内容
//   　ハードウェアの保守
//   ③委託先名
//   　株式会社…

#include "indexer/boxes_history.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

using View = std::u32string_view;

struct Facts {
  // (node, repeat) → its text, of each wording of its label: a row may cite an older one.
  std::map<std::pair<int, int>, std::map<int, std::u32string>> value;
  std::set<std::u32string> places;  // texts that are said to stand anywhere
};

class FactReader {
 public:
  explicit FactReader(const Lexicon& lexicon) : lexicon_(lexicon) {}

  void row(const Revision& r) {
    if (!r.item || !r.after) return;
    const std::u32string item = key(*r.item);
    const int repeat = number_behind_group(item);
    const int word = last_label(item);
    const std::u32string after = key(*r.after);
    if (word >= 0) put(word, repeat, after, item);
    if (repeat > 0) inner(*r.after, repeat, item);
  }

  Facts take() { return std::move(facts_); }

 private:
  // 方法 stands in two sections: where the item names the section of one, only there.
  void put(int word, int repeat, const std::u32string& text, View item) {
    if (text.empty() || text.size() > 400) return;
    const std::vector<int>& nodes = lexicon_.labels[static_cast<std::size_t>(word)].nodes;
    const auto named = [&](int node) { return names_heading(item, node); };
    const bool any = nodes.size() > 1 && std::any_of(nodes.begin(), nodes.end(), named);
    for (const int node : nodes) {
      if (!any || named(node)) facts_.value[{node, repeat}][word] = text;
    }
  }

  bool names_heading(View item, int node) const {
    const int parent = lexicon_.form->node(node).parent;
    if (parent < 0) return false;
    const FormItem& heading = *lexicon_.form->node(parent).item;
    std::string_view wordings = heading.variants;
    if (item.find(key(heading.label)) != View::npos) return true;
    while (!wordings.empty()) {
      const std::size_t bar = wordings.find('|');
      if (item.find(key(wordings.substr(0, bar))) != View::npos) return true;
      wordings = bar == std::string_view::npos ? std::string_view{} : wordings.substr(bar + 1);
    }
    return false;
  }

  // 3 of 委託事項3, システム3, 提供先3 …; 0 if there is none.
  static int number_behind_group(View item) {
    for (const View group : {U"委託事項", U"システム", U"提供先", U"移転先"}) {
      for (std::size_t at = item.rfind(group); at != View::npos;
           at = at == 0 ? View::npos : item.rfind(group, at - 1)) {
        std::size_t i = at + group.size();
        int n = 0;
        while (i < item.size() && is_digit(item[i]) && n < 100)
          n = n * 10 + static_cast<int>(item[i++] - '0');
        if (n > 0) return n;
      }
    }
    return 0;
  }

  // The label that the item ends with, closing brackets aside.
  int last_label(View item) const {
    while (!item.empty() && (item.back() == ')' || item.back() == U'」' || item.back() == ']'))
      item.remove_suffix(1);
    int best = -1;
    std::size_t longest = 1;
    for (std::size_t id = 0; id < lexicon_.labels.size(); ++id) {
      const std::u32string& word = lexicon_.labels[id].key;
      if (word.size() > longest && item.ends_with(word))
        longest = word.size(), best = static_cast<int>(id);
    }
    if (best >= 0) return best;
    // 委託事項3 itself: its title.
    std::size_t i = item.size();
    while (i > 0 && is_digit(item[i - 1])) --i;
    return i < item.size() && item.substr(0, i).ends_with(U"委託事項") ? label(U"委託事項") : -1;
  }

  int label(View wanted) const {
    for (std::size_t id = 0; id < lexicon_.labels.size(); ++id) {
      if (lexicon_.labels[id].key == wanted) return static_cast<int>(id);
    }
    return -1;
  }

  // Lines "①委託内容" and what follows them.
  void inner(std::string_view text, int repeat, View item) {
    int word = item.find(U"委託事項") != View::npos ? label(U"委託事項") : -1;
    std::u32string value;
    bool any = false;
    const auto close = [&] {
      if (word >= 0 && any) put(word, repeat, value, item);
      value.clear();
    };
    std::u32string first = value;
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      const std::u32string line = key(text.substr(0, end));
      if (const int found = label_line(line); found >= 0) {
        any = true;  // before the first label stands the title
        close();
        word = found;
      } else {
        value += line;
      }
      if (end == std::string_view::npos) break;
      text.remove_prefix(end + 1);
    }
    close();
  }

  int label_line(View line) const {
    if (line.size() < 3 || circled_number(line[0]) == 0) return -1;
    return label(line.substr(1));
  }

  const Lexicon& lexicon_;
  Facts facts_;
};

}  // namespace

Evidence history_evidence(const std::vector<Revision>& rows, const Lexicon& lexicon) {
  FactReader reader(lexicon);
  for (const Revision& row : rows) reader.row(row);
  auto facts = std::make_shared<Facts>(reader.take());
  if (facts->value.empty()) return {};
  for (const auto& [place, told] : facts->value) {
    for (const auto& [word, text] : told) facts->places.insert(text);
  }
  return [facts](int node, int repeat, const std::u32string& k) -> double {
    const auto at = facts->value.find({node, repeat});
    if (at != facts->value.end() && std::any_of(at->second.begin(), at->second.end(),
                                                [&](const auto& told) { return told.second == k; }))
      return -4;
    if (repeat > 0 && k.size() >= 4 && facts->places.contains(k)) return 2;
    return at == facts->value.end() ? 0 : 0.3;
  };
}

}  // namespace pia::boxes
