// Each label becomes a row: the label's cell, then the value's. The table of 変更箇所 has its own
// reader; what follows it is a line a row.

#include "indexer/columns_rows.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>

#include "indexer/cell_text.h"
#include "indexer/columns_labels.h"
#include "indexer/columns_lines.h"
#include "indexer/columns_revisions.h"
#include "indexer/columns_values.h"
#include "indexer/entries.h"
#include "indexer/form.h"

namespace pia {
namespace {

using namespace columns;

Place place_of(const Line& line) {
  Place place;
  place.first_line = place.last_line = line.number;
  return place;
}

// Which form: every word is looked at as a cell.
std::optional<Kind> kind_of_words(const std::vector<Line>& lines) {
  std::vector<SourceRow> rows;
  for (const Line& line : lines) {
    SourceRow row;
    for (const Word& word : line.words) {
      SourceCell cell;
      cell.text = word.text;
      row.cells.push_back(std::move(cell));
    }
    if (!row.cells.empty()) rows.push_back(std::move(row));
  }
  return kind_of(rows);
}

bool is_option(const FormItem& item, const std::string& text) {
  const std::string key = read_label(text).key;
  const auto options = options_of(item);
  return std::any_of(options.begin(), options.end(),
                     [&](std::string_view option) { return read_label(option).key == key; });
}

// The answer's words before those of the list beside it, which share their lines. An answer that
// stands a little above or below its brackets goes into them.
std::string choice_text(const std::vector<ValueLine>& values, const FormItem& item) {
  std::string inside, outside, list;
  bool open = false;
  int left = 0, right = 0;
  int column = std::numeric_limits<int>::max();  // where the list stands
  std::vector<Word> loose;
  for (const ValueLine& value : values) {
    bool in_list = value.begin() >= column - 2;
    std::string listed;
    for (const Word& word : value.words) {
      if (word.text.find("選択肢") != std::string::npos && word.begin > 12) column = word.begin;
      // "[ ２）目的を超えた…": a number of the list's, but within the brackets.
      if (begins_option(word) && (!open || word.apart)) in_list = true;
      const bool bracket = word.text.starts_with("[") || word.text.starts_with("]");
      if (bracket || word.text.starts_with("（") || word.text.starts_with("(")) in_list = false;
      if (word.text.starts_with("[")) {
        open = true;
        left = word.begin;
      }
      if (!in_list && !open && !bracket) loose.push_back(word);
      std::string& text = in_list ? listed : open || bracket ? inside : outside;
      if (!text.empty()) text += ' ';
      text += word.text;
      if (word.text.ends_with("]")) {
        open = false;
        right = word.end;
      }
    }
    if (!listed.empty()) list += '\n' + listed;
  }
  if (normalise_ticks(inside) == "[ ]" && loose.size() == 1 && loose[0].begin > left &&
      loose[0].end < right && is_option(item, loose[0].text)) {
    return "[ " + loose[0].text + " ]" + list;
  }
  if (!inside.empty() && !outside.empty()) inside += ' ';
  return inside + outside + list;
}

std::string value_text(const std::vector<ValueLine>& values) {
  std::string text;
  for (const ValueLine& value : values) {
    if (!text.empty()) text += '\n';
    text += columns::text_of(value.words);
  }
  return text;
}

class Rows {
 public:
  Rows(std::vector<Line> lines, const Form& form) : lines_(std::move(lines)), form_(form) {}

  std::vector<SourceRow> build() {
    take_page_numbers();
    const std::size_t table = find_table(lines_);
    std::vector<Line> form_lines(lines_.begin(),
                                 lines_.begin() + static_cast<std::ptrdiff_t>(table));
    add_form(form_lines);
    if (table == lines_.size()) return std::move(rows_);
    std::size_t end = 0;
    for (SourceRow& row : read_table(lines_, table, end)) rows_.push_back(std::move(row));
    for (std::size_t i = end; i < lines_.size(); ++i) {
      if (!lines_[i].words.empty()) add(columns::text_of(lines_[i].words), place_of(lines_[i]));
    }
    return std::move(rows_);
  }

 private:
  // The number at a page's foot or head, if it counts the pages: no cell's text.
  void take_page_numbers() {
    struct Numbered {
      std::size_t line;
      int page, number;
    };
    for (const bool foot : {true, false}) {
      std::vector<Numbered> found;
      for (std::size_t i = 0; i < lines_.size();) {
        const int page = lines_[i].page;
        std::size_t at = lines_.size();
        for (; i < lines_.size() && lines_[i].page == page; ++i) {
          if (!lines_[i].words.empty() && (foot || at == lines_.size())) at = i;
        }
        if (at == lines_.size()) continue;
        if (const int number = page_number(lines_[at]); number > 0)
          found.push_back({at, page, number});
      }
      // Most of them must count on together.
      std::map<int, std::size_t> shifts;
      for (const Numbered& one : found) ++shifts[one.number - one.page];
      for (const Numbered& one : found) {
        const std::size_t same = shifts[one.number - one.page];
        if (same < 2 || same * 2 < found.size()) continue;
        add(columns::text_of(lines_[one.line].words), place_of(lines_[one.line]));
        lines_[one.line].words.clear();
      }
    }
  }

