// Lines that choices and boxes explain are taken out first. What is left are the lines of texts,
// names and dates, and the labels that ask for them; both come in the order of the page, though
// not line by line. So the lines are cut into groups, one for each label, in order: where the
// label's kind of answer, the blocks of the text (parted by empty lines) and its sentences fit
// best. The cost of the next best cut at the same place tells how sure a group is.

#include "indexer/woven_rows.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <set>

#include "dicts/japanese_date.h"
#include "indexer/cell_text.h"
#include "indexer/columns_labels.h"
#include "indexer/columns_lines.h"
#include "indexer/columns_values.h"
#include "indexer/entries.h"
#include "indexer/form.h"
#include "indexer/utf8.h"
#include "indexer/values.h"
#include "indexer/woven_signs.h"
#include "indexer/woven_words.h"

namespace pia {
namespace {

using woven::ends_any;
using woven::has_any;
using woven::starts_any;

using namespace columns;

constexpr double kNever = 1e9;
constexpr std::size_t kReach = 25;    // lines of text, from a label to its value
constexpr std::size_t kLongest = 40;  // lines of one value
constexpr int kFullLine = 30;         // characters; shorter lines may end anywhere

Place place_of(const Line& line) {
  Place place;
  place.first_line = place.last_line = line.number;
  return place;
}

constexpr std::array<std::string_view, 10> kListMarks = {"・", "･", "【", "＜", "（",
                                                         "(",  "[", "※",  "－", "■"};
constexpr std::array<std::string_view, 4> kCloses = {"。", "、", "）", "」"};
constexpr std::array<std::string_view, 7> kContact = {"〒",   "電話",   "TEL", "ＴＥＬ",
                                                      "郵便", "ファク", "FAX"};
constexpr std::array<std::string_view, 9> kAddress = {"市", "町", "村", "区", "番",
                                                      "課", "部", "室", "号"};
constexpr std::array<std::string_view, 9> kOffice = {"課", "部", "室",       "局", "所",
                                                     "係", "班", "センター", "会"};
constexpr std::array<std::string_view, 7> kPost = {"長", "者", "監", "事", "任", "員", "官"};
constexpr std::array<std::string_view, 8> kLaw = {"法", "条", "令", "項", "なし", "－", "【", "号"};
constexpr std::array<std::string_view, 9> kCompany = {"会社", "㈱",   "（株）",   "(株)", "有限",
                                                      "㈲",   "法人", "センター", "未定"};

constexpr std::array<std::string_view, 9> kBranch = {
    "本部", "支社", "支店", "支部", "事業部", "営業所", "センター", "事業所", "支所"};

constexpr std::array<std::string_view, 6> kPeople = {"者", "人", "児", "世帯", "代理人", "子ども"};

struct TextLine {
  std::size_t line = 0;
  std::vector<Word> words;
  std::string text;
  int length = 0;  // characters
  bool date = false, contact = false;
};

class Weaver {
 public:
  Weaver(std::vector<Line> lines, const Form& form) : lines_(std::move(lines)), form_(form) {}

  std::vector<WovenRow> run() {
    drop_upright_label();
    labels_ = find_labels(lines_, form_, false);
    collect_options();
    collect_lines();
    drop_torn_labels();
    choose_labels();
    place_labels();
    solve();
    return build();
  }

 private:
  const FormItem& item(std::size_t label) const { return *form_.node(labels_[label].node).item; }

  // 再/委/託, one character a line at the left of three rows: it would part their labels.
  void drop_upright_label() {
    static constexpr std::array<std::string_view, 3> kUpright = {"再", "委", "託"};
    for (Line& line : lines_) {
      if (line.words.empty()) continue;
      const std::string& first = line.words.front().text;
      if (std::find(kUpright.begin(), kUpright.end(), first) == kUpright.end()) continue;
      line.words.erase(line.words.begin());
    }
  }

  void collect_options() {
    for (const FormNode& node : form_.nodes()) {
      label_keys_.push_back(read_label(node.item->label).key);
      if (node.item->answer != Answer::Choice && node.item->answer != Answer::Ticks) continue;
      for (std::string_view option : options_of(*node.item)) {
        options_.insert(read_label(option).key);
      }
    }
  }

