// A row begins with its date; its item is spelled with the form's own headings, from a chapter on,
// over several lines that end in pieces of other cells:
//
//   Ⅱ 特定個人情報ファ
//   令和4年7月27日 イルの概要－４．委託 株式会社青葉計算センター
//   委託事項1 ⑥委託先名
//
// So words are taken as long as they spell headings, and a line's rest is left.

#include "indexer/woven_revisions.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "dicts/japanese_date.h"
#include "indexer/columns_lines.h"
#include "indexer/utf8.h"

namespace pia {
namespace {

using columns::Line;
using columns::Word;

constexpr std::size_t kLongestItem = 600;  // bytes

bool is_timing(const Word& word) { return word.text == "事前" || word.text == "事後"; }

// A text as its label's key, with the number in front of it kept.
std::string key_of(const std::string& text) {
  return read_label("項" + text).key.substr(std::string_view("項").size());
}

// Headings of the form in a row: "Ⅱ特定個人情報ファイルの概要4特定…委託事項1⑥委託先名".
class Headings {
 public:
  explicit Headings(const Form& form) {
    for (const FormNode& node : form.nodes()) {
      const bool deep = node.item->level >= Level::Item || node.item->answer != Answer::None;
      add(node.item->label, deep);
      const std::string_view variants = node.item->variants;
      for (std::size_t at = 0; at < variants.size();) {
        const std::size_t bar = std::min(variants.find('|', at), variants.size());
        add(variants.substr(at, bar - at), deep);
        at = bar + 1;
      }
    }
    keys_.emplace_back("リスク");  // リスク１：…
    std::sort(keys_.begin(), keys_.end());
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
  }

  enum class Fit { No, Begins, Whole };

  // Ends with the label of an answer: what only names a chapter or section has lost its end.
  bool ends_deep(std::string_view text) const {
    while (text.ends_with(")")) text.remove_suffix(1);
    while (!text.empty() && text.back() >= '0' && text.back() <= '9') text.remove_suffix(1);
    return std::any_of(deep_.begin(), deep_.end(),
                       [&](const std::string& key) { return text.ends_with(key); });
  }

  // Whether the text is headings from its beginning to its end, or could go on to be.
  Fit fit(std::string_view text) const {
    std::vector<std::size_t> open = {0}, seen;
    Fit best = Fit::No;
    while (!open.empty()) {
      const std::size_t from = open.back();
      open.pop_back();
      if (std::find(seen.begin(), seen.end(), from) != seen.end()) continue;
      seen.push_back(from);
      const std::size_t at = skip_marks(text, from);
      if (at >= text.size()) {
        if (from == text.size() && from > 0) return Fit::Whole;
        best = Fit::Begins;
        // A closing bracket ends the item, a dash wants more.
        if (from > 0 && text.substr(from).find_first_not_of(")") == std::string_view::npos)
          return Fit::Whole;
        continue;
      }
      const std::string_view rest = text.substr(at);
      for (const std::string& key : keys_) {
        if (rest.starts_with(key)) {
          open.push_back(at + key.size());
        } else if (std::string_view(key).starts_with(rest)) {
          best = Fit::Begins;
        }
      }
    }
    return best;
  }

 private:
  void add(std::string_view label, bool deep) {
    std::string key = key_of(std::string(label));
    if (key.size() < 6) return;
    if (deep) deep_.push_back(key);
    keys_.push_back(std::move(key));
  }

  // Numbers, dashes and brackets between two headings.
  static std::size_t skip_marks(std::string_view text, std::size_t at) {
    while (at < text.size()) {
      std::size_t next = at;
      const char32_t c = next_char(text, next);
      const bool mark = (c >= U'0' && c <= U'9') || (c >= U'①' && c <= U'⑳') ||
                        (c >= U'Ⅰ' && c <= U'Ⅹ') || c == U'I' || c == U'V' || c == U'ー' ||
                        c == U'(' || c == U')' || c == U':' || c == U'/' || c == U'>' || c == U'~';
      if (!mark) break;
      at = next;
    }
    return at;
  }

  std::vector<std::string> keys_, deep_;
};

bool begins_item(const std::string& word) {
  std::size_t at = 0;
  const char32_t c = next_char(word, at);
  if (c >= U'Ⅰ' && c <= U'Ⅹ') return true;
  for (const std::string_view start :
       {"III", "II", "IV", "VI", "I", "V", "表紙", "（別添", "(別添"}) {
    if (word.starts_with(start)) return true;
  }
  return false;
}

struct Anchor {
  std::size_t line = 0;
  std::string date;   // ISO
  double weight = 0;  // how much it looks like a row's own
};

struct Item {
  std::size_t first = 0, last = 0;
  std::string text;
  bool deep = false;  // read to its end
};

class Table {
 public:
  Table(std::vector<Line> lines, const Form& form) : lines_(std::move(lines)), headings_(form) {}

