// Values in the label's own line are taken as they stand; the rest of a page is one assignment
// problem (boxes_assign). The cost of a pair grows with the logarithm of the distance in fragments:
// a label with its value next to it and another pair far apart is likelier than two pairs at middle
// distance. What is left over afterwards and follows a value directly is its next paragraph.

#include "indexer/boxes_read.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "indexer/boxes_assign.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

constexpr double kMargin = 0.45;  // a whole that is this much dearer is no longer a doubt

struct Value {
  int fragment = -1;
  std::u32string key;
  bool torn = false;  // has half a bracket: most likely belongs to a tick box
};

bool takes_value(const FormItem& item) {
  switch (item.answer) {
    case Answer::Prose: case Answer::Choice: case Answer::Date: case Answer::Organisation:
    case Answer::Number: return true;
    case Answer::None: case Answer::Ticks: case Answer::Table: return false;
  }
  return false;
}

bool unbalanced(const std::u32string& k) {
  int depth = 0;
  for (const char32_t c : k) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (depth < 0) return true;
  }
  return depth != 0;
}

class PageReader {
 public:
  PageReader(Reading& reading, const Lexicon& lexicon, const Evidence& evidence)
      : r_(reading), f_(reading.fragments), lexicon_(lexicon), form_(*lexicon.form), evidence_(evidence) {}

  void run() {
    r_.used.assign(f_.size(), 0);
    number_content();
    collect_slots();
    collect_values();
    bind_same_line();
    assign(true);  // words of lists first: they tell which texts to expect
    assign(false);
    adopt_paragraphs();
  }

 private:
  // Distance is counted in fragments that say something: brackets and lists do not.
  void number_content() {
    int n = 0;
    for (const Fragment& f : f_) {
      const bool silent = f.what == What::Open || f.what == What::Close || f.what == What::List ||
                          f.what == What::Range || f.what == What::Tick ||
                          (f.what == What::Text && is_furniture(key(f.text)));
      content_.push_back(silent ? n : ++n);
    }
  }

  void collect_slots() {
    for (std::size_t i = 0; i < f_.size(); ++i) {
      const int node = r_.resolved.node[i];
      if (node < 0 || !takes_value(*form_.node(node).item)) continue;
      Slot slot;
      slot.fragment = static_cast<int>(i);
      slot.node = node;
      slot.instance = r_.resolved.instance[i];
      r_.slots.push_back(std::move(slot));
    }
  }

  void collect_values() {
    for (std::size_t i = 0; i < f_.size(); ++i) {
      const Fragment& f = f_[i];
      if (f.what != What::Text && f.what != What::Choice) continue;
      Value value{static_cast<int>(i), key(f.text), false};
      if (f.what == What::Text && is_furniture(value.key)) continue;
      if (f.what == What::Text && i > 0 && f_[i - 1].what == What::Box && !f.line_start &&
          !value.key.empty() && value.key[0] == '(') {
        continue;  // その他 （ …
      }
      value.torn = f.what == What::Text && unbalanced(value.key);
      values_.push_back(std::move(value));
    }
  }

  // The next fragment behind i that is no bracket; -1 if there is none.
  int behind(std::size_t i) const {
    for (std::size_t k = i + 1; k < f_.size(); ++k) {
      if (f_[k].what != What::Open) return static_cast<int>(k);
    }
    return -1;
  }

  bool fits(const Slot& slot, const Value& value) const {
    const FormItem& item = *form_.node(slot.node).item;
    const Fragment& f = f_[static_cast<std::size_t>(value.fragment)];
    const bool choice = f.what == What::Choice;
    if (item.answer == Answer::Choice) return choice && lexicon_.takes(slot.node, f.word);
    if (choice) return f.text == "未定" && item.answer == Answer::Organisation;
    if (item.answer == Answer::Date) {
      return looks_like_date(value.key) || is_dash(f.text) || value.key == U"なし" || value.key.size() <= 20;
    }
    if (looks_like_count(value.key)) {
      return std::string_view(item.pointer) == "/number" || item.pointer[0] == '\0';
    }
    return true;
  }

  void bind(Slot& slot, const Value& value, Certainty certainty) {
    slot.values = {value.fragment};
    slot.certainty = certainty;
    r_.used[static_cast<std::size_t>(value.fragment)] = 1;
  }