  // A line that a choice or boxes explain, or nothing at all: brackets, marks, page numbers.
  bool explained(const std::vector<Word>& words) const {
    const std::string all = columns::text_of(words);
    if (all.find("様式") != std::string::npos && all.size() < 60) return true;  // the edition
    std::string rest;
    for (const Word& word : words) {
      if (begins_option(word)) return true;
      if (word.text.find('[') != std::string::npos || word.text.find(']') != std::string::npos ||
          word.text.starts_with("（") || word.text.starts_with("）")) {
        return word.text.size() <= 6 || word.text.front() == '[';
      }
      if (word.text == "※" || word.text == "件") continue;
      rest += word.text;
    }
    if (rest.find_first_not_of("0123456789-/ ") == std::string::npos) return true;
    const Label label = read_label(rest);
    if (label.key.empty()) return true;  // a chapter's number that lost its chapter
    const bool option = options_.count(label.key) != 0 && !rest.ends_with("評価書");
    if (option && !starts_any(rest, kListMarks)) return true;
    if (rest.starts_with("特定個人情報保護評価書（")) return true;
    if (rest == "満" || rest == "未満") return true;  // the end of an option
    const bool count =
        rest.find("人以上") != std::string::npos || rest.find("人未") != std::string::npos;
    if (count && rest.size() < 90 && rest.find_first_of("0123456789") != std::string::npos)
      return true;  // what narrow columns leave of several options
    static constexpr std::array<std::string_view, 3> kHeads = {"・識別情報", "・連絡先等情報",
                                                               "・業務関係情報"};
    return starts_any(rest, kHeads);
  }

  void collect_lines() {
    std::vector<std::vector<bool>> used(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) used[i].resize(lines_[i].words.size());
    for (const LabelAt& label : labels_) {
      for (const columns::Piece& piece : label.pieces) {
        for (std::size_t w = piece.from; w < piece.to; ++w) used[piece.line][w] = true;
      }
    }
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      TextLine line;
      line.line = i;
      for (std::size_t w = 0; w < lines_[i].words.size(); ++w) {
        if (!used[i][w]) line.words.push_back(lines_[i].words[w]);
      }
      if (line.words.empty() || explained(line.words)) continue;
      line.text = columns::text_of(line.words);
      line.length = line.words.back().end - line.words.front().begin;
      line.date = line.length < 30 && !find_dates(line.text).empty();
      line.contact = has_any(line.text, kContact);
      texts_.push_back(std::move(line));
    }
  }

  // A label that was not put together, and its rest some lines further down, are no text.
  void drop_torn_labels() {
    constexpr std::size_t kLeastHead = 15;  // bytes
    constexpr std::size_t kFarthest = 18;   // lines
    std::vector<bool> torn(texts_.size());
    for (std::size_t t = 0; t < texts_.size(); ++t) {
      const Label head = read_label(texts_[t].text);
      if (head.key.size() < kLeastHead) continue;
      for (const std::string& key : label_keys_) {
        if (key.size() <= head.key.size() || !key.starts_with(head.key)) continue;
        torn[t] = true;
        const std::string_view rest = std::string_view(key).substr(head.key.size());
        for (std::size_t k = t + 1;
             k < texts_.size() && texts_[k].line <= texts_[t].line + kFarthest; ++k) {
          const std::string own = read_label(texts_[k].text).key;
          if (!own.empty() && rest.find(own) != std::string_view::npos) torn[k] = true;
        }
      }
    }
    std::vector<TextLine> kept;
    for (std::size_t t = 0; t < texts_.size(); ++t) {
      if (!torn[t]) kept.push_back(std::move(texts_[t]));
    }
    texts_ = std::move(kept);
  }

  void choose_labels() {
    for (std::size_t i = 0; i < labels_.size(); ++i) {
      if (labels_[i].label.range) continue;
      switch (item(i).answer) {
        case Answer::Prose:
        case Answer::Number:
        case Answer::Date:
        case Answer::Organisation:
          leaves_.push_back(i);
          break;
        case Answer::None:
          if (item(i).level == Level::Group && labels_[i].label.repeat > 0) leaves_.push_back(i);
          break;
        case Answer::Choice:
        case Answer::Ticks:
        case Answer::Table:
          break;
      }
    }
    std::stable_sort(leaves_.begin(), leaves_.end(), [&](std::size_t a, std::size_t b) {
      return labels_[a].first_line() < labels_[b].first_line();
    });
  }

