#include "indexer/boxes_cycles.h"

#include <algorithm>
#include <string_view>

namespace pia::boxes {
namespace {

struct Round {
  int group = -1;
  bool rest = false;  // of a row whose heading is on the page before
  std::size_t next = 0;
  std::vector<std::size_t> boxes;
};

class Rounds {
 public:
  Rounds(const std::vector<Fragment>& fragments, const Lexicon& lexicon, Resolved& out)
      : f_(fragments), lexicon_(lexicon), form_(*lexicon.form), out_(out) {
    for (const std::string_view pointer :
         {"/files/*/provisions/rows/*/means", "/files/*/transfers/rows/*/means"}) {
      for (const int node : lexicon_.at(pointer)) lists_.push_back(node);
    }
  }

  void run() {
    if (!read() || rounds_.empty()) return;
    std::vector<int> instance;
    for (std::size_t r = 0; r < rounds_.size(); ++r) {
      const int at = instance_of(r);
      if (at < 0) return;
      instance.push_back(at);
    }
    for (std::size_t r = 0; r < rounds_.size(); ++r) {
      for (const std::size_t box : rounds_[r].boxes) out_.instance[box] = instance[r];
    }
  }

 private:
  const std::vector<int>& words(int node) const {
    return lexicon_.node_boxes[static_cast<std::size_t>(node)];
  }

  // Where the word stands in the list of its group; -1 if it is not in it.
  int rank(int node, int word) const {
    const auto at = std::find(words(node).begin(), words(node).end(), word);
    return at == words(node).end() ? -1 : static_cast<int>(at - words(node).begin());
  }

  bool of_rows(std::size_t i) const {
    if (f_[i].what != What::Box || out_.instance[i] < 0) return false;
    const int group = out_.instances[static_cast<std::size_t>(out_.instance[i])].node;
    return std::any_of(lists_.begin(), lists_.end(),
                       [&](int node) { return form_.repeating_group_of(node) == group; });
  }

  bool read() {
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (!of_rows(i)) continue;
      if (!rounds_.empty()) {
        Round& open = rounds_.back();
        if (open.next < words(open.group).size()) {
          if (words(open.group)[open.next] != f_[i].word) return false;
          ++open.next;
          open.boxes.push_back(i);
          continue;
        }
      }
      if (!begin(i)) return false;
    }
    return true;
  }

  bool begin(std::size_t i) {
    for (const int node : lists_) {
      if (rank(node, f_[i].word) == 0) {
        rounds_.push_back({node, false, 1, {i}});
        return true;
      }
    }
    if (!rounds_.empty()) return false;
    int group = -1;  // the rest of the only row that has no heading here
    for (const int node : lists_) {
      if (rank(node, f_[i].word) < 0 || rows(node, true).size() != 1) continue;
      if (group >= 0) return false;
      group = node;
    }
    if (group < 0) return false;
    rounds_.push_back({group, true, static_cast<std::size_t>(rank(group, f_[i].word)) + 1, {i}});
    return true;
  }

  // Instances of the list's group in the order of their numbers; or those without a heading.
  std::vector<int> rows(int node, bool without_heading) const {
    std::vector<int> found;
    for (std::size_t k = 0; k < out_.instances.size(); ++k) {
      const Instance& instance = out_.instances[k];
      if (instance.node == form_.repeating_group_of(node) &&
          (instance.repeat == 0) == without_heading)
        found.push_back(static_cast<int>(k));
    }
    std::sort(found.begin(), found.end(), [&](int a, int b) {
      return out_.instances[static_cast<std::size_t>(a)].repeat <
             out_.instances[static_cast<std::size_t>(b)].repeat;
    });
    return found;
  }

  int instance_of(std::size_t r) const {
    const Round& round = rounds_[r];
    if (round.rest) return rows(round.group, true).front();
    std::size_t before = 0, all = 0;
    for (std::size_t k = 0; k < rounds_.size(); ++k) {
      if (rounds_[k].rest || rounds_[k].group != round.group) continue;
      before += k < r;
      ++all;
    }
    std::vector<int> all_rows = rows(round.group, false);
    const std::vector<int> open = rows(round.group, true);
    const bool rest_read = rounds_.front().rest && rounds_.front().group == round.group;
    if (!open.empty() && !rest_read) {
      // A row begun on the page before may have all its boxes here, or none.
      if (open.size() > 1 || all != all_rows.size() + 1) return -1;
      all_rows.insert(all_rows.begin(), open.front());
    }
    // The boxes of the last row may be overleaf.
    if (all > all_rows.size() || all + 1 < all_rows.size()) return -1;
    return all_rows[before];
  }

  const std::vector<Fragment>& f_;
  const Lexicon& lexicon_;
  const Form& form_;
  Resolved& out_;
  std::vector<int> lists_;
  std::vector<Round> rounds_;
};

}  // namespace

void share_by_rounds(const std::vector<Fragment>& fragments, const Lexicon& lexicon,
                     Resolved& out) {
  Rounds(fragments, lexicon, out).run();
}

}  // namespace pia::boxes
