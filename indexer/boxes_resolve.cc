#include "indexer/boxes_resolve.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <deque>
#include <iterator>
#include <map>
#include <set>
#include <span>

#include "indexer/boxes_assign.h"
#include "indexer/boxes_cycles.h"

namespace pia::boxes {
namespace {

using Fragments = std::vector<Fragment>;

double nearness(int gap) { return std::log2(1.0 + gap); }

bool same_group(const Form& form, int a, int b) {
  if (form.chapter_of(a) != form.chapter_of(b)) return false;
  if (form.section_of(a) != form.section_of(b)) return false;
  return form.group_of(a) == form.group_of(b);
}

class NodeResolver {
 public:
  NodeResolver(const Fragments& fragments, const Lexicon& lexicon, int previous, Resolved& out)
      : f_(fragments), form_(*lexicon.form), previous_(previous), out_(out) {}

  void run() {
    fix_single();
    count_instances();
    bounds();
    // Labels with the same candidates compete for them.
    std::map<std::vector<int>, std::vector<int>> contests;
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (open(i)) contests[f_[i].nodes].push_back(static_cast<int>(i));
    }
    for (const auto& [nodes, labels] : contests) contest(nodes, labels);
  }

 private:
  bool open(std::size_t i) const {
    return f_[i].what == What::Label && out_.node[i] < 0 && !f_[i].nodes.empty();
  }

  void fix_single() {
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (f_[i].what == What::Label && f_[i].nodes.size() == 1) out_.node[i] = f_[i].nodes.front();
    }
  }

  // The stretch of the form that the page's unmistakable labels span. A chapter's or section's
  // heading alone does not end it.
  void bounds() {
    std::vector<int> fixed;
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (out_.node[i] >= 0) fixed.push_back(out_.node[i]);
    }
    if (fixed.empty()) {
      low_ = high_ = std::max(previous_, 0);
      return;
    }
    std::sort(fixed.begin(), fixed.end());
    low_ = fixed.front();
    high_ = fixed.back();
  }

  // `fixed`: the labels of the node's group whose nodes are known.
  double cost(int label, int node, const std::vector<std::size_t>& fixed) const {
    const int outside = node < low_ ? low_ - node : node > high_ ? node - high_ : 0;
    double nearest = 12;
    std::size_t anchor = f_.size();
    for (const std::size_t k : fixed) {
      const int gap = std::abs(static_cast<int>(k) - label);
      const bool heading = form_.is_below(node, out_.node[k]);
      const double after = heading && static_cast<int>(k) > label ? 1.0 : 0.0;
      const double here = nearness(gap) + after + (heading ? 0 : 0.5);
      if (here < nearest) nearest = here, anchor = k;
    }
    if (anchor < f_.size() && crosses_group(label, static_cast<int>(anchor), node)) nearest += 1.5;
    const int from_last = previous_ >= 0 && node < previous_ ? 1 : 0;
    return nearest + (outside == 0 ? 0 : 2.0 + 0.15 * outside) + from_last;
  }

  // How often each group stands on the page, by its unmistakable labels: a label that is the only
  // one of its group may be the rest of the page before.
  void count_instances() {
    std::map<int, std::size_t> count;
    for (std::size_t k = 0; k < f_.size(); ++k) {
      if (f_[k].nodes.size() != 1 || out_.node[k] < 0) continue;
      const int group = form_.repeating_group_of(out_.node[k]);
      if (group < 0) continue;
      std::size_t& most = instances_[group];
      most = std::max(most, ++count[out_.node[k]]);
    }
  }

  std::size_t instances_of(int node) const {
    const auto found = instances_.find(form_.repeating_group_of(node));
    return found == instances_.end() ? 1 : found->second;
  }

  // Labels of another 提供先 or 委託事項 stand between a label and the group it should belong to.
  bool crosses_group(int label, int anchor, int node) const {
    const int own = form_.repeating_group_of(node);
    if (own < 0) return false;
    for (int k = std::min(label, anchor) + 1; k < std::max(label, anchor); ++k) {
      const int other = out_.node[static_cast<std::size_t>(k)];
      const int group = other < 0 ? -1 : form_.repeating_group_of(other);
      if (group >= 0 && group != own) return true;
    }
    return false;
  }

  // What each label costs at the node.
  std::vector<double> costs(const std::vector<int>& labels, int node) const {
    std::vector<std::size_t> fixed;
    for (std::size_t k = 0; k < f_.size(); ++k) {
      if (out_.node[k] >= 0 && same_group(form_, out_.node[k], node)) fixed.push_back(k);
    }
    std::vector<double> all;
    all.reserve(labels.size());
    for (const int label : labels) all.push_back(cost(label, node, fixed));
    return all;
  }

  void contest(const std::vector<int>& nodes, const std::vector<int>& labels) {
    std::vector<int> slots;  // a node in a repeating group may win several labels
    for (const int node : nodes) slots.insert(slots.end(), instances_of(node), node);
    if (slots.size() < labels.size()) {  // more labels than their groups seem to have
      slots.clear();
      for (const int node : nodes) {
        const std::size_t times = form_.repeating_group_of(node) >= 0 ? labels.size() : 1;
        slots.insert(slots.end(), times, node);
      }
    }
    Problem problem;
    problem.left_over.assign(labels.size(), 60);
    std::vector<double> at_node;
    for (std::size_t s = 0; s < slots.size(); ++s) {
      if (s == 0 || slots[s] != slots[s - 1]) at_node = costs(labels, slots[s]);
      std::vector<double> row;
      row.reserve(labels.size());
      for (std::size_t l = 0; l < labels.size(); ++l) {
        // In doubt the labels keep the form's order.
        const double order =
            0.01 * std::abs(static_cast<double>(s) / static_cast<double>(slots.size()) -
                            static_cast<double>(l) / static_cast<double>(labels.size()));
        row.push_back(at_node[l] + order);
      }
      problem.cost.push_back(std::move(row));
    }
    const Solution solution = solve(problem, false);
    for (std::size_t s = 0; s < slots.size(); ++s) {
      if (solution.value[s] < 0) continue;
      out_.node[static_cast<std::size_t>(labels[static_cast<std::size_t>(solution.value[s])])] =
          slots[s];
    }
  }

  const Fragments& f_;
  const Form& form_;
  int previous_;
  Resolved& out_;
  int low_ = 0, high_ = 0;
  std::map<int, std::size_t> instances_;  // repeating group → how often it stands on the page
};

