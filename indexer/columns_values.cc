// A row of the form has its label at the left and its value at the right, each in the middle of
// the row's height (or at its top). So the lines that share a line with a label are its value's;
// how those between two labels are parted is where both values stand best: in the middle or at
// the top of their label, with what the label asks for, and not cut inside a sentence. Headings
// have their answer below them and part the page. All gaps are decided together (Viterbi).

#include "indexer/columns_values.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "indexer/utf8.h"
#include "indexer/values.h"

namespace pia::columns {
namespace {

constexpr double kNever = 1e6;
constexpr int kFullLine = 30;            // characters; shorter lines may end anywhere
constexpr std::size_t kWidestGap = 300;  // lines; more is prose below a heading, not a table

// "1）対象" → "対象".
std::string_view behind_number(std::string_view option) {
  for (const std::string_view mark : {")", "）"}) {
    const std::size_t at = option.find(mark);
    if (at != std::string_view::npos && at <= 6) return option.substr(at + mark.size());
  }
  return {};
}

bool has_box(const ValueLine& value) {
  return std::any_of(value.words.begin(), value.words.end(),
                     [](const Word& word) { return word.text.find('[') != std::string::npos; });
}

// What a line looks like, told from its words alone.
struct Looks {
  bool list = false;               // of a choice's options
  bool box = false;                // [ ○ ] or [ 十分である ]
  bool bracket = false;            // a lone "[" or "]"
  std::vector<std::string> ticks;  // keys of what stands behind the boxes
  int owner = -1;                  // node of the heading that a box beside it belongs to
};

class Assigner {
 public:
  Assigner(const std::vector<Line>& lines, const std::vector<LabelAt>& labels, const Form& form)
      : lines_(lines), labels_(labels), form_(form) {}

  Assigned run() {
    collect_options();
    collect_values();
    measure();
    choose_leaves();
    find_gaps();
    Parting centred = part(false), hanging = part(true);
    give(centred.cost <= hanging.cost ? centred : hanging);
    return std::move(out_);
  }

 private:
  const FormItem& item(std::size_t label) const { return *form_.node(labels_[label].node).item; }

  bool heading(std::size_t label) const {
    const Level level = item(label).level;
    return level == Level::Chapter || level == Level::Section ||
           (level == Level::Group && item(label).answer == Answer::None &&
            labels_[label].label.repeat == 0);
  }

  void collect_options() {
    for (const FormNode& node : form_.nodes()) {
      if (node.item->answer != Answer::Choice && node.item->answer != Answer::Ticks) continue;
      for (std::string_view option : options_of(*node.item)) {
        (node.item->answer == Answer::Choice ? options_ : ticks_).insert(read_label(option).key);
      }
    }
  }

  void collect_values() {
    std::vector<std::vector<bool>> used(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) used[i].resize(lines_[i].words.size());
    for (const LabelAt& label : labels_) {
      for (const Piece& piece : label.pieces) {
        for (std::size_t w = piece.from; w < piece.to; ++w) used[piece.line][w] = true;
      }
    }
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      ValueLine value;
      value.line = i;
      for (std::size_t w = 0; w < lines_[i].words.size(); ++w) {
        if (!used[i][w]) value.words.push_back(lines_[i].words[w]);
      }
      if (value.words.empty()) continue;
      values_.push_back(std::move(value));
    }
    mend_options();
    for (const ValueLine& value : values_) looks_.push_back(look(value));
    mark_list_ends();
  }

  // What its column broke off an option ("満" below "500人以上1,000人未"), though it may stand in
  // the next row's line, goes back to the line of the option.
  void mend_options() {
    constexpr std::size_t kFarthest = 4;  // lines below
    for (std::size_t v = 0; v < values_.size(); ++v) {
      const std::vector<Word> words = values_[v].words;
      for (std::size_t w = 0; w < words.size(); ++w) {
        if (!begins_option(words[w])) continue;
        std::string option(behind_number(words[w].text));
        for (std::size_t next = w + 1; next < words.size() && !begins_option(words[next]); ++next)
          option += words[next].text;
        std::string rest = rest_of_option(read_label(option).key);
        for (std::size_t below = v + 1;
             !rest.empty() && below < values_.size() && below <= v + kFarthest; ++below) {
          if (take_rest(v, below, words[w].begin, rest)) rest.clear();
        }
      }
    }
    std::erase_if(values_, [](const ValueLine& value) { return value.words.empty(); });
  }

