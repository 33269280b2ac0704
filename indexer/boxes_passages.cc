#include "indexer/boxes_passages.h"

#include <algorithm>
#include <span>
#include <tuple>
#include <vector>

#include "indexer/boxes_build.h"
#include "indexer/boxes_text.h"
#include "indexer/boxes_warnings.h"

namespace pia::boxes {
namespace {

struct Item {
  int node = -1, instance = -1, label = -1;  // label: fragment, -1 if it is not on the page
  auto operator<=>(const Item&) const = default;
};

class Collector {
 public:
  Collector(const Reading& reading, const Lexicon& lexicon, int open_node, const Source& source)
      : r_(reading),
        f_(reading.fragments),
        form_(*lexicon.form),
        lexicon_(lexicon),
        source_(source) {
    current_.node = open_node;
  }

  std::vector<Passage> run() {
    mark_values();
    std::vector<Member> members;
    members.reserve(f_.size());
    for (std::size_t i = 0; i < f_.size(); ++i) {
      const Item item = item_of(i);
      members.push_back({form_order(item), item, i});
    }
    std::sort(members.begin(), members.end());
    std::vector<Passage> out;
    for (auto begin = members.begin(); begin != members.end();) {
      const auto end = std::find_if(begin, members.end(),
                                    [&](const Member& m) { return m.item != begin->item; });
      out.push_back(passage({begin, end}));
      begin = end;
    }
    return out;
  }

 private:
  // A fragment, in the order of the form, then of the text.
  struct Member {
    std::tuple<int, int, int> order;
    Item item;
    std::size_t fragment = 0;
    auto operator<=>(const Member&) const = default;
  };

  void mark_values() {
    of_value_.resize(f_.size(), nullptr);
    for (const Slot& slot : r_.slots) {
      for (const Part& v : slot.values) of_value_[static_cast<std::size_t>(v.fragment)] = &slot;
    }
  }

  Item item_of(std::size_t i) {
    if (r_.resolved.contents) return {};
    if (r_.resolved.node[i] >= 0) {
      return current_ = {r_.resolved.node[i], r_.resolved.instance[i], static_cast<int>(i)};
    }
    if (const Slot* slot = of_value_[i]) return {slot->node, slot->instance, slot->fragment};
    if (f_[i].what == What::Box && r_.resolved.instance[i] >= 0) return ticks_of(i);
    return current_;
  }

  // A box belongs to the item of its instance that lists it.
  Item ticks_of(std::size_t box) const {
    const int instance = r_.resolved.instance[box];
    for (std::size_t k = 0; k < f_.size(); ++k) {
      if (r_.resolved.instance[k] != instance || r_.resolved.node[k] < 0) continue;
      const auto& words = lexicon_.node_boxes[static_cast<std::size_t>(r_.resolved.node[k])];
      if (std::find(words.begin(), words.end(), f_[box].word) != words.end()) {
        return {r_.resolved.node[k], instance, static_cast<int>(k)};
      }
    }
    return {r_.resolved.instances[static_cast<std::size_t>(instance)].node, instance, -1};
  }

  int repeat(const Item& item) const {
    return item.instance < 0
               ? 0
               : r_.resolved.instances[static_cast<std::size_t>(item.instance)].repeat;
  }

  std::tuple<int, int, int> form_order(const Item& item) const {
    const int group = item.node < 0 ? -1 : form_.repeating_group_of(item.node);
    return {group >= 0 ? group : item.node, group >= 0 ? repeat(item) : 0, item.node};
  }

  std::string path(const Item& item) const {
    if (r_.resolved.contents) return "項目一覧";
    if (item.node < 0) return "表紙";
    return printed_path(r_, form_, item.node, item.instance, item.label);
  }

  Passage passage(std::span<const Member> members) const {
    Passage out;
    out.item = path(members.front().item);
    std::size_t size = 0;
    for (const Member& member : members)
      size += f_[member.fragment].text.size() + f_[member.fragment].tail.size() + 2;
    out.text.reserve(size);
    int line = -1;
    for (const Member& member : members) {
      const Fragment& f = f_[member.fragment];
      if (!out.text.empty()) out.text.push_back(f.first_line == line ? ' ' : '\n');
      out.text += f.text;
      if (!f.tail.empty()) out.text.append(" ").append(f.tail);
      line = f.last_line;
      extend(out.where, place_of(source_, f.first_line, f.last_line));
    }
    return out;
  }

  const Reading& r_;
  const std::vector<Fragment>& f_;
  const Form& form_;
  const Lexicon& lexicon_;
  const Source& source_;
  Item current_;
  std::vector<const Slot*> of_value_;  // by fragment; nullptr: of no slot
};

}  // namespace

std::vector<Passage> passages_of_boxes(const std::vector<Box>& boxes, const std::string& item,
                                       const Source& source) {
  std::vector<Passage> out;
  for (const Box& box : boxes) {
    Passage passage;
    passage.item = item;
    std::vector<std::string_view> lines;
    for (const Piece& piece : box.pieces) {
      lines.push_back(piece.text);
      extend(passage.where, place_of(source, piece.line, piece.line));
    }
    passage.text = join_lines(lines);
    if (!passage.text.empty()) out.push_back(std::move(passage));
  }
  return out;
}

std::vector<Passage> passages_of(const Reading& reading, const Lexicon& lexicon, int open_node,
                                 const Source& source) {
  return Collector(reading, lexicon, open_node, source).run();
}

}  // namespace pia::boxes