// Shares labels and boxes out between the instances on a page, so that neighbours in the text stay
// together, in the form's order if possible, and no instance has anything twice.
class InstanceResolver {
 public:
  InstanceResolver(const Fragments& fragments, const Lexicon& lexicon, Resolved& out)
      : f_(fragments), lexicon_(lexicon), form_(*lexicon.form), out_(out) {}

  // `previous`: the last node of the page before, whose group may go on here.
  void run(int open_ticks, int previous) {
    open_group_ = previous < 0 ? -1 : form_.repeating_group_of(previous);
    collect(open_ticks);
    if (elements_.empty()) return;
    start();
    improve();
    write();
  }

 private:
  struct Element {
    int fragment = 0;
    int group = -1;                // repeating group or tick item; -1 for a box that has the choice
    int key = 0;                   // node of a label, or ~word of a box: unique in an instance
    bool heading = false;          // of a group
    std::span<const int> allowed;  // instances
    int at = -1;                   // its instance
  };

  int owner(int node) const {
    const int group = form_.repeating_group_of(node);
    return group >= 0 ? group : node;
  }

  void collect(int open_ticks) {
    std::map<int, std::map<int, int>> count;  // owner → key → how often
    std::set<int> owners_with_ticks;
    for (std::size_t i = 0; i < f_.size(); ++i) {
      const int node = out_.node[i];
      if (node < 0) continue;
      const bool ticks = form_.node(node).item->answer == Answer::Ticks;
      if (form_.repeating_group_of(node) < 0 && !ticks) continue;
      ++count[owner(node)][node];
      if (ticks) owners_with_ticks.insert(node);
    }
    if (open_ticks >= 0) owners_with_ticks.insert(open_ticks);
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (f_[i].what != What::Box) continue;
      // Boxes alone tell of an instance whose labels are on the page before.
      std::set<int> owners = owners_of(f_[i].word, owners_with_ticks);
      if (owners.size() == 1) ++count[*owners.begin()][~f_[i].word];
    }
    for (const auto& [own, keys] : count) {
      int most = 1;
      for (const auto& [k, n] : keys) most = std::max(most, n);
      const auto headings = keys.find(own);
      if (own == open_group_ && headings != keys.end() && headings->second == most &&
          begins_with_rest(own))
        ++most;
      for (int k = 0; k < most; ++k) {
        of_owner_[own].push_back(static_cast<int>(out_.instances.size()));
        out_.instances.push_back({own, 0});
      }
    }
    add_elements(owners_with_ticks);
  }

  // Labels of the group stand above its first heading, in the form's order: the rest of the last
  // instance of the page before. (A page that runs bottom-up has them in the reverse order.)
  bool begins_with_rest(int group) const {
    std::vector<int> above;
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (out_.node[i] == group) break;
      if (out_.node[i] >= 0 && form_.repeating_group_of(out_.node[i]) == group)
        above.push_back(out_.node[i]);
    }
    if (above.empty()) return false;
    std::size_t rising = 0;
    for (std::size_t i = 1; i < above.size(); ++i) rising += above[i] > above[i - 1];
    return above.size() == 1 ? above.front() > group + 1
                             : above.front() < above.back() && rising * 5 >= (above.size() - 1) * 3;
  }

  std::set<int> owners_of(int word, const std::set<int>& tick_nodes) const {
    std::set<int> owners;
    for (const int node : tick_nodes) {
      const std::vector<int>& words = lexicon_.node_boxes[static_cast<std::size_t>(node)];
      if (std::find(words.begin(), words.end(), word) != words.end()) owners.insert(owner(node));
    }
    return owners;
  }

  void add_elements(const std::set<int>& owners_with_ticks) {
    for (std::size_t i = 0; i < f_.size(); ++i) {
      Element e;
      e.fragment = static_cast<int>(i);
      if (out_.node[i] >= 0) {
        const int own = owner(out_.node[i]);
        const auto at = of_owner_.find(own);
        if (at == of_owner_.end()) continue;
        e.key = out_.node[i];
        e.allowed = at->second;
      } else if (f_[i].what == What::Box) {
        e.key = ~f_[i].word;
        std::vector<int> all;
        for (const int own : owners_of(f_[i].word, owners_with_ticks)) {
          const auto at = of_owner_.find(own);
          if (at != of_owner_.end()) all.insert(all.end(), at->second.begin(), at->second.end());
        }
        e.allowed = several_.emplace_back(std::move(all));
      }
      e.heading = e.key >= 0 && form_.node(e.key).item->level == Level::Group;
      if (!e.allowed.empty()) elements_.push_back(e);
    }
  }

  void start() {
    std::map<std::pair<int, int>, bool> taken;
    for (Element& e : elements_) {
      for (const int instance : e.allowed) {
        if (taken[{instance, e.key}]) continue;
        taken[{instance, e.key}] = true;
        e.at = instance;
        break;
      }
      if (e.at < 0) e.at = e.allowed.front();
    }
  }

  static constexpr int kFall = 5;  // labels of the form

  double pair_cost(const Element& a, const Element& b) { return pair_cost(a, a.at, b, b.at); }

  // Of two neighbours, if they were in these instances.
  double pair_cost(const Element& a, int in_a, const Element& b, int in_b) {
    if (in_a != in_b) return 1.0;
    if (a.heading && b.key == a.key + 1) return -1.2;  // right above its first item
    if (b.heading) return 1.4;                         // and never in the middle of its group
    // ⑨ and then ①: rather the next one's beginning. (A page that runs bottom-up falls by one.)
    if (a.key >= 0 && b.key >= 0 && a.key - b.key > kFall) return 0.6;
    const int da = rank(a.key, in_a), db = rank(b.key, in_b);
    return db == da + 1 ? -0.3 : db > da ? 0.0 : 0.2;
  }

  // Position within an instance, labels and boxes on one scale.
  int rank(int key, int instance) {
    if (key >= 0) return key * 64;
    const int node = out_.instances[static_cast<std::size_t>(instance)].node;
    const auto [known, fresh] = box_ranks_.try_emplace({node, key}, 0);
    if (fresh) known->second = box_rank(node, ~key);
    return known->second;
  }

  int box_rank(int node, int word) const {
    for (int n = node; n < static_cast<int>(lexicon_.node_boxes.size()); ++n) {
      const std::vector<int>& words = lexicon_.node_boxes[static_cast<std::size_t>(n)];
      const auto at = std::find(words.begin(), words.end(), word);
      if (at != words.end()) return n * 64 + 1 + static_cast<int>(at - words.begin());
    }
    return node * 64;
  }

  double local_cost(std::size_t i) {
    double cost = 0;
    if (i > 0) cost += pair_cost(elements_[i - 1], elements_[i]);
    if (i + 1 < elements_.size()) cost += pair_cost(elements_[i], elements_[i + 1]);
    return cost;
  }

  bool try_swap(std::size_t i, std::size_t k) {
    const double before = local_cost(i) + local_cost(k);
    std::swap(elements_[i].at, elements_[k].at);
    if (local_cost(i) + local_cost(k) < before - 1e-9) return true;
    std::swap(elements_[i].at, elements_[k].at);
    return false;
  }

  bool free_at(int instance, int key) const {
    return std::none_of(elements_.begin(), elements_.end(),
                        [&](const Element& e) { return e.at == instance && e.key == key; });
  }

  bool improve_one(std::size_t i) {
    Element& e = elements_[i];
    if (e.allowed.size() < 2) return false;
    for (std::size_t k = 0; k < elements_.size(); ++k) {
      if (k == i || elements_[k].key != e.key || elements_[k].at == e.at) continue;
      if (try_swap(i, k)) return true;
    }
    for (const int instance : e.allowed) {
      if (instance == e.at || !free_at(instance, e.key)) continue;
      const double before = local_cost(i);
      const int old = e.at;
      e.at = instance;
      if (local_cost(i) < before - 1e-9) return true;
      e.at = old;
    }
    return false;
  }

  double border(std::size_t i) {  // between element i - 1 and i
    return i == 0 || i >= elements_.size() ? 0 : pair_cost(elements_[i - 1], elements_[i]);
  }

  void exchange(std::size_t from, std::size_t to, int a, int b) {
    for (std::size_t i = from; i < to; ++i) {
      int& at = elements_[i].at;
      at = at == a ? b : at == b ? a : at;
    }
  }

  bool nothing_twice(int a, int b) const {
    std::set<std::pair<int, int>> seen;
    for (const Element& e : elements_) {
      if ((e.at == a || e.at == b) && !seen.emplace(e.at, e.key).second) return false;
    }
    return true;
  }

  // A whole stretch of the text changes sides: a page that begins with the rest of an instance
  // and goes on with the next one.
  bool exchange_stretch(int a, int b) {
    const std::size_t n = elements_.size();
    const auto exchanged = [&](std::size_t i) {
      const int at = elements_[i].at;
      return at == a ? b : at == b ? a : at;
    };
    // Only the stretch's two borders change: what each costs now, and with one side exchanged.
    std::vector<double> now(n + 1), above(n + 1, 0), below(n + 1, 0);
    for (std::size_t i = 0; i <= n; ++i) {
      now[i] = border(i);
      if (i == 0 || i == n) continue;
      const Element &upper = elements_[i - 1], &lower = elements_[i];
      above[i] = pair_cost(upper, exchanged(i - 1), lower, lower.at);
      below[i] = pair_cost(upper, upper.at, lower, exchanged(i));
    }
    for (std::size_t from = 0; from < n; ++from) {
      for (std::size_t to = n; to > from; --to) {
        if (below[from] + above[to] >= now[from] + now[to] - 1e-9) continue;
        exchange(from, to, a, b);
        if (nothing_twice(a, b)) return true;
        exchange(from, to, a, b);
      }
    }
    return false;
  }

  bool exchange_stretches() {
    if (elements_.size() > 160) return false;  // a page has fewer; a text without pages may not
    for (const auto& [own, list] : of_owner_) {
      for (std::size_t i = 0; i < list.size(); ++i) {
        for (std::size_t k = i + 1; k < list.size(); ++k) {
          if (exchange_stretch(list[i], list[k])) return true;
        }
      }
    }
    return false;
  }

  void improve() {
    for (int round = 0; round < 20; ++round) {
      bool better = exchange_stretches();
      for (std::size_t i = 0; i < elements_.size(); ++i) better = improve_one(i) || better;
      if (!better) return;
    }
  }

  void write() {
    for (const Element& e : elements_) {
      out_.instance[static_cast<std::size_t>(e.fragment)] = e.at;
      const Fragment& f = f_[static_cast<std::size_t>(e.fragment)];
      if (f.repeat > 0) out_.instances[static_cast<std::size_t>(e.at)].repeat = f.repeat;
    }
  }

  const Fragments& f_;
  const Lexicon& lexicon_;
  const Form& form_;
  Resolved& out_;
  int open_group_ = -1;
  std::vector<Element> elements_;
  std::map<int, std::vector<int>> of_owner_;
  std::deque<std::vector<int>> several_;          // instances that a box may be of
  std::map<std::pair<int, int>, int> box_ranks_;  // (node, ~word) → box_rank()
};