  // "500人以上1000人未" → "満"; "" if it is an option, or the beginning of none.
  std::string rest_of_option(const std::string& key) const {
    if (key.size() < 9 || options_.count(key) != 0) return {};
    const auto at = options_.lower_bound(key);
    return at != options_.end() && at->starts_with(key) ? at->substr(key.size()) : std::string();
  }

  bool take_rest(std::size_t to, std::size_t from, int column, const std::string& rest) {
    std::vector<Word>& words = values_[from].words;
    for (std::size_t w = 0; w < words.size(); ++w) {
      if (!words[w].apart || words[w].begin < column - 8 || words[w].text != rest) continue;
      values_[to].words.push_back(words[w]);
      values_[to].words.back().apart = false;
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(w));
      return true;
    }
    return false;
  }

  // Lines of a list beside its answer that no number begins.
  void mark_list_ends() {
    constexpr std::size_t kLongestList = 12;
    for (std::size_t head = 0; head < values_.size(); ++head) {
      int column = -1;
      for (const Word& word : values_[head].words) {
        if (word.text.find("選択肢") != std::string::npos) column = word.begin;
      }
      if (column < 0) continue;
      bool answered = false;
      for (std::size_t v = head; v < values_.size() && v < head + kLongestList; ++v) {
        if (lines_[values_[v].line].page != lines_[values_[head].line].page) break;
        const bool left = values_[v].begin() < column - 3;
        const bool answer = left && (looks_[v].box || looks_[v].bracket);
        if (left && (!answer || answered) && v > head) break;
        answered = answered || answer;
        if (answered && v > head && !left) looks_[v].list = true;
      }
    }
  }

  Looks look(const ValueLine& value) const {
    Looks looks;
    looks.box = has_box(value);
    for (std::size_t w = 0; w < value.words.size(); ++w) {
      const Word& word = value.words[w];
      looks.bracket = looks.bracket || word.text == "]" || word.text == "[";
      if (!begins_option(word)) continue;
      if (word.text.find("選択肢") != std::string::npos) looks.list = true;
      std::string option = word.text;
      for (std::size_t next = w + 1; next <= value.words.size(); ++next) {
        looks.list = looks.list || options_.count(read_label(behind_number(option)).key) != 0;
        if (next < value.words.size()) option += value.words[next].text;
      }
    }
    if (looks.box) {
      looks.owner = owner(value);
      looks.ticks = ticks(value);
    }
    return looks;
  }

  static std::vector<std::string> ticks(const ValueLine& value) {
    std::vector<std::string> keys;
    const std::string text = text_of(value.words);
    for (std::size_t at = text.find(']'); at != std::string::npos; at = text.find(']', at + 1)) {
      const std::string behind = text.substr(at + 1, text.find('[', at) - at - 1);
      std::string key = read_label(behind).key;
      if (!key.empty()) keys.push_back(std::move(key));
    }
    return keys;
  }

  bool has_option(const FormItem& form_item, const Looks& looks) const {
    for (std::string_view option : options_of(form_item)) {
      const std::string key = read_label(option).key;
      for (const std::string& tick : looks.ticks) {
        if (tick.starts_with(key) || (tick.size() > 9 && key.starts_with(tick))) return true;
      }
    }
    return false;
  }

  // "[ ] 委託しない" beside or above the heading that it answers: the heading's node.
  int owner(const ValueLine& value) const {
    const std::string text = text_of(value.words);
    const std::size_t close = text.find(']');
    if (close == std::string::npos) return -1;
    std::string option = text.substr(close + 1);
    option = option.substr(0, option.find('['));
    for (const int node : form_.find(read_label(option).key)) {
      if (form_.node(node).item->answer == Answer::Ticks) return form_.node(node).parent;
    }
    return -1;
  }