  // Index of the first text line at or below each label.
  void place_labels() {
    for (const std::size_t leaf : leaves_) {
      const auto at =
          std::lower_bound(texts_.begin(), texts_.end(), labels_[leaf].first_line(),
                           [](const TextLine& text, std::size_t line) { return text.line < line; });
      at_.push_back(static_cast<std::size_t>(at - texts_.begin()));
    }
  }

  // A cut before text line v.
  double cut_cost(std::size_t v) const {
    if (v == 0 || v >= texts_.size()) return 0;
    const TextLine& above = texts_[v - 1];
    const TextLine& below = texts_[v];
    if (starts_any(below.text, kCloses)) return 4;
    double cost = 0;
    if (below.line == above.line + 1) cost += 1.2;
    // An address and what is above and below it.
    if (below.contact && (above.contact || ends_any(above.text, kOffice))) cost += 2;
    const bool ends = above.text.ends_with("。") || above.length < kFullLine;
    std::size_t at = 0;
    const char32_t first = next_char(below.text, at);
    const bool listed = starts_any(below.text, kListMarks) || (first >= U'①' && first <= U'⑳') ||
                        (first >= U'0' && first <= U'9') || (first >= U'０' && first <= U'９');
    if (!ends && !listed && lines_[below.line].page == lines_[above.line].page) cost += 2;
    return cost;
  }

  double line_cost(std::size_t leaf, const TextLine& line) const {
    const FormItem& form_item = item(leaf);
    const std::string_view label = form_item.label;
    const bool sentence = line.text.ends_with("。");
    const bool brief = line.length < kFullLine;
    const bool listed = starts_any(line.text, kListMarks);
    if (form_item.answer == Answer::Date) return line.date ? 0 : line.text == "時点" ? 0.2 : 4;
    if (label == "請求先" || label == "連絡先") {
      if (line.contact) return 0;
      if (sentence || line.date) return 3;
      return has_any(line.text, kAddress) ? 0.2 : 1;
    }
    double cost = 0;
    if (line.contact) cost += 3;
    if (line.date && line.length < 16) cost += 1.5;
    if (form_item.answer == Answer::Organisation) {
      if (sentence || line.length > 60) cost += 3;
      return cost + (listed ? 1 : 0);
    }
    const bool group = form_item.level == Level::Group;
    if (!group && !label.ends_with("部署") && brief) {
      if (has_any(line.text, kCompany) && label != "システムの名称") cost += 1.5;
      if (ends_any(line.text, kBranch)) cost += 2;
    }
    const bool people = ends_any(line.text, kPeople);
    if (label.find("本人の範囲") != std::string_view::npos) return cost + (people ? -0.5 : 0.7);
    if (people && brief) cost += 0.5;
    if (label == "再委託事項") return cost + (sentence ? 1.5 : 0);
    if (label.ends_with("部署"))
      return cost + (ends_any(line.text, kOffice) ? 0 : sentence ? 3 : 1);
    if (label.ends_with("役職名"))
      return cost + (ends_any(line.text, kPost) ? 0 : sentence ? 3 : 1);
    if (label == "法令上の根拠") return cost + (has_any(line.text, kLaw) ? 0 : sentence ? 2 : 1);
    static constexpr std::array<std::string_view, 6> kSentences = {
        "再委託の許諾方法", "目的", "妥当性", "必要性", "消去方法", "委託先名の確認方法"};
    if (ends_any(label, kSentences)) return cost + (!sentence && brief && !listed ? 0.8 : 0);
    if (group || label.ends_with("の名称") || label == "評価書名" ||
        label.ends_with("ファイル名") || label == "時期・頻度") {
      if (sentence) cost += 2.5;
    }
    if (group && listed) cost += 2;
    if (label == "評価書番号") cost += 3;
    if (form_item.answer == Answer::None) cost += 3;
    return cost;
  }

