// Boxes at the left and the label ③ that follow one another in the text are a chain of one system;
// where a second block begins is told by what comes twice. Which system a chain belongs to needs
// proof: it stands whole below its heading, the change history tells the tick, or the functions
// name what is ticked; and no system has a box twice (boxes_contest).

#include "indexer/boxes_system_boxes.h"

#include <algorithm>
#include <set>

#include "indexer/boxes_contest.h"
#include "indexer/boxes_kinship.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

using View = std::u32string_view;

class SystemBoxes {
 public:
  SystemBoxes(Reading& reading, const Lexicon& lexicon, const ToldTicks& told,
              std::vector<PageSystem> systems)
      : r_(reading),
        f_(reading.fragments),
        lexicon_(lexicon),
        form_(*lexicon.form),
        told_(told),
        systems_(std::move(systems)) {}

  void run() {
    const int label = connections();
    if (label < 0 || share_by_names()) return;
    std::vector<Chain> runs(1);
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (r_.resolved.node[i] == label) {
        runs.back().push_back({static_cast<int>(i), -1});
      } else if (of_systems(i)) {
        if (!torn(i)) runs.back().push_back({static_cast<int>(i), f_[i].word});
      } else if (breaks(i) && !runs.back().empty()) {
        runs.emplace_back();
      }
    }
    for (const Chain& run : runs) cut(run);
    leave_out_last();
    if (!chains_.empty()) write();
  }

 private:
  struct Piece {  // a left box or the label ③
    int fragment = -1;
    int word = -1;  // -1: the label
  };
  using Chain = std::vector<Piece>;

  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  std::string_view pointer(int node) const { return form_.node(node).item->pointer; }

  int connections() const {
    for (const int node : lexicon_.at("/systems/*/connections")) return node;
    return -1;
  }

  // The form prints the boxes in two columns: even ones are at the left.
  int rank(int word) const {
    const auto& words = lexicon_.node_boxes[at(connections())];
    const auto here = std::find(words.begin(), words.end(), word);
    return here == words.end() ? -1 : static_cast<int>(here - words.begin());
  }

  bool of_systems(std::size_t i) const {
    if (f_[i].what != What::Box || rank(f_[i].word) < 0) return false;
    const int instance = r_.resolved.instance[i];
    return instance < 0 || pointer(r_.resolved.instances[at(instance)].node) == "/systems/*";
  }

  // The value of ①, -1 if it was not found.
  int name_at(const PageSystem& system) const {
    for (const Slot& slot : r_.slots) {
      if (slot.instance == system.instance && pointer(slot.node) == "/systems/*/name" &&
          !slot.values.empty() && slot.certainty != Certainty::Doubtful)
        return slot.values.front().fragment;
    }
    return -1;
  }

  // Blocks that stand one after the other, each below its name: name, functions and all the boxes
  // in the form's order; then the next name. The rest of a block from the page before stands above
  // the first name, and the last block may go on overleaf. Any other page is not read like this.
  bool share_by_names() {
    std::vector<std::pair<int, int>> names;  // fragment, instance
    int rest = -1;
    std::vector<PageSystem> order = systems_;
    std::stable_sort(order.begin(), order.end(),
                     [](const PageSystem& a, const PageSystem& b) { return a.number < b.number; });
    for (const PageSystem& system : order) {
      const int at = name_at(system);
      if (at < 0 && names.empty() && rest < 0) {
        rest = system.instance;
        continue;
      }
      if (at < 0 || (!names.empty() && at <= names.back().first)) return false;
      names.emplace_back(at, system.instance);
    }
    if (names.empty()) return false;
    const std::size_t all = lexicon_.node_boxes[at(connections())].size();
    std::vector<std::vector<std::size_t>> blocks(names.size() + 1);  // the rest first
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (!of_systems(i)) continue;
      std::size_t b = 0;
      while (b < names.size() && names[b].first < static_cast<int>(i)) ++b;
      if (!blocks[b].empty() && rank(f_[i].word) != rank(f_[blocks[b].back()].word) + 1)
        return false;
      blocks[b].push_back(i);
    }
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      if (blocks[b].empty()) {
        if (b > 0 && b + 1 < blocks.size()) return false;
        continue;
      }
      const bool begins = rank(f_[blocks[b].front()].word) == 0;
      const bool ends = static_cast<std::size_t>(rank(f_[blocks[b].back()].word)) + 1 == all;
      // A whole block above the first name is the rest of a system only if the last one has its
      // own.
      if (b == 0 ? (begins && blocks.back().empty()) || !ends || rest < 0
                 : !begins || (b + 1 < blocks.size() && !ends))
        return false;
    }
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      for (const std::size_t i : blocks[b])
        r_.resolved.instance[i] = b == 0 ? rest : names[b - 1].second;
    }
    return true;
  }

  // `] 税務システム`, which says nothing by itself: its opening stands behind the left box.
  bool torn(std::size_t i) const {
    if (rank(f_[i].word) % 2 == 0) return false;
    if (i < 2 || f_[i - 1].what != What::Close || f_[i - 2].box != f_[i].box) return true;
    return f_[i - 2].what != What::Tick && f_[i - 2].what != What::Open;
  }

  // More headings than ③: that of the last system is on the next page, and with it the boxes.
  void leave_out_last() {
    const auto labels = static_cast<std::size_t>(
        std::count(r_.resolved.node.begin(), r_.resolved.node.end(), connections()));
    std::stable_sort(systems_.begin(), systems_.end(),
                     [](const PageSystem& a, const PageSystem& b) { return a.number < b.number; });
    candidates_ = labels > 0 ? std::min(labels, systems_.size()) : systems_.size();
  }

  bool breaks(std::size_t i) const {
    const Fragment& f = f_[i];
    if (f.what == What::Text)
      return !is_furniture(f.key) && !f.text.starts_with("(") && !f.text.starts_with("（");
    return f.what == What::Label || f.what == What::Range || f.what == What::Box ||
           f.what == What::Choice || f.what == What::List;
  }

  // A run in which something comes twice has the boxes of two systems. The border lies behind all
  // that comes again and before the first repeat; what stands between may be either's.
  void cut(const Chain& run) {
    if (!rising()) return cut_by_box(run);
    for (std::size_t from = 0; from < run.size();) {
      const std::size_t repeat = first_repeat(run, from);
      if (repeat == run.size()) return add(run, from, repeat);
      const std::size_t end = first_repeat(run, repeat);
      std::size_t last = from;
      for (std::size_t i = from; i < repeat; ++i) {
        for (std::size_t k = repeat; k < end; ++k) {
          if (run[i].word == run[k].word) last = i;
        }
      }
      add(run, from, last + 1);
      for (std::size_t i = last + 1; i < repeat; ++i) add(run, i, i + 1);
      from = repeat;
    }
  }

  // On a page that does not run downwards the second half of one block meets the first half of
  // another: only what is in one box of text is certainly of one system, and a row of the form with
  // the next one right behind it.
  void cut_by_box(const Chain& run) {
    for (std::size_t from = 0, to = 0; from < run.size(); from = to) {
      for (to = from + 1; to < run.size() &&
                          (same_box(run[to - 1], run[to]) || is_next_row(run[to - 1], run[to]));)
        ++to;
      add(run, from, to);
    }
  }

  bool same_box(const Piece& a, const Piece& b) const {
    return f_[at(a.fragment)].box == f_[at(b.fragment)].box;
  }

  bool is_next_row(const Piece& above, const Piece& below) const {
    return above.word >= 0 && below.word >= 0 && rank(above.word) % 2 == 0 &&
           rank(below.word) == rank(above.word) + 2;
  }

  // The systems come in their order. A heading may be torn off, so their names tell.
  bool rising() const {
    for (const PageSystem& a : systems_) {
      for (const PageSystem& b : systems_) {
        if (a.named_at >= 0 && b.named_at > a.named_at && b.number < a.number) return false;
      }
    }
    return true;
  }

  static std::size_t first_repeat(const Chain& run, std::size_t from) {
    std::set<int> seen;
    for (std::size_t i = from; i < run.size(); ++i) {
      if (!seen.insert(run[i].word).second) return i;
    }
    return run.size();
  }

  void add(const Chain& run, std::size_t from, std::size_t to) {
    if (from < to)
      chains_.emplace_back(run.begin() + static_cast<std::ptrdiff_t>(from),
                           run.begin() + static_cast<std::ptrdiff_t>(to));
  }

  bool ticked(int box) const {
    return box >= 2 && f_[at(box - 1)].what == What::Close && f_[at(box - 2)].what == What::Tick;
  }

  bool blank(int box) const {
    return box >= 2 && f_[at(box - 1)].what == What::Close && f_[at(box - 2)].what == What::Open;
  }

  // `[ ] 宛名システム等 [ ○`: the right neighbour is ticked.
  bool ticks_right(int box) const {
    for (std::size_t i = at(box) + 1;
         i + 1 < f_.size() && f_[i].first_line == f_[at(box)].last_line; ++i) {
      if (f_[i].what == What::Box || f_[i].what == What::Close) return false;
      if (f_[i].what == What::Open && f_[i + 1].what == What::Tick)
        return i + 2 >= f_.size() || f_[i + 2].what != What::Close;
    }
    return false;
  }

  bool opens_right(int box) const {
    for (std::size_t i = at(box) + 1; i < f_.size() && f_[i].first_line == f_[at(box)].last_line;
         ++i) {
      if (f_[i].what == What::Open) return true;
    }
    return false;
  }

  std::u32string label_of(int word) const { return lexicon_.boxes[at(word)].key; }

  double proof(const Chain& chain, const PageSystem& system) const {
    double sum = 0;
    const auto& words = lexicon_.node_boxes[at(connections())];
    for (const Piece& piece : chain) {
      if (piece.word < 0) continue;
      if (ticked(piece.fragment))
        sum += proof_of_tick(piece, label_of(piece.word), system);
      else if (blank(piece.fragment))
        sum += history(label_of(piece.word), false, {}, system);
      const int right = rank(piece.word) + 1;
      if (right % 2 == 1 && at(right) < words.size() && ticks_right(piece.fragment))
        sum += proof_of_tick({}, label_of(words[at(right)]), system);
    }
    return sum + (stands_whole(system) && holds(system, chain) ? 4.0 : 0.0);
  }

  // What the change history says of a box that is ticked or blank here.
  double history(const std::u32string& label, bool ticked, View inside,
                 const PageSystem& system) const {
    const auto told = told_.find({system.number, label});
    if (told == told_.end()) return 0;
    if (told->second.ticked != ticked) return -3;
    return !ticked || told->second.inside.empty() || inside.find(told->second.inside) != View::npos
               ? 3
               : 0;
  }

  double proof_of_tick(const Piece& piece, const std::u32string& label,
                       const PageSystem& system) const {
    std::u32string inside;
    if (piece.fragment >= 0 && at(piece.fragment) + 1 < f_.size() &&
        f_[at(piece.fragment) + 1].what == What::Text)
      inside = f_[at(piece.fragment) + 1].key;
    double sum = history(label, true, inside, system);
    const std::u32string name = key(system.name);
    if (calls(name, label)) sum -= 3.0;  // nothing is connected to itself
    if (calls(system.functions, label)) sum += 1.5;
    if (label != U"その他") return sum;
    for (const std::u32string& part : split_at(inside, U"()、,・及")) {
      if (part.size() < 3) continue;
      if (name.starts_with(part)) sum -= 3.0;
      if (carries(system.functions, part)) sum += 1.5;
    }
    return sum;
  }

  // ①, ② and ③ in this order before the next ①, and no box twice.
  bool stands_whole(const PageSystem& system) const {
    if (system.named_at < 0 || !rising()) return false;
    int node = r_.resolved.node[at(system.named_at)];
    const int group = form_.group_of(node);
    std::set<int> boxes;
    for (int i = system.named_at + 1; i < end_of(system); ++i) {
      if (of_systems(at(i)) && !torn(at(i)) && !boxes.insert(f_[at(i)].word).second) return false;
      const int here = r_.resolved.node[at(i)];
      if (here <= group || form_.group_of(here) != group) continue;
      if (here <= node) return false;
      node = here;
    }
    return node == connections() && boxes.size() >= 3;
  }

  int end_of(const PageSystem& system) const {
    int end = static_cast<int>(f_.size());
    for (const PageSystem& other : systems_) {
      if (other.named_at > system.named_at) end = std::min(end, other.named_at);
    }
    return end;
  }

  bool holds(const PageSystem& system, const Chain& chain) const {
    return chain.front().fragment > system.named_at && chain.back().fragment < end_of(system);
  }

  // What a box says: its own tick, its right neighbour's, and the text behind it.
  std::u32string saying(const Piece& piece) const {
    if (piece.word < 0) return {};
    std::u32string out(1, ticked(piece.fragment) ? U'○' : U' ');
    if (ticks_right(piece.fragment))
      out.push_back(U'○');
    else if (!opens_right(piece.fragment))
      out.push_back(U'?');  // the opening of its right neighbour is torn off
    if (at(piece.fragment) + 1 >= f_.size() || f_[at(piece.fragment) + 1].what != What::Text)
      return out;
    const std::u32string inside = f_[at(piece.fragment) + 1].key;
    // An empty bracket says nothing, whether its end is torn off or not.
    return inside.find_first_not_of(U"()") == View::npos ? out : out + inside;
  }

  void write() {
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (of_systems(i)) r_.resolved.instance[i] = -1;
    }
    std::vector<ContestChain> contest;
    for (const Chain& chain : chains_) {
      ContestChain entry;
      for (const Piece& piece : chain) entry.pieces.push_back({piece.word, saying(piece)});
      for (std::size_t k = 0; k < candidates_; ++k)
        entry.proof.push_back(proof(chain, systems_[k]));
      contest.push_back(std::move(entry));
    }
    const std::vector<Verdict> verdicts = share_chains(contest, candidates_);
    std::set<std::pair<int, int>> taken;  // instance, word
    for (std::size_t c = 0; c < chains_.size(); ++c) {
      for (std::size_t p = 0; p < chains_[c].size(); ++p) {
        const Piece& piece = chains_[c][p];
        if (piece.word < 0) continue;
        if (!verdicts[c].sure[p]) {
          r_.undecided.push_back(piece.fragment);
          continue;
        }
        const int instance = systems_[verdicts[c].owner].instance;
        r_.resolved.instance[at(piece.fragment)] = instance;
        taken.emplace(instance, piece.word);
      }
    }
    // Torn boxes at the right are alike: any one will do for the system that lacks it.
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (!of_systems(i) || !torn(i)) continue;
      for (const PageSystem& system : systems_) {
        if (!taken.emplace(system.instance, f_[i].word).second) continue;
        r_.resolved.instance[i] = system.instance;
        break;
      }
    }
  }

  Reading& r_;
  const std::vector<Fragment>& f_;
  const Lexicon& lexicon_;
  const Form& form_;
  const ToldTicks& told_;
  std::vector<PageSystem> systems_;  // by number
  std::vector<Chain> chains_;
  std::size_t candidates_ = 0;  // the first ones of systems_, which may own boxes of this page
};

}  // namespace

void share_boxes(Reading& reading, const Lexicon& lexicon, const ToldTicks& told,
                 std::vector<PageSystem> systems) {
  SystemBoxes(reading, lexicon, told, std::move(systems)).run();
}

}  // namespace pia::boxes