  // How far down each line stands. A label between two lines of its value takes no height, though
  // it takes a line; an empty line is less than a line high.
  void measure() {
    std::vector<bool> valued(lines_.size()), labelled(lines_.size());
    for (const ValueLine& value : values_) valued[value.line] = true;
    for (const LabelAt& label : labels_) {
      for (const Piece& piece : label.pieces) labelled[piece.line] = true;
    }
    double y = 0, last_value = 0, last_label = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].words.empty()) {
        y += 0.6;
      } else {
        y += 0.5;
        if (valued[i]) y = std::max(y, last_value + 1);
        if (labelled[i]) y = std::max(y, last_label + 1);
        if (valued[i]) last_value = y;
        if (labelled[i]) last_label = y;
      }
      down_.push_back(y);
    }
  }

  // Labels that may have lines: all but those without an answer whose cell only spans others.
  void choose_leaves() {
    for (std::size_t i = 0; i < labels_.size(); ++i) {
      if (item(i).answer == Answer::None && !heading(i) && item(i).level != Level::Group) continue;
      // The heads of two columns: the lines below go to the last of them.
      if (i + 1 < labels_.size() && labels_[i].pieces.size() == 1 &&
          labels_[i + 1].first_line() == labels_[i].first_line() &&
          labels_[i + 1].begin > labels_[i].begin && item(i).level == item(i + 1).level)
        continue;
      leaves_.push_back(i);
    }
    std::stable_sort(leaves_.begin(), leaves_.end(), [&](std::size_t a, std::size_t b) {
      return labels_[a].first_line() < labels_[b].first_line();
    });
  }

  // Value lines [first, last) of leaf k that stand beside its own lines.
  void must(std::size_t k, std::size_t& first, std::size_t& last) const {
    const auto begin = [&](std::size_t line) {
      return static_cast<std::size_t>(
          std::lower_bound(values_.begin(), values_.end(), line,
                           [](const ValueLine& v, std::size_t at) { return v.line < at; }) -
          values_.begin());
    };
    const LabelAt& label = labels_[leaves_[k]];
    first = begin(label.first_line());
    last = begin(label.last_line() + 1);
  }

  // Gap k lies above leaf k, the last one behind all: value lines [from_[k], to_[k]).
  void find_gaps() {
    const std::size_t count = leaves_.size();
    from_.resize(count + 1);
    to_.resize(count + 1);
    std::size_t done = 0;
    for (std::size_t k = 0; k < count; ++k) {
      std::size_t first = 0, last = 0;
      must(k, first, last);
      from_[k] = done;
      to_[k] = std::max(done, first);
      done = std::max(to_[k], last);
    }
    from_[count] = done;
    to_[count] = values_.size();
  }

  struct Parting {
    double cost = 0;
    std::vector<std::size_t> begins;  // the first value line of each leaf, and the end
  };

  Parting part(bool hanging) const {
    const std::size_t count = leaves_.size();
    // best[k][p]: the least cost when the first p lines of gap k belong to what is above it.
    std::vector<std::vector<double>> best(count + 1);
    std::vector<std::vector<std::size_t>> back(count + 1);
    const auto width = [&](std::size_t k) { return to_[k] - from_[k]; };
    best[0].assign(width(0) + 1, kNever * 10);
    best[0][width(0)] = 0;
    for (std::size_t k = 0; k < count; ++k) {
      best[k + 1].assign(width(k + 1) + 1, std::numeric_limits<double>::max());
      back[k + 1].assign(width(k + 1) + 1, 0);
      for (std::size_t q = 0; q <= width(k + 1); ++q) {
        if (width(k + 1) > kWidestGap && q != 0 && q != width(k + 1)) continue;
        for (std::size_t p = 0; p <= width(k); ++p) {
          if (best[k][p] >= std::numeric_limits<double>::max()) continue;
          const double all = best[k][p] + cost(k, from_[k] + p, from_[k + 1] + q, hanging) +
                             cut_cost(from_[k + 1] + q, from_[k + 1], to_[k + 1]);
          if (all < best[k + 1][q]) {
            best[k + 1][q] = all;
            back[k + 1][q] = p;
          }
        }
      }
    }
    Parting parting;
    std::size_t p = width(count);  // nothing is left over at the end
    parting.cost = best[count][p];
    parting.begins.assign(count + 1, from_[count] + p);
    for (std::size_t k = count; k-- > 0;) {
      p = back[k + 1][p];
      parting.begins[k] = from_[k] + p;
    }
    return parting;
  }

  void give(const Parting& parting) {
    out_.values.resize(labels_.size());
    for (std::size_t v = 0; v < parting.begins[0]; ++v) out_.head.push_back(values_[v]);
    for (std::size_t k = 0; k < leaves_.size(); ++k) {
      auto& values = out_.values[leaves_[k]];
      for (std::size_t v = parting.begins[k]; v < parting.begins[k + 1]; ++v)
        values.push_back(values_[v]);
    }
  }

  // A cut before value line v, of the gap [from, to).
  double cut_cost(std::size_t v, std::size_t from, std::size_t to) const {
    double cost = 0;
    // Empty lines are where one row ends and the next begins, but cells have them inside as well.
    for (std::size_t i = from; i <= to; ++i) {
      if (i == 0 || i >= values_.size()) continue;
      const std::size_t blank = values_[i].line - values_[i - 1].line - 1;
      const bool other_page = lines_[values_[i].line].page != lines_[values_[i - 1].line].page;
      if (i == v) {
        if (blank == 0 && !other_page) cost += 0.5;
        if (blank == 0 && goes_on(i - 1)) cost += 2;
      } else if (blank > 0 && i > from && i < to) {
        cost += 0.1 * static_cast<double>(std::min<std::size_t>(blank, 4));
      }
    }
    return cost;
  }

  // A line that fills its cell, and the next one has the rest of its sentence.
  bool goes_on(std::size_t v) const {
    const ValueLine& here = values_[v];
    const ValueLine& next = values_[v + 1];
    for (const std::string_view end : {"。", "、", "）", "」", ")"}) {
      if (next.words.front().text.starts_with(end)) return true;
    }
    if (std::abs(here.begin() - next.begin()) > 3 || looks_[v].list || looks_[v].box) return false;
    if (here.words.back().end < here.begin() + kFullLine || here.words.back().text.ends_with("。"))
      return false;
    const std::string& first = next.words.front().text;
    for (const std::string_view mark : {"・", "･", "【", "＜", "（", "(", "[", "※", "－"}) {
      if (first.starts_with(mark)) return false;
    }
    std::size_t at = 0;
    const char32_t c = next_char(first, at);
    return !(c >= U'①' && c <= U'⑳') && !(c >= U'0' && c <= U'9') && !(c >= U'０' && c <= U'９');
  }

  // Leaf k has the value lines [begin, end).
  double cost(std::size_t k, std::size_t begin, std::size_t end, bool hanging) const {
    const std::size_t index = leaves_[k];
    const LabelAt& label = labels_[index];
    const FormItem& form_item = item(index);
    if (begin >= end) {
      return heading(index) || form_item.answer == Answer::None                        ? 0
             : form_item.answer == Answer::Choice || form_item.answer == Answer::Ticks ? 4
                                                                                       : 1.5;
    }
    double cost = 0;
    bool beside = true, below = true;
    for (std::size_t v = begin; v < end; ++v) {
      const ValueLine& value = values_[v];
      cost += kind_cost(index, looks_[v]);
      const bool own = value.line >= label.first_line() && value.line <= label.last_line();
      if (own) continue;
      const bool owned = (looks_[v].owner >= 0 && looks_[v].owner == label.node) ||
                         (form_item.answer == Answer::Ticks && has_option(form_item, looks_[v]));
      if (heading(index) && owned) continue;
      if (value.begin() < std::max(label.end - 3, (label.begin + label.end) / 2 + 1))
        beside = false;
      if (value.line < label.first_line()) below = false;
    }
    if (heading(index) && below) return cost;
    const bool crosses = lines_[values_[begin].line].page != lines_[values_[end - 1].line].page;
    const double top = down_[values_[begin].line], bottom = down_[values_[end - 1].line];
    const double first = down_[label.first_line()], last = down_[label.last_line()];
    if (beside && !heading(index)) {
      if (short_answer(index) && end - begin > 2)
        cost += 0.8 * static_cast<double>(end - begin - 2);
      if (crosses) return cost + 0.8;
      const double lower = (top + bottom) / 2 - (first + last) / 2;
      // Rows are often higher than their text, which then hangs from their top even here.
      if (!hanging)
        return cost + 0.6 * std::max(lower, std::min(-lower, 1.0)) +
               0.2 * std::max(0.0, -lower - 1);
      // A value that hangs from the top of its row stands in the middle of it or above.
      const double hangs = lower > 0 ? 0.6 * lower : 0.1 * std::max(0.0, -lower - 1);
      return cost + 0.2 + hangs + 1.2 * std::max(0.0, top - first - 0.1);
    }
    if (below) return cost + 0.3;  // 公表日 over its date
    return cost + kNever;
  }

  // Names and dates; of systems 様式2 lists several.
  bool short_answer(std::size_t index) const {
    const FormItem& form_item = item(index);
    const std::string_view label = form_item.label;
    return form_item.answer == Answer::Date || form_item.answer == Answer::Number ||
           form_item.answer == Answer::Organisation || label == "事務の名称" ||
           label.ends_with("部署") || label.ends_with("役職名") || form_item.level == Level::Group;
  }

  // A line of boxes that belong to some item with boxes: "[ ○ ] 紙", not "[ 3年 ] 1）1年未満".
  bool is_ticks(const Looks& looks) const {
    return std::any_of(looks.ticks.begin(), looks.ticks.end(), [&](const std::string& tick) {
      return std::any_of(ticks_.begin(), ticks_.end(),
                         [&](const std::string& option) { return tick.starts_with(option); });
    });
  }

  double kind_cost(std::size_t index, const Looks& looks) const {
    const FormItem& form_item = item(index);
    if (looks.owner >= 0 && looks.owner == labels_[index].node) return 0;
    switch (form_item.answer) {
      case Answer::Choice:
        if (!looks.ticks.empty() && is_ticks(looks)) return 3;
        return looks.list || looks.box || looks.bracket ? 0 : 1.5;
      case Answer::Ticks:
        if (!looks.ticks.empty()) return has_option(form_item, looks) ? -0.3 : 2;
        return looks.list ? 4 : looks.box || looks.bracket ? 0 : 0.4;
      case Answer::None:
        return 3;
      case Answer::Prose:
      case Answer::Number:
      case Answer::Date:
      case Answer::Organisation:
      case Answer::Table:
        return looks.list ? 4 : looks.box ? 2.5 : 0;
    }
    return 0;
  }

  const std::vector<Line>& lines_;
  const std::vector<LabelAt>& labels_;
  const Form& form_;
  std::set<std::string> options_, ticks_;  // keys, of choices and of boxes
  std::vector<ValueLine> values_;
  std::vector<Looks> looks_;
  std::vector<double> down_;         // by line
  std::vector<std::size_t> leaves_;  // indices of labels
  std::vector<std::size_t> from_, to_;
  Assigned out_;
};

}  // namespace

bool begins_option(const Word& word) {
  const std::string& text = word.text;
  if (text.starts_with("＜選択肢") || text.starts_with("<選択肢") || text.starts_with("〈選択肢"))
    return true;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  std::size_t wide = 0;  // １）
  while (wide + 3 <= text.size() && text.compare(wide, 2, "\xEF\xBC") == 0 &&
         static_cast<unsigned char>(text[wide + 2]) >= 0x90 &&
         static_cast<unsigned char>(text[wide + 2]) <= 0x99)
    wide += 3;
  const std::size_t number = digits > 0 ? digits : wide;
  if (number == 0 || number > 6) return false;
  const std::string_view rest = std::string_view(text).substr(number);
  return rest.starts_with(")") || rest.starts_with("）");
}

Assigned assign_values(const std::vector<Line>& lines, const std::vector<LabelAt>& labels,
                       const Form& form) {
  return Assigner(lines, labels, form).run();
}

}  // namespace pia::columns
