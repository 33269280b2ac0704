#include "indexer/boxes_lexicon.h"

#include <algorithm>
#include <map>

#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t bar = text.find('|');
    out.push_back(text.substr(0, bar));
    if (bar == std::string_view::npos) break;
    text.remove_prefix(bar + 1);
  }
  return out;
}

void add_labels(Lexicon& lexicon) {
  std::map<std::u32string, std::vector<int>> nodes_of;
  const auto nodes = lexicon.form->nodes();
  for (std::size_t id = 0; id < nodes.size(); ++id) {
    const FormItem& item = *nodes[id].item;
    nodes_of[key(item.label)].push_back(static_cast<int>(id));
    for (const std::string_view variant : split(item.variants)) {
      std::vector<int>& list = nodes_of[key(variant)];
      if (list.empty() || list.back() != static_cast<int>(id)) list.push_back(static_cast<int>(id));
    }
  }
  for (auto& [word, list] : nodes_of) {
    lexicon.label_index.add(word, static_cast<int>(lexicon.labels.size()));
    lexicon.labels.push_back({word, std::move(list)});
  }
  lexicon.label_index.finish();
}

void add_options(Lexicon& lexicon, Answer answer, std::vector<OptionWord>& words, WordIndex& index,
                 std::vector<std::vector<int>>& of_node, bool keep_order) {
  std::map<std::u32string, int> ids;
  const auto nodes = lexicon.form->nodes();
  of_node.resize(nodes.size());
  for (std::size_t id = 0; id < nodes.size(); ++id) {
    if (nodes[id].item->answer != answer) continue;
    for (const std::string_view option : split(nodes[id].item->options)) {
      const auto [at, fresh] = ids.try_emplace(key(option), static_cast<int>(words.size()));
      if (fresh) {
        index.add(at->first, at->second);
        words.push_back({at->first, std::string(option)});
      }
      of_node[id].push_back(at->second);
    }
    if (!keep_order) std::sort(of_node[id].begin(), of_node[id].end());
  }
  index.finish();
}

Lexicon make(Kind kind) {
  Lexicon lexicon;
  lexicon.form = &Form::of(kind);
  const auto nodes = lexicon.form->nodes();
  for (std::size_t id = 0; id < nodes.size(); ++id) {
    lexicon.by_pointer[nodes[id].item->pointer].push_back(static_cast<int>(id));
    lexicon.node_numbers.push_back({key(nodes[id].number), is_circled(nodes[id].number)});
  }
  add_labels(lexicon);
  add_options(lexicon, Answer::Choice, lexicon.choices, lexicon.choice_index, lexicon.node_choices,
              false);
  add_options(lexicon, Answer::Ticks, lexicon.boxes, lexicon.box_index, lexicon.node_boxes, true);
  return lexicon;
}

}  // namespace

void WordIndex::add(const std::u32string& word, int id) {
  if (!word.empty()) words_[word.front()].emplace_back(word.size(), id);
}

void WordIndex::finish() {
  for (auto& [first, words] : words_) {
    std::stable_sort(words.begin(), words.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [size, id] : words) by_first_[first].push_back(id);
  }
  words_.clear();
}

const std::vector<int>& WordIndex::starting_with(char32_t c) const {
  static const std::vector<int> kNone;
  const auto at = by_first_.find(c);
  return at == by_first_.end() ? kNone : at->second;
}

const Lexicon& Lexicon::of(Kind kind) {
  static const Lexicon basic = make(Kind::Basic), priority = make(Kind::Priority),
                       full = make(Kind::Full);
  return kind == Kind::Basic ? basic : kind == Kind::Priority ? priority : full;
}

bool Lexicon::takes(int node, int choice) const {
  const std::vector<int>& list = node_choices[static_cast<std::size_t>(node)];
  return std::binary_search(list.begin(), list.end(), choice);
}

const std::vector<int>& Lexicon::at(std::string_view pointer) const {
  static const std::vector<int> kNone;
  const auto found = by_pointer.find(pointer);
  return found == by_pointer.end() ? kNone : found->second;
}

}  // namespace pia::boxes
