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
#include "indexer/boxes_pages.h"
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
    case Answer::Prose:
    case Answer::Choice:
    case Answer::Date:
    case Answer::Organisation:
    case Answer::Number:
      return true;
    case Answer::None:
    case Answer::Ticks:
    case Answer::Table:
      return false;
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
  PageReader(Reading& reading, const Lexicon& lexicon, const Evidence& evidence, int previous)
      : r_(reading),
        f_(reading.fragments),
        lexicon_(lexicon),
        form_(*lexicon.form),
        evidence_(evidence),
        previous_(previous) {}

  void run() {
    r_.used.assign(f_.size(), 0);
    number_content();
    collect_slots();
    collect_values();
    bind_same_line();
    bind_known();
    if (!r_.drawn) bind_isolated();
    assign(true);  // words of lists first: they tell which texts to expect
    if (orderliness() >= 0.7) align_lines();
    assign(false);
    adopt_paragraphs();
    if (orderliness() >= 0.7) find_loose_ends();
  }

 private:
  // The first and last fragment that is a label, box or answer of the form.
  std::pair<int, int> form_span() const {
    int first = static_cast<int>(f_.size()), last = -1;
    for (std::size_t i = 0; i < f_.size(); ++i) {
      const What what = f_[i].what;
      if (what != What::Label && what != What::Range && what != What::Box && what != What::Choice)
        continue;
      first = std::min(first, static_cast<int>(i));
      last = static_cast<int>(i);
    }
    return {first, last};
  }

  void find_loose_ends() {
    const auto [first, last] = form_span();
    for (const Value& value : values_) {
      const auto i = static_cast<std::size_t>(value.fragment);
      if (r_.used[i] || f_[i].what != What::Text || value.torn || is_dash(f_[i].text)) continue;
      if (value.fragment < first)
        r_.lead.push_back(value.fragment);
      else if (value.fragment > last)
        r_.trail.push_back(value.fragment);
    }
  }

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
      if (f.what == What::Text && in_brackets(i)) continue;
      value.torn = f.what == What::Text && unbalanced(value.key);
      if (value.torn && value.key[0] == '(' && value.key.size() < 40)
        continue;  // （ 市民課 without its end
      values_.push_back(std::move(value));
    }
  }

  // Between a lone （ and a lone ）: what is written behind a tick box.
  bool in_brackets(std::size_t i) const {
    if (i == 0 || i + 1 >= f_.size() || f_[i - 1].what != What::Text || f_[i].lines.size() > 2)
      return false;
    const std::u32string before = key(f_[i - 1].text), after = key(f_[i + 1].text);
    return before == U"(" && f_[i + 1].what == What::Text && after.starts_with(U")");
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
      return looks_like_date(value.key) || is_dash(f.text) || value.key == U"なし" ||
             (value.key.size() <= 20 &&
              value.key.find_first_of(U"年月日未予") != std::u32string::npos);
    }
    if (looks_like_count(value.key)) {
      return std::string_view(item.pointer) == "/number" || item.pointer[0] == '\0';
    }
    return true;
  }

  Part whole(int fragment) const {
    return {fragment, 0, static_cast<int>(f_[static_cast<std::size_t>(fragment)].lines.size())};
  }

  void bind(Slot& slot, const Value& value, Certainty certainty) {
    slot.values = {whole(value.fragment)};
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
      const auto value = std::find_if(values_.begin(), values_.end(),
                                      [&](const Value& v) { return v.fragment == next; });
      if (value == values_.end() || !fits(slot, *value)) continue;
      const FormItem& item = *form_.node(slot.node).item;
      if (item.answer == Answer::Prose && shape_cost(item, value->key) > (below ? 1.6 : 4.0))
        continue;
      if (item.answer == Answer::Date && f.what == What::Text && !looks_like_date(value->key) &&
          !is_dash(f.text))
        continue;
      bind(slot, *value, Certainty::Beside);
    }
  }

  // What the change history tells to stand at one label, if it stands on the page once.
  void bind_known() {
    if (!evidence_) return;
    for (Slot& slot : r_.slots) {
      if (!slot.values.empty() || form_.node(slot.node).item->answer == Answer::Choice) continue;
      const Value* known = nullptr;
      int times = 0;
      for (const Value& value : values_) {
        if (r_.used[static_cast<std::size_t>(value.fragment)] || value.key.size() < 3 ||
            !fits(slot, value))
          continue;
        if (evidence_(slot.node, repeat_of(slot),
                      f_[static_cast<std::size_t>(value.fragment)].text) > -4)
          continue;
        known = &value;
        ++times;
      }
      if (times == 1) bind(slot, *known, Certainty::Known);
    }
  }

  // A text with its label right before it and another label right behind it.
  void bind_isolated() {
    std::map<int, std::size_t> slot_at;
    for (std::size_t s = 0; s < r_.slots.size(); ++s) slot_at[r_.slots[s].fragment] = s;
    for (const Value& value : values_) {
      const auto i = static_cast<std::size_t>(value.fragment);
      if (r_.used[i] || f_[i].what != What::Text || value.torn) continue;
      const int before = neighbour(value.fragment, -1), after = neighbour(value.fragment, 1);
      const auto at = slot_at.find(before);
      // In the box of the label below it, it may be a value that stands above its label.
      if (after >= 0 && f_[static_cast<std::size_t>(after)].box == f_[i].box && before >= 0 &&
          f_[static_cast<std::size_t>(before)].box != f_[i].box)
        continue;
      if (at == slot_at.end() ||
          (after >= 0 && f_[static_cast<std::size_t>(after)].what != What::Label))
        continue;
      Slot& slot = r_.slots[at->second];
      if (!slot.values.empty() || !fits(slot, value) || f_[i].lines.size() > 12) continue;
      const FormItem& item = *form_.node(slot.node).item;
      const double here = shape_cost(item, value.key);
      if (here > 0.4 ||
          (item.answer == Answer::Date && !looks_like_date(value.key) && !is_dash(f_[i].text)))
        continue;
      const auto above = slot_at.find(neighbour(before, -1));  // the label above may be the one
      if (above != slot_at.end() && r_.slots[above->second].values.empty()) {
        if (f_[i].lines.size() > 1) continue;
        if (shape_cost(*form_.node(r_.slots[above->second].node).item, value.key) < here - 0.4)
          continue;
      }
      bind(slot, value, Certainty::Assigned);
    }
  }

  // The next fragment in a direction that says something; -1 at the page's end.
  int neighbour(int i, int step) const {
    for (int k = i + step; k >= 0 && static_cast<std::size_t>(k) < f_.size(); k += step) {
      const Fragment& f = f_[static_cast<std::size_t>(k)];
      if (f.what == What::Range || (f.what == What::Text && is_furniture(key(f.text)))) continue;
      return k;
    }
    return -1;
  }

  double distance(const Slot& slot, const Value& value) const {
    const auto l = static_cast<std::size_t>(slot.fragment),
               v = static_cast<std::size_t>(value.fragment);
    const Fragment& label = f_[l];
    const Fragment& text = f_[v];
    const int gap = std::abs(content_[v] - content_[l]) - 1;
    const bool after = v > l;
    if (r_.drawn && text.column > label.column + 1) {
      // On a drawn page a label stands beside its value, at the height of its middle or its end.
      const int above = text.first_line - label.last_line,
                below = label.first_line - text.last_line;
      const int off = std::max({above, below - 1, 0});
      return off == 0 ? 0.2 : 1.0 + 1.2 * std::log2(1.0 + off);
    }
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
      if (item.answer == Answer::Date)
        cost += looks_like_date(value.key) ? -1.0 : is_dash(f.text) ? 0.3 : 3.0;
      if (item.answer != Answer::Date && looks_like_date(value.key))
        cost += item.answer == Answer::Organisation || one_line(item) ? 5.0 : 1.0;
      if (item.answer != Answer::Organisation && !names_bodies(item) && value.key.size() < 40 &&
          looks_like_company(value.key)) {
        cost += 2.5;
      }
    }
    cost += instance_cost(slot) + closed_cost(slot);
    if (evidence_) cost += evidence_(slot.node, repeat_of(slot), f.text);
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
    if (!pointer.ends_with("/subcontract/approval") && !pointer.ends_with("/subcontract/scope"))
      return false;
    for (const Slot& other : r_.slots) {
      if (other.instance != slot.instance || other.values.empty()) continue;
      if (!std::string_view(form_.node(other.node).item->pointer).ends_with("/subcontract/used"))
        continue;
      return other.certainty != Certainty::Doubtful &&
             f_[static_cast<std::size_t>(other.values.front().fragment)].text.ends_with("しない");
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
    if (box == "委託しない")
      return heading == "特定個人情報ファイルの取扱いの委託" && form_.group_of(node) < 0;
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
    if (is_dash(f.text) || value.key == U"なし") return 1;
    if (value.key.ends_with(U"項目評価書")) return 1;  // the title of a cover without labels
    if (looks_like_date(value.key)) return 8;
    if (looks_like_company(value.key) && value.key.size() < 40) return 9;
    const Fragment* before =
        value.fragment > 0 ? &f_[static_cast<std::size_t>(value.fragment - 1)] : nullptr;
    const bool next_paragraph =
        before != nullptr && before->what == What::Text && before->box + 1 == f.box;
    if (next_paragraph && (starts_with_mark(f.text) || value.key.size() > 60)) return 3;
    return 7.5 + std::min(3.0, 0.01 * static_cast<double>(value.key.size()));
  }

  void find_active() {
    active_.assign(r_.resolved.instances.size(), 0);
    for (const Slot& slot : r_.slots) {
      if (slot.instance < 0 || slot.values.empty()) continue;
      if (is_dash(f_[static_cast<std::size_t>(slot.values.front().fragment)].text)) continue;
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
      problem.same.push_back(
          same.try_emplace(values_[v].key, static_cast<int>(same.size())).first->second);
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
    return {group, repeat_of(slot), slot.node};
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

  // ---- texts, line by line

  struct Line {
    int fragment = -1, index = 0;
    std::u32string key;      // of the line and the lines that it is wrapped into
    bool wrapped = false;    // fills its cell: goes on in the next line
    bool paragraph = false;  // first line of a box that stands right behind a box of text
    bool torn = false;
    double skip = 0;
  };

  // A value column may come as one box with the cells of several labels. Slots in the form's order
  // and lines in the text's order are aligned: a slot takes a stretch of lines, and beginning a new
  // cell inside a box costs more than going on.
  void align_lines() {
    std::vector<std::size_t> slots;
    for (std::size_t s = 0; s < r_.slots.size(); ++s) {
      const Answer answer = form_.node(r_.slots[s].node).item->answer;
      if (r_.slots[s].values.empty() && answer != Answer::Choice) slots.push_back(s);
    }
    const std::vector<Line> lines = free_lines();
    if (slots.empty() || lines.empty()) return;
    find_active();
    std::stable_sort(slots.begin(), slots.end(), [&](std::size_t a, std::size_t b) {
      return form_order(r_.slots[a]) < form_order(r_.slots[b]);
    });
    const std::vector<int> early = stretches(slots, lines, false),
                           late = stretches(slots, lines, true);
    for (std::size_t i = 0; i < slots.size(); ++i)
      take_stretch(r_.slots[slots[i]], static_cast<int>(i), lines, early, late);
    for (const Value& value : values_) mark_used(value.fragment);
  }

  std::vector<Line> free_lines() const {
    std::vector<Line> out;
    const int first_of_form = form_span().first;
    int widest = 70;
    for (const Fragment& f : f_) {
      if (f.what != What::Text) continue;
      for (const TextLine& line : f.lines)
        widest = std::max(widest, display_width(trim(line.text)));
    }
    for (const Value& value : values_) {
      const auto i = static_cast<std::size_t>(value.fragment);
      const Fragment& f = f_[i];
      if (r_.used[i] || f.what != What::Text) continue;
      const bool paragraph =
          i > 0 && f_[i - 1].what == What::Text && !is_furniture(key(f_[i - 1].text));
      const std::size_t first = out.size();
      for (std::size_t k = 0; k < f.lines.size(); ++k) {
        Line line;
        line.fragment = value.fragment;
        line.index = static_cast<int>(k);
        line.key = key(f.lines[k].text);
        if (line.key == U"※") continue;  // the mark behind a label, torn off
        line.wrapped = k + 1 < f.lines.size() && line.key.back() != U'。' &&
                       display_width(trim(f.lines[k].text)) * 100 >= widest * 88;
        line.paragraph = k == 0 && paragraph;
        line.torn = value.torn && f.lines.size() == 1;
        line.skip = value.fragment < first_of_form && goes_on() ? 1.2 : left_over(value);
        out.push_back(std::move(line));
      }
      for (std::size_t k = out.size() - 1; k-- > first;) {
        if (out[k].wrapped) out[k].key += out[k + 1].key;
      }
    }
    return out;
  }

  // Whether the page stays in the chapter of the page before.
  bool goes_on() const {
    return previous_ >= 0 && r_.resolved.first >= 0 &&
           form_.chapter_of(previous_) == form_.chapter_of(r_.resolved.first);
  }

  double start_cost(const Slot& slot, const Line& line) const {
    const FormItem& item = *form_.node(slot.node).item;
    const std::string_view text = f_[static_cast<std::size_t>(line.fragment)]
                                      .lines[static_cast<std::size_t>(line.index)]
                                      .text;
    if (looks_like_count(line.key) && std::string_view(item.pointer) != "/number") return kNever;
    Value value{line.fragment, line.key, line.torn};
    double shape = shape_cost(item, line.key);
    if (line.index == 0)
      shape =
          std::min(shape, shape_cost(item, key(f_[static_cast<std::size_t>(line.fragment)].text)));
    double cost = 0.15 * distance(slot, value) + shape;
    if (line.torn) cost += 1.5;
    if (starts_with_mark(text)) cost += line.index > 0 ? 0.5 : 0.3;
    if (item.answer == Answer::Date) {
      if (!looks_like_date(line.key) && !is_dash(text))
        return line.key.size() > 12 ? kNever : cost + 3.0;
      cost -= is_dash(text) ? 0.2 : 1.5;
    } else if (looks_like_date(line.key)) {
      cost += item.answer == Answer::Organisation || one_line(item) ? 5.0 : 1.0;
    }
    if (item.answer != Answer::Organisation && !names_bodies(item) && line.key.size() < 40 &&
        looks_like_company(line.key))
      cost += 2.5;
    if (evidence_) cost += evidence_(slot.node, repeat_of(slot), std::string(text));
    return cost + instance_cost(slot);
  }

  int repeat_of(const Slot& slot) const {
    return slot.instance < 0
               ? 0
               : r_.resolved.instances[static_cast<std::size_t>(slot.instance)].repeat;
  }

  // 提供先 and 移転先 are bodies themselves.
  static bool names_bodies(const FormItem& item) {
    return item.level == Level::Group &&
           !std::string_view(item.pointer).starts_with("/files/*/contracts");
  }

  // Names, dates and titles fill one line, or the lines that it is wrapped into.
  bool one_line(const FormItem& item) const {
    const std::string_view pointer = item.pointer;
    if (form_.kind() == Kind::Basic && pointer == "/systems/*/name") return false;  // one a line
    return item.level == Level::Group || item.answer == Answer::Date || pointer == "/number" ||
           pointer == "/body/printed" || pointer == "/department/name" ||
           pointer == "/department/head" || pointer == "/systems/*/name" ||
           pointer == "/files/*/department" || pointer == "/process/name";
  }

  double join_cost(const Slot& slot, const Line& before, const Line& line) const {
    const FormItem& item = *form_.node(slot.node).item;
    const bool dash =
        before.key.find_first_not_of('-') == std::u32string::npos || before.key == U"なし";
    if (dash) return kNever;  // says all there is to say
    if (before.fragment == line.fragment) {
      if (before.wrapped) return 0;
      const bool new_cell = before.key.back() == U'。' && line.key.back() != U'。' &&
                            line.key.size() < 25 &&
                            !starts_with_mark(f_[static_cast<std::size_t>(line.fragment)]
                                                  .lines[static_cast<std::size_t>(line.index)]
                                                  .text);
      if (new_cell) return one_line(item) ? 4.0 : 1.0;
      return one_line(item) ? 2.5 : item.answer == Answer::Organisation ? 0.9 : 0.45;
    }
    if (!line.paragraph || before.fragment + 1 != line.fragment) return kNever;
    const bool prose = before.key.size() > 30 || before.key.back() == U'。' ||
                       starts_with_mark(f_[static_cast<std::size_t>(line.fragment)].text);
    return one_line(item) || item.answer == Answer::Organisation ? 5.0 : prose ? 0.9 : 2.5;
  }

  static bool inside(const std::vector<Line>& lines,
                     std::size_t k) {  // not the first line of its box
    return k > 0 && k < lines.size() && lines[k - 1].fragment == lines[k].fragment;
  }

  static double cut_cost(const std::vector<Line>& lines,
                         std::size_t k) {  // a cell ends before line k
    return !inside(lines, k) ? 0 : lines[k - 1].wrapped ? 6.0 : 0.35;
  }

  // The slot of each line, -1 for none, by dynamic programming from the end. Three tables of best
  // costs from slot i and line k on: line k - 1 went to slot i (open), was left out (out), or
  // neither (closed). To take a box in part costs extra.
  std::vector<int> stretches(const std::vector<std::size_t>& slots, const std::vector<Line>& lines,
                             bool late) const {
    const std::size_t m = slots.size(), n = lines.size();
    using Table = std::vector<std::vector<double>>;
    Table closed(m + 1, std::vector<double>(n + 2, 0)), open = closed, out = closed, start = closed;
    constexpr double kBlank = 0.6, kTorn = 3.0;
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t k = 0; k < n; ++k) start[i][k] = start_cost(r_.slots[slots[i]], lines[k]);
    }
    const auto leave = [&](std::size_t k, bool after_left) {
      return !inside(lines, k) ? lines[k].skip : after_left ? 0.2 : kTorn;
    };
    for (std::size_t k = n + 1; k-- > 0;) {
      for (std::size_t i = m + 1; i-- > 0;) {
        for (const bool left : {false, true}) {
          Table& here = left ? out : closed;
          double low = i == m && k == n ? 0 : kNever * 10;
          if (i < m) low = std::min(low, here[i + 1][k] + kBlank);
          if (k < n) low = std::min(low, out[i][k + 1] + leave(k, left));
          if (i < m && k < n)
            low = std::min(low,
                           open[i][k + 1] + start[i][k] + (left && inside(lines, k) ? kTorn : 0));
          here[i][k] = low;
        }
        if (i == m) continue;
        double go_on = closed[i + 1][k] + cut_cost(lines, k);
        if (k < n && k > 0)
          go_on = std::min(go_on,
                           open[i][k + 1] + join_cost(r_.slots[slots[i]], lines[k - 1], lines[k]));
        open[i][k] = go_on;
      }
    }
    std::vector<int> slot_of(n, -1);
    bool is_open = false, left = false;
    for (std::size_t i = 0, k = 0; k < n && i <= m;) {
      const auto is = [&](double a, double b) { return std::abs(a - b) < 1e-9; };
      if (is_open) {
        if (k > 0 && is(open[i][k],
                        open[i][k + 1] + join_cost(r_.slots[slots[i]], lines[k - 1], lines[k]))) {
          slot_of[k++] = static_cast<int>(i);
        } else {
          ++i;
          is_open = left = false;
        }
        continue;
      }
      const Table& here = left ? out : closed;
      const bool can_blank = i < m && is(here[i][k], here[i + 1][k] + kBlank);
      const bool can_start = i < m && is(here[i][k], open[i][k + 1] + start[i][k] +
                                                         (left && inside(lines, k) ? kTorn : 0));
      if (can_start && !(late && can_blank)) {
        slot_of[k++] = static_cast<int>(i);
        is_open = true;
      } else if (can_blank) {
        ++i;
      } else {
        ++k;
        left = true;
      }
    }
    return slot_of;
  }

  void take_stretch(Slot& slot, int index, const std::vector<Line>& lines,
                    const std::vector<int>& early, const std::vector<int>& late) {
    std::vector<Part> parts;
    bool same = true;
    for (std::size_t k = 0; k < lines.size(); ++k) {
      same = same && (early[k] == index) == (late[k] == index);
      if (early[k] != index) continue;
      if (!parts.empty() && parts.back().fragment == lines[k].fragment) {
        parts.back().to = lines[k].index + 1;
      } else {
        parts.push_back({lines[k].fragment, lines[k].index, lines[k].index + 1});
      }
    }
    if (parts.empty() || !same) return;
    slot.values = std::move(parts);
    slot.certainty = Certainty::Assigned;
  }

  // Taken once all its lines are; a fragment of which a part is taken is no longer free either.
  void mark_used(int fragment) {
    for (const Slot& slot : r_.slots) {
      for (const Part& part : slot.values) {
        if (part.fragment == fragment) r_.used[static_cast<std::size_t>(fragment)] = 1;
      }
    }
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
      for (const Part& v : slot.values) owner[v.fragment] = &slot;
    }
    for (const Value& value : values_) {
      const auto i = static_cast<std::size_t>(value.fragment);
      if (r_.used[i] || f_[i].what != What::Text || value.torn || i == 0) continue;
      const auto before = owner.find(value.fragment - 1);
      if (before == owner.end() || f_[i - 1].what != What::Text) continue;
      Slot& slot = *before->second;
      if (form_.node(slot.node).item->answer != Answer::Prose ||
          one_line(*form_.node(slot.node).item))
        continue;
      slot.values.push_back(whole(value.fragment));
      owner[value.fragment] = &slot;
      r_.used[i] = 1;
    }
  }

  Reading& r_;
  const std::vector<Fragment>& f_;
  const Lexicon& lexicon_;
  const Form& form_;
  const Evidence& evidence_;
  int previous_;  // last node of the page before, -1 on the first page
  std::vector<int> content_;
  std::vector<char> active_;
  std::vector<Value> values_;
};

}  // namespace

