// A label's cell is narrow, so that its words stand on two, three lines, with the value's lines at
// their right and between them. Pieces that begin in the same column and together spell a label
// of the form are that label; nothing is a label that does not spell one to its end.

#include "indexer/columns_labels.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>

#include "indexer/utf8.h"

namespace pia::columns {
namespace {

constexpr std::size_t kLinesBetween = 3;  // of the value, between two lines of a label
constexpr std::size_t kLongestLabel = 400;

// The wordings of one form, to ask whether a text begins one.
class Wordings {
 public:
  explicit Wordings(const Form& form) : form_(form) {
    for (const FormNode& node : form.nodes()) {
      keys_.push_back(read_label(node.item->label).key);
      const std::string_view variants = node.item->variants;
      for (std::size_t at = 0; at < variants.size();) {
        const std::size_t bar = std::min(variants.find('|', at), variants.size());
        keys_.push_back(read_label(variants.substr(at, bar - at)).key);
        at = bar + 1;
      }
    }
    std::sort(keys_.begin(), keys_.end());
  }

  bool is(const Label& label) const { return !label.key.empty() && !form_.find(label.key).empty(); }

  // The only key that begins so; "" if there are several.
  std::string completed(const std::string& key) const {
    const auto at = std::lower_bound(keys_.begin(), keys_.end(), key);
    if (at == keys_.end() || !at->starts_with(key)) return {};
    auto other = at;
    while (other != keys_.end() && *other == *at) ++other;
    return other != keys_.end() && other->starts_with(key) ? std::string() : *at;
  }

  bool begins(const Label& label) const {
    if (label.key.empty()) return !label.number.empty();
    const auto at = std::lower_bound(keys_.begin(), keys_.end(), label.key);
    return at != keys_.end() && at->starts_with(label.key);
  }

 private:
  const Form& form_;
  std::vector<std::string> keys_;
};

class Finder {
 public:
  Finder(const std::vector<Line>& lines, const Form& form, bool columns)
      : lines_(lines), form_(form), columns_(columns), wordings_(form) {
    for (const Line& line : lines) used_.emplace_back(line.words.size(), false);
  }

  std::vector<LabelAt> find() {
    for (std::size_t i = 0; i < lines_.size(); ++i) find_in(i);
    order();
    resolve();
    return std::move(found_);
  }

 private:
  const Word& word(const Piece& piece) const { return lines_[piece.line].words[piece.from]; }

  void find_in(std::size_t i) {
    const std::vector<Word>& words = lines_[i].words;
    for (std::size_t w = 0; w < words.size();) {
      if (used_[i][w]) {
        ++w;
        continue;
      }
      std::optional<LabelAt> label = label_at(i, w);
      if (!label) break;  // what follows a value is no label
      const std::size_t behind = label->pieces.front().to;
      for (const Piece& piece : label->pieces) {
        std::fill(used_[piece.line].begin() + static_cast<std::ptrdiff_t>(piece.from),
                  used_[piece.line].begin() + static_cast<std::ptrdiff_t>(piece.to), true);
      }
      found_.push_back(std::move(*label));
      w = behind;
    }
  }

  // The longest label that begins with word w of line i.
  std::optional<LabelAt> label_at(std::size_t i, std::size_t w) const {
    LabelAt start;
    std::optional<LabelAt> best;
    grow(i, w, start, best);
    if (!best && !columns_) best = torn(i, w);
    if (best && !stands_well(*best)) return std::nullopt;
    return best;
  }

  // "⑤再委託の許諾方" with its "法" some lines further down: its number and so much of it that only
  // one label begins so.
  std::optional<LabelAt> torn(std::size_t i, std::size_t w) const {
    constexpr std::size_t kLeastKey = 15;  // bytes
    constexpr std::size_t kFarthest = 14;  // lines
    LabelAt label;
    label.text = lines_[i].words[w].text;
    label.label = read_label(label.text);
    const std::string& key = label.label.key;
    if (label.label.number.empty() || key.size() < kLeastKey) return std::nullopt;
    const std::string whole = wordings_.completed(key);
    if (whole.empty()) return std::nullopt;
    label.pieces.push_back({i, w, w + 1});
    label.begin = lines_[i].words[w].begin;
    label.end = lines_[i].words[w].end;
    const std::string rest = whole.substr(key.size());
    for (std::size_t k = i + 1; k < std::min(lines_.size(), i + kFarthest); ++k) {
      if (lines_[k].words.empty() || read_label(lines_[k].words[0].text).key != rest) continue;
      label.text += '\n' + lines_[k].words[0].text;
      label.pieces.push_back({k, 0, 1});
      label.label.key = whole;
      return label;
    }
    return std::nullopt;
  }

  // Adds words of line i from w on, as many as the longest wording takes, and goes on below.
  void grow(std::size_t i, std::size_t w, const LabelAt& so_far,
            std::optional<LabelAt>& best) const {
    const std::vector<Word>& words = lines_[i].words;
    LabelAt label = so_far;
    if (!label.text.empty()) label.text += '\n';
    std::optional<LabelAt> longest;  // that may go on in the next line
    for (std::size_t to = w; to < words.size() && !used_[i][to]; ++to) {
      if (to > w) label.text += ' ';
      label.text += words[to].text;
      if (label.text.size() > kLongestLabel) break;
      label.label = read_label(label.text);
      // A number alone may stand far from its words; then the words decide.
      const bool whole = wordings_.is(label.label);
      if (!whole && !wordings_.begins(label.label)) break;
      LabelAt here = label;
      here.pieces.push_back({i, w, to + 1});
      here.begin = so_far.pieces.empty() ? words[w].begin : so_far.begin;
      here.end = std::max(so_far.end, words[to].end);
      if (whole) best = here;
      longest = std::move(here);
    }
    if (!longest || longest->label.key.empty()) return;
    go_on(*longest, best);
  }