  void bind_same_line() {
    for (Slot& slot : r_.slots) {
      const auto label = static_cast<std::size_t>(slot.fragment);
      const int next = behind(label);
      if (next < 0) continue;
      const Fragment& f = f_[static_cast<std::size_t>(next)];
      if (f.box != f_[label].box) continue;
      const bool below = f.first_line != f_[label].last_line;
      const auto value = std::find_if(values_.begin(), values_.end(), [&](const Value& v) {
        return v.fragment == next;
      });
      if (value == values_.end() || !fits(slot, *value)) continue;
      const FormItem& item = *form_.node(slot.node).item;
      if (item.answer == Answer::Prose && shape_cost(item, value->key) > (below ? 1.6 : 4.0)) continue;
      if (item.answer == Answer::Date && f.what == What::Text && !looks_like_date(value->key) && !is_dash(f.text)) continue;
      bind(slot, *value, Certainty::Beside);
    }
  }

  double distance(const Slot& slot, const Value& value) const {
    const auto l = static_cast<std::size_t>(slot.fragment), v = static_cast<std::size_t>(value.fragment);
    const Fragment& label = f_[l];
    const Fragment& text = f_[v];
    const int gap = std::abs(content_[v] - content_[l]) - 1;
    const bool after = v > l;
    if (after && gap <= 0 && text.box == label.box) return 0.2;
    if (after && gap <= 0) return 0.4;
    if (!after && gap <= 0 && text.box == label.box) return 1.2;
    return 1.5 + 1.2 * std::log2(1.0 + std::max(gap, 0)) + (after ? 0.0 : 0.9);
  }

  double pair_cost(const Slot& slot, const Value& value) const {
    if (!fits(slot, value)) return kNever;
    const FormItem& item = *form_.node(slot.node).item;
    const Fragment& f = f_[static_cast<std::size_t>(value.fragment)];
    double cost = distance(slot, value);
    if (f.what == What::Text) {
      cost += shape_cost(item, value.key);
      if (cost > 1.3 && starts_with_mark(f.text)) cost += 0.8;
      if (value.torn) cost += 1.5;
      if (item.answer == Answer::Date) cost += looks_like_date(value.key) ? -1.0 : is_dash(f.text) ? 0.3 : 3.0;
      if (item.answer != Answer::Date && looks_like_date(value.key)) cost += 1.0;
      if (item.answer != Answer::Organisation && item.level != Level::Group && value.key.size() < 40 &&
          looks_like_company(value.key)) {
        cost += 2.5;
      }
      if (std::string_view(item.label).find("承認日") != std::string_view::npos) cost += 3.0;
    }
    cost += instance_cost(slot) + closed_cost(slot);
    const int repeat = slot.instance < 0 ? 0 : r_.resolved.instances[static_cast<std::size_t>(slot.instance)].repeat;
    if (evidence_) cost += evidence_(slot.node, repeat, f.text);
    return cost;
  }

  // An instance that has answers already has others, too, its name first of all; one without any is
  // likely to be blank.
  double instance_cost(const Slot& slot) const {
    if (slot.instance < 0 || repeating_group_of(form_, slot.node) < 0) return 0;
    if (none_expected(slot)) return 6;
    const bool active = active_[static_cast<std::size_t>(slot.instance)] != 0;
    if (!active) return 0.8;
    return form_.node(slot.node).item->level == Level::Group ? -2.5 : -0.8;
  }

  // 再委託しない: no consent and no subcontracted work.
  bool none_expected(const Slot& slot) const {
    const std::string_view pointer = form_.node(slot.node).item->pointer;
    if (!pointer.ends_with("/subcontract/approval") && !pointer.ends_with("/subcontract/scope")) return false;
    for (const Slot& other : r_.slots) {
      if (other.instance != slot.instance || other.values.empty()) continue;
      if (!std::string_view(form_.node(other.node).item->pointer).ends_with("/subcontract/used")) continue;
      return other.certainty != Certainty::Doubtful &&
             f_[static_cast<std::size_t>(other.values.front())].text.ends_with("しない");
    }
    return false;
  }

