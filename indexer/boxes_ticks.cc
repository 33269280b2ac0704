// Three passes: what stands directly before a box's own `]`; opening halves at the end of a line,
// which belong to the next box of the form's row; then what is left over of an instance, if the
// numbers leave one way only.

#include "indexer/boxes_ticks.h"

#include <algorithm>
#include <map>

#include "indexer/boxes_insides.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

class TickReader {
 public:
  TickReader(const Reading& reading, const Lexicon& lexicon)
      : r_(reading), f_(reading.fragments), lexicon_(lexicon) {}

  std::vector<TickBox> run() {
    collect();
    claimed_.assign(f_.size(), 0);
    claim_brackets();
    for (TickBox& box : boxes_) read_own(box);
    match_torn_row();
    match_middles();
    doubt_middles();
    for (TickBox& box : boxes_) pass_to_right(box);
    if (r_.undecided.empty()) match_runs();
    match_insides();
    sort_insides();
    adopt_insides();
    by_brackets();
    if (r_.undecided.empty()) by_numbers();
    return std::move(boxes_);
  }

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  void collect() {
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (f_[i].what != What::Box) continue;
      TickBox box;
      box.fragment = static_cast<int>(i);
      box.instance = r_.resolved.instance[i];
      box.word = f_[i].word;
      box.inside = inside_of(i);
      boxes_.push_back(std::move(box));
    }
  }

  // Up to the bracket that closes: what follows in the same box is another cell.
  static std::string_view until_closed(std::string_view t) {
    int depth = 0;
    for (std::size_t i = 0; i < t.size(); ++i) {
      const std::string_view rest = t.substr(i);
      if (rest.starts_with("(") || rest.starts_with("（")) ++depth;
      if (!rest.starts_with(")") && !rest.starts_with("）")) continue;
      if (depth-- == 0) return trim(t.substr(0, i));
    }
    return t;
  }

  // （ 庁内各課 ） behind the box.
  std::string inside_of(std::size_t i) const {
    if (i + 1 >= f_.size() || f_[i + 1].what != What::Text) return {};
    const Fragment& text = f_[i + 1];
    if (text.box != f_[i].box || r_.used[i + 1]) return {};
    std::string_view t = trim(text.text);
    if (!t.starts_with("(") && !t.starts_with("（")) return {};
    t.remove_prefix(t.starts_with("(") ? 1 : 3);
    t = trim(t);
    if (t.ends_with("件")) return {};
    return std::string(trim(until_closed(t)));
  }

  // Brackets of choices are not brackets of ticks.
  void claim_brackets() {
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (f_[i].what != What::Choice) continue;
      if (i > 0 && f_[i - 1].what == What::Open) claimed_[i - 1] = 1;
      if (i + 1 < f_.size() && f_[i + 1].what == What::Close) claimed_[i + 1] = 1;
    }
  }

  bool is(int i, What what) const {
    return i >= 0 && at(i) < f_.size() && f_[at(i)].what == what && !claimed_[at(i)];
  }

  void read_own(TickBox& box) {
    const int close = box.fragment - 1;
    int k = close - 1;
    if (k < 0 || f_[at(k)].box != f_[at(box.fragment)].box) return;
    if (is(k, What::Tick)) {
      claimed_[at(k)] = 1;
      if (is(k - 1, What::Open) && f_[at(k - 1)].box == f_[at(k)].box) claimed_[at(k - 1)] = 1;
      box.state = State::Yes;
    } else if (is(k, What::Open)) {
      claimed_[at(k)] = 1;
      box.state = State::No;
    }
  }

  // `] 自己点検 ] 外部監査` and `[ ○ ] 内部監査 [ ○ [`: three boxes, three openings in one line.
  // Then the openings are those of the boxes in the order in which the boxes' own halves come.
  void match_torn_row() {
    for (const TickBox& middle : boxes_) {
      if (middle.state == State::Unknown || lexicon_.boxes[at(middle.word)].printed != "内部監査")
        continue;
      std::vector<TickBox*> torn;
      for (TickBox& box : boxes_) {
        if (box.instance == middle.instance && box.state == State::Unknown) torn.push_back(&box);
      }
      std::vector<State> open;
      for (int i = middle.fragment + 1;
           at(i) < f_.size() && f_[at(i)].box == f_[at(middle.fragment)].box; ++i) {
        if (f_[at(i)].what != What::Open) continue;
        open.push_back(is(i + 1, What::Tick) ? State::Yes : State::No);
      }
      if (torn.size() != 2 || open.size() != 2) continue;
      for (int i = middle.fragment + 1;
           at(i) < f_.size() && f_[at(i)].box == f_[at(middle.fragment)].box; ++i) {
        claimed_[at(i)] = 1;
      }
      const bool before = torn[1]->fragment < middle.fragment;
      torn[0]->state = before ? middle.state : open[0];
      torn[1]->state = before ? open[0] : open[1];
      if (before) const_cast<TickBox&>(middle).state = open[1];
    }
  }

  // A column of n openings, then n boxes, and a ○ alone right before the `] 紙` that it ticks: the
  // other ones are blank.
  void match_middles() {
    std::map<int, TickBox*> torn;
    for (TickBox& box : boxes_) {
      if (box.state == State::Unknown && is(box.fragment - 1, What::Close))
        torn[box.fragment] = &box;
    }
    for (int i = 0; at(i) < f_.size(); ++i) {
      int openings = 0;
      while (is(i + openings, What::Open)) ++openings;
      if (openings == 0) continue;
      const int last = i + openings - 1;
      if (is(last + 1, What::Tick) && f_[at(last + 1)].box == f_[at(last)].box) {  // `[ ○`
        i = last + 1;
        continue;
      }
      std::vector<std::pair<TickBox*, int>> column;  // and its ○, -1 for none
      int end = i + openings, tick = -1, loose = 0;
      for (; at(end) < f_.size() && !is(end, What::Open); ++end) {
        if (is(end, What::Tick)) {
          loose += tick >= 0;
          tick = end;
        } else if (const auto box = torn.find(end); box != torn.end()) {
          const bool before = tick == end - 2;
          loose += tick >= 0 && !before;
          column.emplace_back(box->second, before ? tick : -1);
          tick = -1;
        } else if (f_[at(end)].what == What::Box) {
          ++loose;
        }
      }
      loose += tick >= 0;
      const bool ticked =
          std::any_of(column.begin(), column.end(), [](const auto& c) { return c.second >= 0; });
      if (loose == 0 && ticked && static_cast<int>(column.size()) == openings) {
        for (int k = 0; k < openings; ++k) claimed_[at(i + k)] = 1;
        for (const auto& [box, mark] : column) {
          box->state = mark >= 0 ? State::Yes : State::No;
          if (mark >= 0) claimed_[at(mark)] = 1;
        }
      }
      i += openings - 1;
    }
  }

  // `] 個人番号 ] その他識別情報` and `[ ○ ] 個人番号対応符号 ○`: the opening before the middle one
  // may be that of the first.
  void doubt_middles() {
    std::vector<TickBox*> doubtful;
    for (TickBox& left : boxes_) {
      if (left.state != State::Unknown) continue;
      TickBox* middle = right_of(left);
      TickBox* right = middle == nullptr ? nullptr : right_of(*middle);
      if (right == nullptr || right->state != State::Unknown || middle->state != State::Yes ||
          right->fragment != left.fragment + 2 ||
          f_[at(right->fragment)].box != f_[at(left.fragment)].box)
        continue;
      doubtful.push_back(middle);
    }
    for (TickBox* box : doubtful) box->state = State::Unknown;
  }

  TickBox* right_of(const TickBox& box) {
    const auto& order = lexicon_.node_boxes[at(tick_node(box))];
    const auto here = std::find(order.begin(), order.end(), box.word);
    if (here == order.end()) return nullptr;
    for (auto next = here + 1; next != order.end(); ++next) {
      for (TickBox& other : boxes_) {
        if (other.instance == box.instance && other.word == *next) return &other;
      }
    }
    return nullptr;
  }

  int tick_node(const TickBox& box) const {
    if (box.instance < 0) return 0;
    const int owner = r_.resolved.instances[at(box.instance)].node;
    for (std::size_t n = at(owner); n < lexicon_.node_boxes.size(); ++n) {
      const auto& words = lexicon_.node_boxes[n];
      if (std::find(words.begin(), words.end(), box.word) != words.end())
        return static_cast<int>(n);
    }
    return owner;
  }

  // Openings between this box and the next one in its line: the last one is the right neighbour's,
  // one more before it is this box's own if that was torn off (`] 住民基本台帳… [[`).
  void pass_to_right(TickBox& box) {
    std::vector<std::pair<int, bool>> open;  // fragment, ticked
    for (int i = box.fragment + 1; at(i) < f_.size() && f_[at(i)].box == f_[at(box.fragment)].box;
         ++i) {
      if (f_[at(i)].first_line != f_[at(box.fragment)].last_line) break;
      if (f_[at(i)].what == What::Box || f_[at(i)].what == What::Close) break;
      if (claimed_[at(i)]) continue;
      if (f_[at(i)].what == What::Open) {
        open.emplace_back(i, is(i + 1, What::Tick));
        if (is(i + 1, What::Tick)) ++i;
      } else if (f_[at(i)].what == What::Tick) {
        open.emplace_back(i, true);
      }
    }
    if (open.size() == 2 && box.state == State::Unknown) {
      take(box, open.front());
      open.erase(open.begin());
    }
    if (open.size() != 1) return;
    TickBox* right = right_of(box);
    if (right == nullptr || right->state != State::Unknown) return;
    // `] 庁内連携システム] 専用線`: two torn boxes in one line and one opening; it may be either's.
    const bool either = std::any_of(boxes_.begin(), boxes_.end(), [&](const TickBox& other) {
      return &other != right && other.state == State::Unknown &&
             other.instance == right->instance &&
             f_[at(other.fragment)].box == f_[at(right->fragment)].box;
    });
    if (!either) take(*right, open.front());
  }

  void take(TickBox& box, std::pair<int, bool> open) {
    box.state = open.second ? State::Yes : State::No;
    claimed_[at(open.first)] = 1;
    if (open.second && is(open.first + 1, What::Tick)) claimed_[at(open.first + 1)] = 1;
  }

  struct Opening {
    int fragment;
    bool ticked;
  };

  // A column of openings and a column of boxes: the n-th opening is that of the n-th box. Over the
  // whole page if the numbers agree, else for each run of openings with the run of boxes behind it.
  void match_runs() {
    std::vector<std::pair<Opening, TickBox*>> events;  // one of the two
    std::map<int, TickBox*> torn;
    for (TickBox& box : boxes_) {
      if (box.state == State::Unknown) torn[box.fragment] = &box;
    }
    int openings = 0;
    for (int i = 0; at(i) < f_.size(); ++i) {
      if (const auto box = torn.find(i); box != torn.end()) {
        events.push_back({{-1, false}, box->second});
      } else if (is(i, What::Open)) {
        const bool blank_choice = at(i + 1) < f_.size() && f_[at(i + 1)].what == What::Close &&
                                  !(at(i + 2) < f_.size() && f_[at(i + 2)].what == What::Box);
        if (blank_choice || behind_a_box(i)) continue;
        events.push_back({{i, is(i + 1, What::Tick)}, nullptr});
        ++openings;
      }
    }
    if (openings == static_cast<int>(torn.size())) return zip(events, 0, events.size());
    for (std::size_t i = 0; i < events.size();) {
      std::size_t boxes = i;
      while (boxes < events.size() && events[boxes].second == nullptr) ++boxes;
      std::size_t end = boxes;
      while (end < events.size() && events[end].second != nullptr) ++end;
      if (boxes - i == end - boxes) zip(events, i, end);
      i = std::max(end, i + 1);
    }
  }

  // Pulled to the end of a box's line: it belongs to the box at the right of that one.
  bool behind_a_box(int i) const {
    for (int k = i - 1;
         k >= 0 && f_[at(k)].box == f_[at(i)].box && f_[at(k)].last_line == f_[at(i)].first_line;
         --k) {
      if (f_[at(k)].what == What::Box) return true;
    }
    return false;
  }

  void zip(std::vector<std::pair<Opening, TickBox*>>& events, std::size_t from, std::size_t to) {
    std::vector<Opening> openings;
    std::vector<TickBox*> torn;
    for (std::size_t i = from; i < to; ++i) {
      if (events[i].second == nullptr)
        openings.push_back(events[i].first);
      else
        torn.push_back(events[i].second);
    }
    for (std::size_t i = 0; i < openings.size() && i < torn.size(); ++i) {
      take(*torn[i], {openings[i].fragment, openings[i].ticked});
    }
  }

  // Boxes that are printed with brackets behind them.
  bool takes_text(const TickBox& box) const {
    static constexpr std::string_view kWith[] = {"その他", "評価実施機関内の他部署",
                                                 "行政機関・独立行政法人等",
                                                 "地方公共団体・地方独立行政法人", "民間事業者"};
    return std::find(std::begin(kWith), std::end(kWith), lexicon_.boxes[at(box.word)].printed) !=
           std::end(kWith);
  }

  bool has_brackets_beside(const TickBox& box) const {
    const int next = box.fragment + 1;
    if (at(next) >= f_.size() || f_[at(next)].what != What::Text ||
        f_[at(next)].box != f_[at(box.fragment)].box)
      return false;
    const std::string_view t = trim(f_[at(next)].text);
    return t.starts_with("(") || t.starts_with("（");
  }

  // A column of brackets behind a column of such boxes.
  void match_insides() {
    std::vector<TickBox*> waiting;
    std::vector<std::string> texts;
    std::vector<int> places;
    std::map<int, TickBox*> at_fragment;
    for (TickBox& box : boxes_) {
      if (takes_text(box) && !has_brackets_beside(box)) waiting.push_back(&box);
      at_fragment[box.fragment] = &box;
    }
    for (int i = 0; at(i) < f_.size(); ++i) {
      const Fragment& f = f_[at(i)];
      if (f.what != What::Text || r_.used[at(i)]) continue;
      std::string_view t = trim(f.text);
      if (!t.starts_with("(") && !t.starts_with("（")) continue;
      const auto box = at_fragment.find(i - 1);
      if (box != at_fragment.end() && has_brackets_beside(*box->second)) continue;
      if (count_in(key(t)) >= 0 || t.ends_with("件") || is_count_bracket(i)) continue;
      t.remove_prefix(t.starts_with("(") ? 1 : 3);
      t = until_closed(trim(t));
      t = trim(t);
      if (t.empty() && at(i + 1) < f_.size() && f_[at(i + 1)].what == What::Text &&
          !r_.used[at(i + 1)] && (closed_behind(i + 1) || behind_ticked(i))) {
        t = trim(f_[at(i + 1)].text);  // （ / 閲覧用の端末 / ）
      }
      if (key(t).find_first_not_of(U"()") == std::u32string::npos) t = {};
      while (t.starts_with("(") || t.starts_with("（"))
        t = trim(t.substr(t.starts_with("(") ? 1 : 3));
      texts.emplace_back(t);
      places.push_back(at(i + 1) < f_.size() && t == trim(f_[at(i + 1)].text) ? i + 1 : i);
    }
    if (texts.size() != waiting.size()) return;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      waiting[i]->inside = texts[i];
      waiting[i]->inside_at = places[i];
    }
  }

  const std::string& label_of(const TickBox& box) const {
    return lexicon_.boxes[at(box.word)].printed;
  }

  // Texts that came to the wrong box of their item change over, or are left out.
  void sort_insides() {
    std::vector<std::pair<std::string, int>> loose;
    for (TickBox& box : boxes_) {
      if (box.inside.empty() || may_stand_in(box.inside, label_of(box))) continue;
      loose.emplace_back(std::move(box.inside),
                         box.inside_at < 0 ? box.fragment + 1 : box.inside_at);
      box.inside.clear();
    }
    for (const auto& [text, place] : loose) {
      TickBox* box = only_box_for(text);
      if (box == nullptr) continue;
      box->inside = text;
      box->inside_at = place;
    }
  }

  TickBox* only_box_for(const std::string& text) {
    TickBox* only = nullptr;
    const Bodies bodies = bodies_in(text);
    for (TickBox& box : boxes_) {
      if (bodies == Bodies::Unknown || bodies_of_box(label_of(box)) != bodies ||
          !box.inside.empty())
        continue;
      if (only != nullptr) return nullptr;
      only = &box;
    }
    return only;
  }

  // Texts with half a bracket, and short lists of bodies without a label.
  void adopt_insides() {
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (f_[i].what != What::Text || f_[i].lines.size() > 3 || !is_free(i)) continue;
      std::string text(trim(f_[i].text));
      const bool half = strip_half_bracket(text);
      const std::u32string k = key(text);
      if (k.size() < 2 || k.size() > 80 || k.find(U'。') != std::u32string::npos || taken(text))
        continue;
      TickBox* box = only_box_for(text);
      if (box == nullptr && half) box = only_other();
      if (box == nullptr || box->state == State::No) continue;
      if (!half && bodies_in(text) == Bodies::Own) continue;  // a department like any other
      box->inside = text;
      box->inside_at = static_cast<int>(i);
    }
  }

  bool taken(const std::string& text) const {
    return std::any_of(boxes_.begin(), boxes_.end(), [&](const TickBox& box) {
      return box.inside.find(text) != std::string::npos;
    });
  }

  // Not a value of an item that keeps its text.
  bool is_free(std::size_t i) const {
    for (const Slot& slot : r_.slots) {
      for (const Part& part : slot.values) {
        if (at(part.fragment) != i || slot.certainty == Certainty::Doubtful) continue;
        if (lexicon_.form->node(slot.node).item->pointer[0] != '\0') return false;
      }
    }
    return true;
  }

  static bool strip_half_bracket(std::string& text) {
    const std::u32string k = key(text);
    const auto count = [&](char32_t c) { return std::count(k.begin(), k.end(), c); };
    if (count('(') == count(')') || k.size() < 3) return false;
    std::string_view t = text;
    for (const std::string_view mark : {"（", "）", "(", ")"}) {
      if (t.starts_with(mark))
        t = trim(t.substr(mark.size()));
      else if (t.ends_with(mark))
        t = trim(t.substr(0, t.size() - mark.size()));
      else
        continue;
      text = std::string(t);
      return true;
    }
    return false;
  }

  // その他 of the page that is ticked and has nothing in its brackets, if there is one only.
  TickBox* only_other() {
    TickBox* only = nullptr;
    for (TickBox& box : boxes_) {
      if (label_of(box) != "その他" || box.state == State::No || !box.inside.empty()) continue;
      if (only != nullptr) return nullptr;
      only = &box;
    }
    return only != nullptr && only->state == State::Yes ? only : nullptr;
  }

  bool closed_behind(int i) const {
    return at(i + 1) < f_.size() && f_[at(i + 1)].what == What::Text &&
           f_[at(i + 1)].key.starts_with(U")");
  }

  // A ticked box says what it stands for, even if the closing bracket is torn off.
  bool behind_ticked(int i) const {
    return std::any_of(boxes_.begin(), boxes_.end(), [&](const TickBox& box) {
      return box.fragment == i - 1 && box.state == State::Yes;
    });
  }

  // （ of （ 3 ）件.
  bool is_count_bracket(int i) const {
    for (int k = i + 1; at(k) < f_.size() && k < i + 4; ++k) {
      if (f_[at(k)].what != What::Text) return false;
      const std::u32string& text = f_[at(k)].key;
      if (count_in(text) >= 0 || text == U")件" || text == U"件") return true;
      if (text != U")") return false;
    }
    return false;
  }

  // Something written in a box's brackets tells that it is ticked.
  void by_brackets() {
    for (TickBox& box : boxes_) {
      if (box.state == State::Unknown && !box.inside.empty()) box.state = State::Yes;
    }
  }

  void by_numbers() {
    int loose = 0;
    for (std::size_t i = 0; i < f_.size(); ++i) loose += f_[i].what == What::Tick && !claimed_[i];
    int unknown = 0;
    for (const TickBox& box : boxes_) unknown += box.state == State::Unknown;
    if (loose != 0 && loose != unknown) return;
    for (TickBox& box : boxes_) {
      if (box.state == State::Unknown) box.state = loose == 0 ? State::No : State::Yes;
    }
  }

  const Reading& r_;
  const std::vector<Fragment>& f_;
  const Lexicon& lexicon_;
  std::vector<TickBox> boxes_;
  std::vector<char> claimed_;
};

}  // namespace

std::vector<TickBox> read_ticks(const Reading& reading, const Lexicon& lexicon) {
  return TickReader(reading, lexicon).run();
}

}  // namespace pia::boxes