bool is_contents(const Fragments& fragments, const Form& form) {
  bool heading = false;
  int chapters = 0;
  for (const Fragment& f : fragments) {
    if (f.what != What::Label) continue;
    heading = heading || std::string_view(form.node(f.nodes.front()).item->label) == "項目一覧";
    chapters += form.node(f.nodes.front()).item->level == Level::Chapter;
  }
  return heading && chapters >= 3;
}

}  // namespace

void turn_over(std::vector<Fragment>& fragments, const Form& form) {
  const auto is_label = [](const Fragment& f) {
    return f.what == What::Label || f.what == What::Range;
  };
  // A stretch begins at a box with a label behind a box without one.
  std::vector<char> labelled;  // by box
  for (const Fragment& f : fragments) {
    const auto at = static_cast<std::size_t>(f.box);
    if (at >= labelled.size()) labelled.resize(at + 1, 0);
    if (is_label(f)) labelled[at] = 1;
  }
  std::vector<std::span<Fragment>> stretches;
  int box = -1;
  bool before = false;
  for (Fragment& f : fragments) {
    const bool has_label = labelled[static_cast<std::size_t>(f.box)] != 0;
    const bool begins = f.box != box && has_label && !before;
    if (f.box != box) before = has_label;
    box = f.box;
    if (stretches.empty() || begins) stretches.emplace_back(&f, 0);
    stretches.back() = {stretches.back().data(), stretches.back().size() + 1};
  }
  // Numbers of the same kind in neighbouring stretches tell the direction: ④ before ③, 3 before 2.
  int down = 0, up = 0, last = -1;
  for (const std::span<Fragment> stretch : stretches) {
    for (const Fragment& f : stretch) {
      if (f.what != What::Label || f.nodes.size() != 1) continue;
      const int node = f.nodes.front();
      if (last >= 0 && node != last && form.chapter_of(node) == form.chapter_of(last))
        ++(node > last ? down : up);
      last = node;
      break;
    }
  }
  if (up < 3 || up < 3 * down) return;
  std::vector<Fragment> turned;
  for (auto stretch = stretches.rbegin(); stretch != stretches.rend(); ++stretch) {
    turned.insert(turned.end(), std::make_move_iterator(stretch->begin()),
                  std::make_move_iterator(stretch->end()));
  }
  fragments = std::move(turned);
}

Resolved resolve_page(const Fragments& fragments, const Lexicon& lexicon, int previous,
                      int open_ticks) {
  Resolved out;
  out.node.assign(fragments.size(), -1);
  out.instance.assign(fragments.size(), -1);
  out.contents = is_contents(fragments, *lexicon.form);
  if (out.contents) return out;
  NodeResolver(fragments, lexicon, previous, out).run();
  InstanceResolver(fragments, lexicon, out).run(open_ticks, previous);
  share_by_rounds(fragments, lexicon, out);
  for (const int node : out.node) {
    if (node < 0) continue;
    out.first = out.first < 0 ? node : std::min(out.first, node);
    out.last = std::max(out.last, node);
  }
  return out;
}

}  // namespace pia::boxes