  WovenRevisions read() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      for (const Word& word : lines_[i].words) {
        if (is_timing(word)) timings_.push_back(word.text);
      }
    }
    find_items();
    find_dates();
    WovenRevisions out;
    out.counted = choose();
    if (!out.counted) {
      std::erase_if(anchors_, [](const Anchor& anchor) { return anchor.weight < 2; });
      timings_.clear();
    }
    out.rows = rows();
    if (!out.counted) std::erase_if(out.rows, [](const Revision& row) { return !row.item; });
    return out;
  }

 private:
  // Bytes of a date, or of the first part of one, that the line begins with; its words.
  struct DateAt {
    std::string iso;
    std::size_t words = 0;
    std::size_t rest_line = 0;  // where the rest of a broken date stands; 0: nowhere
  };

  std::optional<DateAt> date_at(std::size_t i) const {
    const std::vector<Word>& words = lines_[i].words;
    if (words.empty() || words[0].text.size() > 45) return std::nullopt;
    const auto whole = parse_date(words[0].text);
    if (whole && whole->day > 0) return DateAt{whole->iso(), 1, 0};
    if (!part_of_date(words[0].text)) return std::nullopt;
    for (std::size_t k = i + 1; k < std::min(lines_.size(), i + 5); ++k) {
      if (lines_[k].words.empty()) continue;
      const std::string& rest = lines_[k].words[0].text;
      if (!ends_date(rest)) continue;
      const auto joined = parse_date(words[0].text + rest);
      if (joined && joined->day > 0) return DateAt{joined->iso(), 1, k};
    }
    return std::nullopt;
  }

  static bool part_of_date(const std::string& text) {
    return (text.starts_with("令和") || text.starts_with("平成") || text.starts_with("20")) &&
           text.find("年") != std::string::npos;
  }