  // 委託しない, 提供・移転しない, 接続しない（入手） are ticked: what stands below stays blank.
  double closed_cost(const Slot& slot) const {
    if (form_.node(slot.node).item->answer != Answer::Choice) return 0;
    for (std::size_t i = 1; i < f_.size(); ++i) {
      if (f_[i].what != What::Box || !ticked(i)) continue;
      if (closes(lexicon_.boxes[static_cast<std::size_t>(f_[i].word)].printed, slot.node)) return 5;
    }
    return 0;
  }

  bool ticked(std::size_t box) const {
    return box >= 2 && f_[box - 1].what == What::Close && f_[box - 2].what == What::Tick;
  }

  bool closes(const std::string& box, int node) const {
    const int section = form_.section_of(node), group = form_.group_of(node);
    if (section < 0) return false;
    const std::string_view heading = form_.node(section).item->label;
    const std::string_view risk = group < 0 ? std::string_view(form_.node(node).item->label)
                                            : std::string_view(form_.node(group).item->label);
    if (box == "委託しない") return heading == "特定個人情報ファイルの取扱いの委託" && form_.group_of(node) < 0;
    if (box == "提供・移転しない") return heading.starts_with("特定個人情報の提供・移転");
    if (heading != "情報提供ネットワークシステムとの接続") return false;
    if (box == "接続しない（入手）") return risk.find("入手") != std::string_view::npos;
    if (box == "接続しない（提供）") return risk.find("提供") != std::string_view::npos;
    return false;
  }

  double left_over(const Value& value) const {
    const Fragment& f = f_[static_cast<std::size_t>(value.fragment)];
    if (f.what == What::Choice) return 12;
    if (value.torn) return 2;
    if (looks_like_date(value.key)) return 8;
    if (looks_like_company(value.key) && value.key.size() < 40) return 9;
    const Fragment* before = value.fragment > 0 ? &f_[static_cast<std::size_t>(value.fragment - 1)] : nullptr;
    const bool next_paragraph = before != nullptr && before->what == What::Text && before->box + 1 == f.box;
    if (next_paragraph && (starts_with_mark(f.text) || value.key.size() > 60)) return 3;
    return 7.5;
  }

  void find_active() {
    active_.assign(r_.resolved.instances.size(), 0);
    for (const Slot& slot : r_.slots) {
      if (slot.instance < 0 || slot.values.empty()) continue;
      if (is_dash(f_[static_cast<std::size_t>(slot.values.front())].text)) continue;
      active_[static_cast<std::size_t>(slot.instance)] = 1;
    }
  }

  void assign(bool choices) {
    std::vector<std::size_t> slots, values;
    for (std::size_t s = 0; s < r_.slots.size(); ++s) {
      const bool choice = form_.node(r_.slots[s].node).item->answer == Answer::Choice;
      if (r_.slots[s].values.empty() && choice == choices) slots.push_back(s);
    }
    for (std::size_t v = 0; v < values_.size(); ++v) {
      const auto i = static_cast<std::size_t>(values_[v].fragment);
      if (!r_.used[i] && (f_[i].what == What::Choice || !choices)) values.push_back(v);
    }
    if (slots.empty() || values.empty()) return;
    find_active();
    Problem problem;
    std::map<std::u32string, int> same;
    for (const std::size_t v : values) {
      problem.left_over.push_back(left_over(values_[v]));
      problem.same.push_back(same.try_emplace(values_[v].key, static_cast<int>(same.size())).first->second);
    }
    for (const std::size_t s : slots) {
      std::vector<double> row;
      for (const std::size_t v : values) row.push_back(pair_cost(r_.slots[s], values_[v]));
      problem.cost.push_back(std::move(row));
    }
    prefer_order(slots, values, problem);
    const Solution solution = solve(problem);
    for (std::size_t s = 0; s < slots.size(); ++s) {
      if (solution.value[s] < 0) continue;
      const std::size_t v = static_cast<std::size_t>(solution.value[s]);
      if (problem.cost[s][v] >= kNever) continue;
      bind(r_.slots[slots[s]], values_[values[v]],
           solution.margin[s] < kMargin ? Certainty::Doubtful : Certainty::Assigned);
    }
  }