  // "3", "- 3 -", "3/25", "3 ページ"; 0 if the line is none.
  static int page_number(const Line& line) {
    if (line.words.size() > 3) return 0;
    std::string digits;
    for (const char c : columns::text_of(line.words)) {
      if (c >= '0' && c <= '9')
        digits += c;
      else if (c == '/')
        break;
      else if (c != ' ' && c != '-' && static_cast<unsigned char>(c) < 0x80)
        return 0;
    }
    const std::string all = columns::text_of(line.words);
    return digits.empty() || digits.size() > 3 || all.size() > 20 ? 0 : std::stoi(digits);
  }

  void add_form(const std::vector<Line>& lines) {
    const std::vector<LabelAt> labels = find_labels(lines, form_);
    const Assigned assigned = assign_values(lines, labels, form_);
    for (const ValueLine& value : assigned.head) {
      add(columns::text_of(value.words), place_of(lines[value.line]));
    }
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const std::vector<ValueLine>& values = assigned.values[i];
      const bool heads = i + 1 < labels.size() &&
                         labels[i + 1].first_line() == labels[i].first_line() && values.empty() &&
                         form_.node(labels[i].node).item->pointer == std::string_view("/number");
      if (heads) {
        add_number_and_title(lines, labels[i], labels[i + 1], assigned.values[i + 1]);
        ++i;
        continue;
      }
      SourceRow row;
      row.cells.push_back(label_cell(lines, labels[i], 0));
      std::vector<ValueLine> own, apart;
      for (const ValueLine& value : values) (is_edition(value) ? apart : own).push_back(value);
      if (!own.empty()) row.cells.push_back(value_cell(lines, labels[i], own));
      rows_.push_back(std::move(row));
      for (const ValueLine& value : apart) {
        add(columns::text_of(value.words), place_of(lines[value.line]));
      }
    }
  }

  // "[令和6年10月 様式4]" stands below the date of publication, in a row of its own.
  static bool is_edition(const ValueLine& value) {
    const std::string text = columns::text_of(value.words);
    return text.starts_with("[") && text.find("様式") != std::string::npos && text.size() < 60;
  }

  static SourceCell label_cell(const std::vector<Line>& lines, const LabelAt& label, int column) {
    SourceCell cell;
    cell.column = column;
    cell.text = label.text;
    for (const columns::Piece& piece : label.pieces) {
      cell.place = join(cell.place, place_of(lines[piece.line]));
    }
    return cell;
  }

  SourceCell value_cell(const std::vector<Line>& lines, const LabelAt& label,
                        const std::vector<ValueLine>& values) const {
    SourceCell cell;
    cell.column = 1;
    const FormItem& item = *form_.node(label.node).item;
    cell.text = normalise_ticks(item.answer == Answer::Choice ? choice_text(values, item)
                                                              : value_text(values));
    for (const ValueLine& value : values)
      cell.place = join(cell.place, place_of(lines[value.line]));
    return cell;
  }

  // 評価書番号 | 評価書名 over their values: the number is the first line's that begins with one.
  void add_number_and_title(const std::vector<Line>& lines, const LabelAt& number,
                            const LabelAt& title, std::vector<ValueLine> values) {
    SourceRow heads;
    heads.cells.push_back(label_cell(lines, number, 0));
    heads.cells.push_back(label_cell(lines, title, 1));
    rows_.push_back(std::move(heads));
    SourceRow row;
    for (ValueLine& value : values) {
      const Word& word = value.words.front();
      const bool digits = word.text.find_first_not_of("0123456789-－") == std::string::npos ||
                          (word.text.size() <= 9 && word.text.starts_with("\xEF\xBC"));
      if (!row.cells.empty() || !digits || word.end > title.begin) continue;
      SourceCell cell;
      cell.text = word.text;
      cell.place = place_of(lines[value.line]);
      row.cells.push_back(std::move(cell));
      value.words.erase(value.words.begin());
    }
    std::erase_if(values, [](const ValueLine& value) { return value.words.empty(); });
    if (!values.empty()) row.cells.push_back(value_cell(lines, title, values));
    if (!row.cells.empty()) rows_.push_back(std::move(row));
  }

  void add(std::string text, const Place& place) {
    SourceCell cell;
    cell.text = std::move(text);
    cell.place = place;
    SourceRow row;
    row.cells.push_back(std::move(cell));
    rows_.push_back(std::move(row));
  }

  std::vector<Line> lines_;
  const Form& form_;
  std::vector<SourceRow> rows_;
};

}  // namespace

std::vector<SourceRow> rows_of_columns(const std::vector<SourceLine>& source) {
  if (!columns::may_keep_columns(source)) return {};
  std::vector<Line> lines = columns::read_lines(source);
  if (!columns::keeps_columns(lines)) return {};
  const std::optional<Kind> kind = kind_of_words(lines);
  if (!kind) return {};
  return Rows(std::move(lines), Form::of(*kind)).build();
}

}  // namespace pia