  static bool ends_date(const std::string& text) {
    if (text.size() > 18 || !text.ends_with("日")) return false;
    for (std::size_t at = 0; at < text.size();) {
      const char32_t c = next_char(text, at);
      const bool digit = (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
      if (!digit && c != U'年' && c != U'月' && c != U'日') return false;
    }
    return true;
  }

  // Words of headings from line i, word w on.
  std::optional<Item> item_at(std::size_t i, std::size_t w) const {
    std::string key, text;
    std::optional<Item> best;
    for (std::size_t k = i; k < std::min(lines_.size(), i + 14); ++k) {
      const std::vector<Word>& words = lines_[k].words;
      if (words.empty()) {
        if (k > i + 10) break;
        continue;
      }
      std::size_t from = k == i ? w : 0;
      if (k > i) {
        if (const auto date = date_at(k)) from = date->words;
        if (from == 0 && (ends_date(words[0].text) || begins_item(words[0].text))) {
          if (begins_item(words[0].text)) break;
          from = 1;
        }
      }
      bool taken = false;
      for (std::size_t at = from; at < words.size(); ++at) {
        const std::string longer = key + key_of(words[at].text);
        if (longer.size() > kLongestItem) return best;
        const Headings::Fit fit = headings_.fit(longer);
        if (fit == Headings::Fit::No) break;
        key = longer;
        if (taken) text += ' ';
        text += words[at].text;
        taken = true;
        if (fit == Headings::Fit::Whole) best = Item{i, k, text, headings_.ends_deep(key)};
      }
      if (!taken && from < words.size() && k > i + 4) break;
    }
    return best;
  }

  void find_items() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].words.empty()) continue;
      std::size_t w = 0;
      if (const auto date = date_at(i)) w = date->words;
      if (w >= lines_[i].words.size() || !begins_item(lines_[i].words[w].text)) continue;
      if (std::optional<Item> item = item_at(i, w)) items_.push_back(std::move(*item));
    }
  }

  void find_dates() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::optional<DateAt> date = date_at(i);
      if (!date) continue;
      const std::vector<Word>& words = lines_[i].words;
      Anchor anchor{i, date->iso, 0};
      if (words.size() > 1 && words[1].text.starts_with("時点")) anchor.weight -= 4;
      const bool inside = std::any_of(items_.begin(), items_.end(), [&](const Item& item) {
        return item.first <= i && i <= item.last;
      });
      if (inside) anchor.weight += 2;
      if (date->rest_line > 0) anchor.weight += 1;
      if (!anchors_.empty() && anchors_.back().date == anchor.date) anchor.weight += 0.5;
      const bool alone = words.size() == 1 && (i == 0 || lines_[i - 1].words.empty()) &&
                         (i + 1 == lines_.size() || lines_[i + 1].words.empty());
      if (alone) anchor.weight -= 0.5;
      const bool near = std::any_of(items_.begin(), items_.end(), [&](const Item& item) {
        return item.last < i && i <= item.last + 2;
      });
      if (near && !inside) anchor.weight += 0.5;
      const bool above = std::any_of(items_.begin(), items_.end(), [&](const Item& item) {
        return item.first > i && item.first <= i + 2;
      });
      if (above && !inside) anchor.weight += 1.6;
      anchors_.push_back(std::move(anchor));
    }
  }

  // Rows follow each other in time: the dates of rows are the heaviest chain of dates that do. It
  // is all rows if there are as many as 事前 and 事後, or as items; a row or two may lack one of
  // them.
  bool choose() {
    for (const double bias : {0.0, 0.7}) {
      const std::vector<Anchor> chain = heaviest(bias);
      const std::size_t expected = std::max(timings_.size(), items_.size());
      const std::size_t size = chain.size();
      if (size == 0) continue;
      if (size == timings_.size() || size == items_.size() ||
          (bias == 0 && expected > 2 && size == expected + 1)) {
        if (size + 1 < expected) continue;
        anchors_ = chain;
        return true;
      }
    }
    return false;
  }

  std::vector<Anchor> heaviest(double bias) const {
    std::vector<double> best(anchors_.size());
    std::vector<std::size_t> before(anchors_.size(), anchors_.size());
    std::size_t last = anchors_.size();
    for (std::size_t i = 0; i < anchors_.size(); ++i) {
      const double own = anchors_[i].weight + bias;
      best[i] = own;
      if (own <= 0) continue;
      for (std::size_t k = 0; k < i; ++k) {
        if (anchors_[k].date > anchors_[i].date || best[k] <= 0 || best[k] + own <= best[i])
          continue;
        best[i] = best[k] + own;
        before[i] = k;
      }
      if (last == anchors_.size() || best[i] > best[last]) last = i;
    }
    std::vector<Anchor> chain;
    for (std::size_t i = last; i < anchors_.size(); i = before[i]) chain.push_back(anchors_[i]);
    std::reverse(chain.begin(), chain.end());
    return chain;
  }

  std::vector<Revision> rows() const {
    std::vector<Revision> rows;
    for (std::size_t k = 0; k < anchors_.size(); ++k) {
      Revision row;
      row.date = anchors_[k].date;
      row.where.first_line = row.where.last_line = lines_[anchors_[k].line].number;
      if (const Item* item = item_of(k)) {
        if (item->deep) row.item = item->text;
        Place place;
        place.first_line = lines_[item->first].number;
        place.last_line = lines_[item->last].number;
        place.first_line = std::min(place.first_line, row.where.first_line);
        place.last_line = std::max(place.last_line, row.where.last_line);
        row.where = place;
      }
      if (timings_.size() == anchors_.size() && !timings_.empty()) row.timing = timings_[k];
      rows.push_back(std::move(row));
    }
    return rows;
  }

  // The item around the date; else the only one between this date and the next.
  const Item* item_of(std::size_t k) const {
    const Item* found = nullptr;
    for (const Item& item : items_) {
      if (item.first > anchors_[k].line || anchors_[k].line > item.last) continue;
      if (found != nullptr) return nullptr;
      found = &item;
    }
    if (found != nullptr) return found;
    if (items_.size() == anchors_.size()) return &items_[k];
    for (const Item& item : items_) {
      if (item.first > anchors_[k].line && item.first <= anchors_[k].line + 2) return &item;
    }
    return nullptr;
  }

  std::vector<Line> lines_;
  Headings headings_;
  std::vector<std::string> timings_;
  std::vector<Item> items_;
  std::vector<Anchor> anchors_;
};

}  // namespace

std::optional<WovenRevisions> woven_revisions(const std::vector<SourceLine>& source,
                                              const Form& form) {
  std::vector<Line> lines = columns::read_lines(source);
  const auto begin = std::find_if(lines.begin(), lines.end(), [](const Line& line) {
    return !line.words.empty() && (line.words[0].text.starts_with("変更日") ||
                                   line.words[0].text.starts_with("変更年月日") ||
                                   line.words[0].text.starts_with("変更前の記載"));
  });
  if (begin == lines.end()) return std::nullopt;
  const auto end = std::find_if(begin, lines.end(), [](const Line& line) {
    return !line.words.empty() && line.words.size() <= 3 &&
           (line.words[0].text == "別紙" || line.words[0].text.starts_with("別紙（") ||
            line.words[0].text.starts_with("（別紙"));
  });
  return Table(std::vector<Line>(begin, end), form).read();
}

}  // namespace pia