Reading read_page(const Page& page, const Lexicon& lexicon, int previous, int open_ticks,
                  const Evidence& evidence) {
  Reading out;
  out.drawn = page.drawn;
  out.fragments = cut_fragments(page, lexicon);
  if (!page.drawn) turn_over(out.fragments, *lexicon.form);
  out.resolved = resolve_page(out.fragments, lexicon, previous, open_ticks);
  if (!out.resolved.contents) PageReader(out, lexicon, evidence, previous).run();
  return out;
}

std::string text_of(const Reading& reading, const Part& part) {
  const Fragment& f = reading.fragments[static_cast<std::size_t>(part.fragment)];
  if (part.to <= part.from || part.to - part.from == static_cast<int>(f.lines.size()))
    return f.text;
  std::vector<std::string_view> lines;
  for (int i = part.from; i < part.to; ++i)
    lines.push_back(f.lines[static_cast<std::size_t>(i)].text);
  return join_lines(lines);
}

std::pair<int, int> lines_of(const Reading& reading, const Part& part) {
  const Fragment& f = reading.fragments[static_cast<std::size_t>(part.fragment)];
  if (part.to <= part.from) return {f.first_line, f.last_line};
  return {f.lines[static_cast<std::size_t>(part.from)].line,
          f.lines[static_cast<std::size_t>(part.to - 1)].line};
}

std::string text_of(const Reading& reading, const Slot& slot) {
  if (slot.certainty == Certainty::Doubtful) return {};
  std::string out;
  for (const Part& part : slot.values) {
    if (!out.empty()) out.push_back('\n');
    out += text_of(reading, part);
  }
  while (out.ends_with("※"))
    out = std::string(trim(std::string_view(out).substr(0, out.size() - 3)));
  return out;
}

}  // namespace pia::boxes