  double group_cost(std::size_t k, std::size_t begin, std::size_t end) const {
    const std::size_t leaf = leaves_[k];
    const FormItem& form_item = item(leaf);
    const LabelAt& label = labels_[leaf];
    if (begin == end) {
      const std::string_view words = form_item.label;
      const bool often = words.starts_with("再委託") || words == "評価書番号" ||
                         form_item.level == Level::Chapter || form_item.level == Level::Section;
      if (form_item.level == Level::Group) return form_item.answer == Answer::Prose ? 1.8 : 0;
      return often ? 0.7 : form_item.answer == Answer::None ? 0.3 : 1.8;
    }
    double cost = 0;
    std::size_t before = 0, after = 0;
    for (std::size_t v = begin; v < end; ++v) {
      cost += line_cost(leaf, texts_[v]);
      if (texts_[v].line < label.first_line()) ++before;
      if (texts_[v].line > label.last_line()) ++after;
      // Wide gaps in a company's name part it into blocks.
      const double block = form_item.answer == Answer::Organisation ? 0.1 : 0.3;
      if (v > begin && texts_[v].line > texts_[v - 1].line + 1) cost += block;
      if (lines_[texts_[v].line].page < lines_[label.first_line()].page) cost += 3;
    }
    if (form_item.answer == Answer::Organisation &&
        form_item.pointer == std::string_view("/files/*/contracts/rows/*/contractors")) {
      std::string all;
      for (std::size_t v = begin; v < end; ++v) all += texts_[v].text;
      cost += has_any(all, kCompany) ? -0.5 : 1;
    }
    if (form_item.level == Level::Group) {  // a name: of several lines only if it is long
      for (std::size_t v = begin + 1; v < end; ++v) cost += texts_[v - 1].length < kFullLine;
    }
    const bool one = form_item.answer == Answer::Date || form_item.answer == Answer::Number;
    if (one && end - begin > 1) cost += 2 * static_cast<double>(end - begin - 1);
    if (before > 0 && after > 0) {
      const std::size_t uneven = before > after ? before - after : after - before;
      cost += 0.1 * static_cast<double>(uneven);
    } else if (before == end - begin) {
      cost += 0.5 + 0.15 * static_cast<double>(at_[k] - end);
      if (form_item.level == Level::Section || form_item.level == Level::Chapter) cost += 4;
    } else if (after == end - begin) {
      cost += 0.15 * static_cast<double>(begin - std::min(begin, at_[k]));
    }
    return cost;
  }

  struct Range {
    std::size_t low = 0, high = 0;  // where the group of leaf k may end
  };

  Range range(std::size_t k) const {
    if (k == leaves_.size()) return {texts_.size(), texts_.size()};
    const std::size_t at = at_[k];
    return {at < kReach ? 0 : at - kReach, std::min(texts_.size(), at + kReach)};
  }

  // forward[k][v]: the groups before leaf k end at text line v. backward likewise from there on.
  void solve() {
    const std::size_t count = leaves_.size();
    std::vector<Range> ranges(count + 1);
    ranges[0] = {0, count > 0 ? std::min(at_[0] + 1, texts_.size()) : texts_.size()};
    for (std::size_t k = 1; k <= count; ++k) {
      const Range own = range(k - 1);
      const Range next = k == count ? own : range(k);
      ranges[k] = {std::min(own.low, next.low), std::max(own.high, next.high)};
      if (k == count) ranges[k].high = texts_.size();
      ranges[k].low = std::max(ranges[k].low, ranges[k - 1].low);
    }
    std::vector<std::vector<double>> forward(count + 1), backward(count + 1);
    for (std::size_t k = 0; k <= count; ++k) {
      forward[k].assign(ranges[k].high - ranges[k].low + 1, kNever);
      backward[k] = forward[k];
    }
    for (std::size_t v = ranges[0].low; v <= ranges[0].high; ++v)
      forward[0][v] = 0.5 * static_cast<double>(v);
    for (std::size_t v = ranges[count].low; v <= ranges[count].high; ++v) {
      backward[count][v - ranges[count].low] = 0.05 * static_cast<double>(texts_.size() - v);
    }
    const auto step = [&](std::size_t k, auto&& use) {
      for (std::size_t s = ranges[k].low; s <= ranges[k].high; ++s) {
        const std::size_t to = std::min(ranges[k + 1].high, s + kLongest);
        for (std::size_t e = std::max(s, ranges[k + 1].low); e <= to; ++e) use(s, e);
      }
    };
    for (std::size_t k = 0; k < count; ++k) {
      step(k, [&](std::size_t s, std::size_t e) {
        const double so_far = forward[k][s - ranges[k].low];
        if (so_far >= kNever) return;
        double& best = forward[k + 1][e - ranges[k + 1].low];
        best = std::min(best, so_far + group_cost(k, s, e) + cut_cost(e));
      });
    }
    for (std::size_t k = count; k-- > 0;) {
      step(k, [&](std::size_t s, std::size_t e) {
        const double rest = backward[k + 1][e - ranges[k + 1].low];
        if (rest >= kNever) return;
        double& best = backward[k][s - ranges[k].low];
        best = std::min(best, rest + group_cost(k, s, e) + cut_cost(e));
      });
    }
    for (std::size_t k = 0; k <= count; ++k) {
      double best = kNever, next = kNever;
      std::size_t cut = ranges[k].low;
      for (std::size_t v = ranges[k].low; v <= ranges[k].high; ++v) {
        const double all = forward[k][v - ranges[k].low] + backward[k][v - ranges[k].low];
        if (all < best) {
          next = best;
          best = all;
          cut = v;
        } else {
          next = std::min(next, all);
        }
      }
      cuts_.push_back(cut);
      margins_.push_back(best >= kNever ? 0 : next - best);
    }
  }

