// The form's own words, ready to be met in running text: labels, words of choice lists and labels
// of tick boxes, all from the table of form.h.

#ifndef PIA_INDEXER_BOXES_LEXICON_H_
#define PIA_INDEXER_BOXES_LEXICON_H_

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/form.h"

namespace pia::boxes {

struct LabelWord {
  std::u32string key;      // boxes_text key(): folded, no white space
  std::vector<int> nodes;  // of Form, in form order
};

struct OptionWord {
  std::u32string key;
  std::string printed;  // as the form prints it
};

// The number that the form prints before a label.
struct NodeNumber {
  std::u32string key;  // empty if it has none
  bool circled = false;
};

// Longest-match look-up of words by their first character.
class WordIndex {
 public:
  void add(const std::u32string& key, int id);
  void finish();  // longest first
  // The ids whose word may start with this character, longest word first.
  const std::vector<int>& starting_with(char32_t c) const;

 private:
  std::unordered_map<char32_t, std::vector<std::pair<std::size_t, int>>> words_;
  std::unordered_map<char32_t, std::vector<int>> by_first_;
};

// One for each form; immutable, safe to share between threads.
struct Lexicon {
  const Form* form = nullptr;
  std::vector<LabelWord> labels;
  std::vector<OptionWord> choices, boxes;
  WordIndex label_index, choice_index, box_index;
  std::vector<std::vector<int>> node_choices;  // node → ids of its choices, sorted
  std::vector<std::vector<int>> node_boxes;    // node → ids of its boxes, in the form's order

  std::vector<NodeNumber> node_numbers;

  static const Lexicon& of(Kind kind);
  bool takes(int node, int choice) const;  // the choice is one of the node's
  // Nodes by pointer, in form order; empty if the form has no such item.
  const std::vector<int>& at(std::string_view pointer) const;
  std::unordered_map<std::string_view, std::vector<int>> by_pointer;
};

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_LEXICON_H_