  // Where a slot stands in the form: groups by the number at their heading.
  std::tuple<int, int, int> form_order(const Slot& slot) const {
    const int group = repeating_group_of(form_, slot.node);
    if (group < 0) return {slot.node, 0, slot.node};
    const int repeat = slot.instance < 0 ? 0 : r_.resolved.instances[static_cast<std::size_t>(slot.instance)].repeat;
    return {group, repeat, slot.node};
  }

  // Share of neighbouring labels that stand in the form's order.
  double orderliness() const {
    int pairs = 0, right = 0;
    for (std::size_t s = 1; s < r_.slots.size(); ++s) {
      ++pairs;
      right += form_order(r_.slots[s - 1]) <= form_order(r_.slots[s]);
    }
    return pairs == 0 ? 1.0 : static_cast<double>(right) / pairs;
  }

  // Labels in a run, then their values in a run: on a page that keeps the form's order, pairs of
  // the order-preserving alignment count as near, however far apart they stand.
  void prefer_order(std::vector<std::size_t> slots, const std::vector<std::size_t>& values,
                    Problem& result) const {
    if (orderliness() < 0.7) return;
    std::vector<std::size_t> rank(slots.size());
    for (std::size_t i = 0; i < rank.size(); ++i) rank[i] = i;
    std::stable_sort(rank.begin(), rank.end(), [&](std::size_t a, std::size_t b) {
      return form_order(r_.slots[slots[a]]) < form_order(r_.slots[slots[b]]);
    });
    Problem problem = result;
    for (std::size_t i = 0; i < rank.size(); ++i) problem.cost[i] = result.cost[rank[i]];
    std::vector<std::size_t> sorted;
    for (const std::size_t i : rank) sorted.push_back(slots[i]);
    slots = std::move(sorted);
    Problem flat = problem;
    for (std::size_t s = 0; s < slots.size(); ++s) {
      for (std::size_t v = 0; v < values.size(); ++v) {
        if (problem.cost[s][v] >= kNever) continue;
        flat.cost[s][v] -= 0.85 * distance(r_.slots[slots[s]], values_[values[v]]);
      }
    }
    const std::vector<int> order = align(flat, 0.6);
    for (std::size_t s = 0; s < slots.size(); ++s) {
      if (order[s] < 0) continue;
      const auto v = static_cast<std::size_t>(order[s]);
      const double far = distance(r_.slots[slots[s]], values_[values[v]]);
      if (far > 0.9) result.cost[rank[s]][v] -= far - 0.9;
    }
  }

  void adopt_paragraphs() {
    std::map<int, Slot*> owner;
    for (Slot& slot : r_.slots) {
      for (const int v : slot.values) owner[v] = &slot;
    }
    for (const Value& value : values_) {
      const auto i = static_cast<std::size_t>(value.fragment);
      if (r_.used[i] || f_[i].what != What::Text || value.torn || i == 0) continue;
      const auto before = owner.find(value.fragment - 1);
      if (before == owner.end() || f_[i - 1].what != What::Text) continue;
      Slot& slot = *before->second;
      if (form_.node(slot.node).item->answer != Answer::Prose) continue;
      slot.values.push_back(value.fragment);
      owner[value.fragment] = &slot;
      r_.used[i] = 1;
    }
  }

  Reading& r_;
  const std::vector<Fragment>& f_;
  const Lexicon& lexicon_;
  const Form& form_;
  const Evidence& evidence_;
  std::vector<int> content_;
  std::vector<char> active_;
  std::vector<Value> values_;
};

}  // namespace

Reading read_page(const Page& page, const Lexicon& lexicon, int previous, int open_ticks,
                  const Evidence& evidence) {
  Reading out;
  out.fragments = cut_fragments(page, lexicon);
  out.resolved = resolve_page(out.fragments, lexicon, previous, open_ticks);
  if (!out.resolved.contents) PageReader(out, lexicon, evidence).run();
  return out;
}

std::string text_of(const Reading& reading, const Slot& slot) {
  if (slot.certainty == Certainty::Doubtful) return {};
  std::string out;
  for (const int v : slot.values) {
    if (!out.empty()) out.push_back('\n');
    out += reading.fragments[static_cast<std::size_t>(v)].text;
  }
  return out;
}

}  // namespace pia::boxes