  void go_on(const LabelAt& label, std::optional<LabelAt>& best) const {
    const Line& last = lines_[label.last_line()];
    const Word& above = word(label.pieces.back());
    std::size_t between = 0;
    // One character a line (再/委/託): a narrow cell, with other labels right behind it.
    const int slack = label.end - label.begin <= 1 ? 1 : 4;
    for (std::size_t i = label.last_line() + 1; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      if (line.page != last.page || between > kLinesBetween) return;
      if (line.words.empty()) {
        ++between;
        continue;
      }
      std::size_t w = 0;
      while (w < line.words.size() &&
             (used_[i][w] || line.words[w].end <= std::min(above.begin, label.begin) - 2))
        ++w;
      if (!columns_ && line.words.size() == 1 && line.words[0].text == "※") continue;
      // Nothing in the label's column: a line of the value alone.
      if (w == line.words.size() || line.words[w].begin > label.begin + slack) {
        ++between;
        continue;
      }
      if (line.words[w].begin + 4 < label.begin) return;
      const std::size_t before = best ? best->pieces.size() : 0;
      grow(i, w, label, best);
      // Without columns a line of the value may stand between.
      if (columns_ || (best && best->pieces.size() > before)) return;
      if (++between > kLinesBetween) return;
    }
  }

  // A label without a number is a phrase like others: it must end where a cell can end, and where
  // only one space parts it from what follows, it must not stand in a column of text.
  bool stands_well(const LabelAt& label) const {
    if (!columns_ || label.label.repeat > 0 || !label.label.number.empty() ||
        label.pieces.size() > 1)
      return true;
    const Piece& piece = label.pieces.front();
    const std::vector<Word>& words = lines_[piece.line].words;
    if (piece.to == words.size() || words[piece.to].apart) return true;
    if (words[piece.to].text.starts_with("[") || label.label.key.size() >= 18) return true;
    return !text_beside(piece.line, label.begin, -1) && !text_beside(piece.line, label.begin, 1);
  }

  // Whether the next line up or down begins in that column, too, with what is no label.
  bool text_beside(std::size_t line, int column, int step) const {
    std::size_t i = line;
    for (int n = 0; n < 3; ++n) {
      if ((step < 0 && i == 0) || (step > 0 && i + 1 == lines_.size())) return false;
      i = step < 0 ? i - 1 : i + 1;
      if (lines_[i].words.empty()) continue;
      const Word& first = lines_[i].words.front();
      return std::abs(first.begin - column) <= 1 && !used_[i].front() &&
             !wordings_.begins(read_label(first.text));
    }
    return false;
  }

  // A label whose cell spans those of the labels below it in the form comes before them.
  void order() {
    for (std::size_t i = 1; i < found_.size(); ++i) {
      std::size_t to = i;
      while (to > 0 && (!columns_ || found_[to - 1].begin > found_[i].begin + 3) &&
             within(found_[to - 1].label, found_[i].label) &&
             !within_earlier(to - 1, found_[i].begin))
        --to;
      if (to < i) {
        std::rotate(found_.begin() + static_cast<std::ptrdiff_t>(to),
                    found_.begin() + static_cast<std::ptrdiff_t>(i),
                    found_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      }
    }
  }

  // Whether a label of these words stands below the other in the form, or beside it below a
  // heading without an answer (再委託).
  bool within(const Label& label, const Label& above) const {
    for (const int a : form_.find(above.key)) {
      for (const int b : form_.find(label.key)) {
        const bool item = form_.node(a).item->level == Level::Item;
        if (item && b > a && form_.is_below(b, a)) return true;
        if (above.key == "再委託" && b > a && b <= a + 3) return true;
      }
    }
    return false;
  }

  // Whether the label at `at` already has its label above it, further to the left.
  bool within_earlier(std::size_t at, int begin) const {
    for (std::size_t i = at; i-- > 0 && at - i < 8;) {
      if (!columns_) {
        if (within(found_[at].label, found_[i].label)) return true;
        continue;
      }
      if (found_[i].begin >= found_[at].begin) continue;
      return found_[i].begin <= begin + 3 && within(found_[at].label, found_[i].label);
    }
    return false;
  }

  void resolve() {
    int current = -1;
    std::set<int> listed;
    bool contents = false;
    for (LabelAt& label : found_) {
      label.node = form_.resolve(label.label, current);
      if (label.node < 0) continue;
      const FormNode& node = form_.node(label.node);
      const bool numbered = *node.number != '\0';
      if (label.label.number.empty() && numbered && node.item->level == Level::Item) {
        label.node = -1;  // ①…⑳ never get lost in a text
        continue;
      }
      // 項目一覧 names the chapters before they come.
      const bool chapter = node.item->level == Level::Chapter;
      if (contents && chapter && listed.insert(label.node).second) continue;
      contents = node.item->label == std::string_view("項目一覧");
      if (!contents) current = label.node;
    }
    std::erase_if(found_, [](const LabelAt& label) { return label.node < 0; });
  }

  const std::vector<Line>& lines_;
  const Form& form_;
  const bool columns_;
  Wordings wordings_;
  std::vector<std::vector<bool>> used_;
  std::vector<LabelAt> found_;
};

}  // namespace

std::vector<LabelAt> find_labels(const std::vector<Line>& lines, const Form& form, bool columns) {
  return Finder(lines, form, columns).find();
}

}  // namespace pia::columns