  std::vector<WovenRow> build() const {
    std::vector<std::size_t> leaf_of(labels_.size(), leaves_.size());
    for (std::size_t k = 0; k < leaves_.size(); ++k) leaf_of[leaves_[k]] = k;
    std::vector<WovenRow> rows;
    for (std::size_t i = 0; i < labels_.size(); ++i) {
      WovenRow row;
      row.margin = kNever;
      SourceCell label;
      label.text = labels_[i].text;
      for (const columns::Piece& piece : labels_[i].pieces)
        label.place = join(label.place, place_of(lines_[piece.line]));
      row.row.cells.push_back(std::move(label));
      const std::size_t k = leaf_of[i];
      if (k < leaves_.size()) {
        SourceCell value;
        value.column = 1;
        for (std::size_t v = cuts_[k]; v < cuts_[k + 1]; ++v) {
          if (!value.text.empty()) value.text += '\n';
          value.text += texts_[v].text;
          value.place = join(value.place, place_of(lines_[texts_[v].line]));
        }
        value.text = normalise_ticks(value.text);
        row.margin = std::min(margins_[k], margins_[k + 1]);
        if (!value.text.empty()) row.row.cells.push_back(std::move(value));
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

  std::vector<Line> lines_;
  const Form& form_;
  std::vector<LabelAt> labels_;
  std::set<std::string> options_;
  std::vector<std::string> label_keys_;
  std::vector<TextLine> texts_;
  std::vector<std::size_t> leaves_;  // indices of labels, in the order of the text
  std::vector<std::size_t> at_;      // by leaf
  std::vector<std::size_t> cuts_;    // by leaf: where its group begins; and the end
  std::vector<double> margins_;
};

constexpr double kWoven = 0.3;  // share of torn labels above which columns are woven

bool is_table_head(const Line& line) {
  return !line.words.empty() && (line.words[0].text.starts_with("変更日") ||
                                 line.words[0].text.starts_with("変更前の記載"));
}

}  // namespace

std::vector<WovenRow> rows_of_woven(WovenLines& woven) {
  if (share_of_torn_labels(woven) < kWoven) return {};
  std::vector<Line> lines = columns::read_lines(woven.source());
  std::vector<SourceRow> words;
  for (const Line& line : lines) {
    SourceRow row;
    SourceCell cell;
    cell.text = columns::text_of(line.words);
    if (!cell.text.empty()) row.cells.push_back(std::move(cell));
    for (const Word& word : line.words) {
      if (line.words.size() == 1) break;
      SourceCell one;
      one.text = word.text;
      row.cells.push_back(std::move(one));
    }
    if (!row.cells.empty()) words.push_back(std::move(row));
  }
  const std::optional<Kind> kind = kind_of(words);
  if (!kind) return {};
  lines.erase(std::find_if(lines.begin(), lines.end(), is_table_head), lines.end());
  return Weaver(std::move(lines), Form::of(*kind)).run();
}

}  // namespace pia
