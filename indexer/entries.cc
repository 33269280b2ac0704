// Rows are read from the top, cells from the left. A cell is a label if its words are one of the
// form's labels, in a place where the form can have it (Form::resolve) and where a label can stand
// (at the left, or behind another label). What is no label belongs to the label before it, also in
// the next rows: a cell that a page break cut goes on in a row whose first cell is empty.
//
//   ④使用の主体 | 使用部署 | 市民課         label, label below it, value
//   評価書番号 | 評価書名                   heads of columns: the next row has the values
//   46        | ○○に関する事務

#include "indexer/entries.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "indexer/entries_match.h"
#include "indexer/values.h"

namespace pia {
namespace {

bool is_rule(const SourceRow& row) {
  std::size_t dashes = 0;
  for (const SourceCell& cell : row.cells) {
    for (char c : cell.text) {
      if (c != '-' && c != ' ' && c != '|') return false;
      dashes += c == '-';
    }
  }
  return dashes >= 6;
}

class Reader {
 public:
  Reader(const std::vector<SourceRow>& rows, const Form& form)
      : rows_(rows), form_(form), labels_(form) {}

  Entries read() {
    for (int row = 0; row < static_cast<int>(rows_.size()); ++row) {
      if (is_rule(rows_[static_cast<std::size_t>(row)])) {
        entries_.rules.push_back(row);
      } else if (!read_revision(row)) {
        read_row(row);
      }
    }
    number_loose_entries();
    return std::move(entries_);
  }

 private:
  // A gap of lines before a label that is not the next one of its group: a page is missing.
  bool skips(int id, int row) const {
    if (row == 0 || form_.node(id).item->level != Level::Item || id <= current_) return false;
    const Place& here = row_at(row).cells.front().place;
    const Place& above = row_at(row - 1).cells.front().place;
    if (here.first_line == 0 || here.first_line <= above.last_line + 1) return false;
    for (int between = current_ + 1; between < id; ++between) {
      const FormItem& item = *form_.node(between).item;
      if (item.level == Level::Item && item.answer != Answer::None) return true;
    }
    return false;
  }

  bool repeats(int id) const {
    const int group = form_.group_of(id);
    return group >= 0 && *form_.node(group).number == '\0';
  }

  // Items of a 委託事項 (提供先, …) whose heading stood on a missing page: those right before the
  // heading of 委託事項4 are the rest of 委託事項3. Before a mere 委託事項6～10 nobody can tell.
  void number_loose_entries() {
    std::vector<Entry>& items = entries_.items;
    int number = 0, group = -1;
    bool printed = false;  // the frame behind is filled in
    for (std::size_t i = items.size(); i-- > 0;) {
      Entry& entry = items[i];
      if (entry.node < 0) continue;
      const int own = repeats(entry.node) ? form_.group_of(entry.node) : -1;
      if (own < 0 || own != group) {
        number = 0;
        printed = false;
      }
      group = own;
      if (own < 0) continue;
      const bool heading = form_.node(entry.node).item->level == Level::Group;
      if (entry.repeat < 0 && number > 1) {
        entry.repeat = number - 1;
        entry.printed.group =
            std::string(form_.node(own).item->label) + std::to_string(entry.repeat);
      } else if (heading && !entry.range) {
        number = entry.repeat;
        printed = true;
      } else if (heading) {
        number = printed ? entry.repeat : 0;
      }
    }
  }

  const SourceRow& row_at(int row) const { return rows_[static_cast<std::size_t>(row)]; }

  static Piece piece(const SourceCell& cell, int row, std::string text) {
    return {std::move(text), cell.place, row, cell.column, cell.column_span};
  }

  void read_row(int row) {
    const SourceRow& cells = row_at(row);
    std::vector<const SourceCell*> filled;
    for (const SourceCell& cell : cells.cells) {
      if (!trim(cell.text).empty()) filled.push_back(&cell);
    }
    if (filled.empty()) return;
    if (in_contents_ && read_contents(*filled[0], filled.size() == 1, row)) return;
    if (!heads_.empty() && read_below_heads(filled, row)) return;
    std::vector<std::size_t> opened;  // entries whose labels stand in this row
    std::vector<const SourceCell*> label_cells;
    bool value_seen = false;
    int below = -1;
    for (std::size_t i = 0; i < filled.size(); ++i) {
      const SourceCell& cell = *filled[i];
      if (!value_seen && i + 1 < filled.size()) {
        SourceCell whole = cell;
        whole.text = in_two_cells(cell, *filled[i + 1]);
        const bool alone = filled.size() == 2;
        const Match both =
            whole.text.empty() ? Match{} : labels_.match(whole, i == 0, alone, below, current_);
        if (both.node >= 0 && both.rest == std::string::npos) {
          open(both, cell, row);
          entries_.items.back().labels.push_back(piece(*filled[i + 1], row, filled[i + 1]->text));
          below = both.node;
          opened.push_back(entries_.items.size() - 1);
          label_cells.push_back(&cell);
          ++i;
          continue;
        }
      }
      const Match found =
          value_seen ? Match{} : labels_.match(cell, i == 0, filled.size() == 1, below, current_);
      if (found.node < 0) {
        value_seen = true;
        add_value(piece(cell, row, cell.text));
        continue;
      }
      open(found, cell, row);
      below = found.node;
      opened.push_back(entries_.items.size() - 1);
      label_cells.push_back(&cell);
      value_seen = found.rest != std::string::npos;
    }
    std::size_t labels = 0;  // cells of labels, of which one may take two
    for (std::size_t entry : opened) labels += entries_.items[entry].labels.size();
    const bool all_labels = labels == filled.size() && opened.size() >= 2 && !value_seen;
    if (all_labels && beside(opened)) {
      for (std::size_t i = 0; i < opened.size(); ++i) {
        heads_.push_back({opened[i], label_cells[i]->column, label_cells[i]->column_span});
      }
    }
  }

  // Labels of one row that are siblings, not one below the other: heads of columns.
  bool beside(const std::vector<std::size_t>& opened) const {
    for (std::size_t i = 1; i < opened.size(); ++i) {
      const int a = entries_.items[opened[i - 1]].node;
      const int b = entries_.items[opened[i]].node;
      if (form_.node(a).parent != form_.node(b).parent ||
          form_.node(a).item->answer == Answer::None)
        return false;
    }
    return true;
  }

  // The row below a row of column heads: its cells by column. Not if it has labels of its own.
  bool read_below_heads(const std::vector<const SourceCell*>& filled, int row) {
    const std::vector<Head> heads = std::move(heads_);
    heads_.clear();
    if (filled.size() > 1) {
      SourceCell whole = *filled[0];
      whole.text = in_two_cells(whole, *filled[1]);
      if (!whole.text.empty() &&
          labels_.match(whole, true, filled.size() == 2, -1, current_).node >= 0)
        return false;
    }
    if (labels_.match(*filled[0], true, filled.size() == 1, -1, current_).node >= 0) return false;
    for (const SourceCell* cell : filled) {
      const Head* best = &heads.front();
      for (const Head& head : heads) {
        if (cell->column >= head.column) best = &head;
      }
      entries_.items[best->entry].values.push_back(piece(*cell, row, cell->text));
    }
    return true;
  }

  // 項目一覧 lists the chapters before they come: each once.
  bool read_contents(const SourceCell& cell, bool alone, int row) {
    const Match found = labels_.match(cell, true, alone, -1, current_);
    if (found.node < 0) {
      add_value(piece(cell, row, cell.text));
      return alone;
    }
    const bool chapter = form_.node(found.node).item->level == Level::Chapter;
    if (chapter && listed_.insert(found.node).second) {
      add_value(piece(cell, row, cell.text));
      return true;
    }
    in_contents_ = false;
    return false;
  }

  void open(const Match& found, const SourceCell& cell, int row) {
    const FormNode& node = form_.node(found.node);
    const FormItem& item = *node.item;
    update_headings(found, row);
    current_ = found.node;
    if (item.label == std::string_view("項目一覧")) in_contents_ = true;
    Entry entry;
    entry.node = found.node;
    entry.printed = printed_;
    entry.repeat = repeat_;
    entry.range = found.label.range;
    entry.file = file_;
    const bool split = found.rest != std::string::npos;
    entry.labels.push_back(piece(cell, row, split ? cell.text.substr(0, found.rest) : cell.text));
    if (split) entry.values.push_back(piece(cell, row, cell.text.substr(found.rest)));
    entries_.items.push_back(std::move(entry));
  }

  void update_headings(const Match& found, int row) {
    const FormItem& item = *form_.node(found.node).item;
    const std::string& number = found.label.number;
    const int chapter = form_.chapter_of(found.node);
    if (chapter != chapter_) {
      chapter_ = chapter;
      printed_ = {};
      repeat_ = 0;
      file_ = -1;
    }
    const int section = form_.section_of(found.node);
    if (section != section_ || item.level == Level::Section) {
      section_ = section;
      printed_.section.clear();
      printed_.group.clear();
      printed_.item.clear();
      repeat_ = 0;
    }
    const int group = form_.group_of(found.node);
    // ③ after ③, or ② after ⑤: the heading of the next 委託事項 is missing.
    const bool again = repeat_ > 0 && group == group_ && item.level == Level::Item &&
                       found.node <= current_ &&
                       (found.node < current_ ? form_.node(current_).item->level != Level::Detail ||
                                                    found.node < form_.node(current_).parent
                                              : item.answer != Answer::Prose);
    const bool lost = repeat_ > 0 && group == group_ && skips(found.node, row);
    const bool headless = group != group_ && item.level != Level::Group && repeats(found.node);
    if (again || lost) printed_.group.clear();
    if (group != group_ || item.level == Level::Group) {
      group_ = group;
      printed_.group.clear();
      printed_.item.clear();
      if (group < 0 || item.level == Level::Group) repeat_ = 0;
    }
    if (again || lost || headless) repeat_ = --loose_;
    switch (item.level) {
      case Level::Chapter:
        printed_.chapter = number;
        if (is_files_chapter()) file_ = -1;
        break;
      case Level::Section:
        printed_.section = number;
        if (is_files_chapter() && item.label == std::string_view("特定個人情報ファイル名"))
          file_ = files_++;
        break;
      case Level::Group:
        if (found.label.repeat > 0) {
          repeat_ = found.label.repeat;
          printed_.group = std::string(item.label) + std::to_string(repeat_);
        } else {
          printed_.group = number;
        }
        break;
      case Level::Item:
        printed_.item = number;
        break;
      case Level::Detail:
        break;
    }
    if (is_files_chapter() && file_ < 0 && item.level != Level::Chapter) {
      file_ = files_ > 0 ? files_ - 1 : files_++;  // the heading of the file is missing
    }
  }

  bool is_files_chapter() const {
    return chapter_ >= 0 &&
           form_.node(chapter_).item->label == std::string_view("特定個人情報ファイルの概要");
  }

  // Across the whole width of a sheet or page, below a label that has its value beside it: that
  // value has ended. (In text the columns of a cut cell are not kept.)
  bool is_stray(const Entry& last, const Piece& value) const {
    if (value.place.page == 0 && value.place.sheet.empty()) return false;
    if (last.labels.empty()) return false;
    const Piece& label = last.labels.front();
    const SourceCell& last_cell = row_at(label.row).cells.back();  // may be blank
    const bool beside = last_cell.column > last.labels.back().column;
    return beside && value.row != label.row && value.column <= label.column;
  }

  // "Ⅲ" alone: the name of the next sheet, which a page made from a workbook prints above it.
  static bool is_chapter_number(std::string_view text) {
    const Label label = read_label(std::string(text) + "　特");
    return label.key == "特" && label.number.starts_with("\xE2\x85");  // Ⅰ…
  }

  // Another sheet that does not begin with a label (notes on how to fill in the form).
  static bool is_other_sheet(const Entry& last, const Piece& value) {
    const Piece* piece = !last.values.empty()   ? &last.values.back()
                         : !last.labels.empty() ? &last.labels.back()
                                                : nullptr;
    return piece != nullptr && piece->place.sheet != value.place.sheet;
  }

  void add_value(Piece value) {
    if (entries_.items.empty()) {
      entries_.items.emplace_back();
    } else if (const Entry& last = entries_.items.back(); is_stray(last, value) ||
                                                          is_other_sheet(last, value) ||
                                                          is_chapter_number(value.text)) {
      Entry stray;
      if (!is_other_sheet(last, value)) stray.printed = printed_;
      entries_.items.push_back(std::move(stray));
    }
    entries_.items.back().values.push_back(std::move(value));
  }

  // The table of 変更箇所 and what follows it. True if the row has been taken.
  bool read_revision(int row) {
    const SourceRow& cells = row_at(row);
    std::vector<const SourceCell*> filled;
    for (const SourceCell& cell : cells.cells) {
      if (!trim(cell.text).empty()) filled.push_back(&cell);
    }
    if (filled.empty()) return false;
    if (is_table_head(filled)) {
      in_revisions_ = true;
      in_attachment_ = false;
      columns_ = cells.cells.size();
      head_sheet_ = filled[0]->place.sheet;
      entries_.revision_rows.push_back(row);
      return true;
    }
    if (!in_revisions_ && filled.size() == 1 && is_incident_title(*filled[0]))
      in_revisions_ = in_attachment_ = true;
    if (!in_revisions_) return false;
    if (filled.size() == 1 && leaves_table(*filled[0])) {
      in_revisions_ = in_attachment_ = false;
      return false;
    }
    const bool no_table = columns_ == 0;  // the attachment comes before the table
    const bool structured = cells.cells.size() >= 4 && cells.cells.size() + 1 >= columns_;
    const bool other_sheet = filled[0]->place.sheet != head_sheet_;
    const bool wide = filled.size() >= 3 || (structured && !spans_all(*filled[0], cells));
    if (!no_table && !other_sheet && wide && (!in_attachment_ || filled.size() >= 4)) {
      in_attachment_ = false;
      entries_.revision_rows.push_back(row);
      return true;
    }
    in_attachment_ = true;
    entries_.attachment_rows.push_back(row);
    return true;
  }

  // 別紙（個人情報に関する重大事故について）: not "別紙を参照", which stands at a label.
  static bool is_incident_title(const SourceCell& cell) {
    const std::string text = trim(cell.text);
    if (!text.starts_with("別紙") || text.size() > 150) return false;
    for (std::string_view refers : {"参照", "のとおり", "の通り", "。"}) {
      if (text.find(refers) != std::string::npos) return false;
    }
    for (std::string_view about : {"重大事故", "漏えい", "漏洩", "紛失", "事故"}) {
      if (text.find(about) != std::string::npos) return true;
    }
    return false;
  }

  static bool spans_all(const SourceCell& cell, const SourceRow& row) {
    int columns = 0;
    for (const SourceCell& c : row.cells) columns = std::max(columns, c.column + c.column_span);
    return cell.column_span * 2 > columns;
  }

  // 変更日 | 項目 | 変更前の記載 | …
  static bool is_table_head(const std::vector<const SourceCell*>& filled) {
    if (filled.size() < 3) return false;
    bool date = false, before = false;
    for (const SourceCell* cell : filled) {
      if (cell->text.size() > 60) return false;
      const std::string key = read_label(cell->text).key;
      date = date || key == "変更日" || key == "変更年月日";
      before = before || key.starts_with("変更前");
    }
    return date && before;
  }

  // A chapter of the form after the table (workbooks may order their sheets otherwise).
  bool leaves_table(const SourceCell& cell) const {
    const Label label = read_label(cell.text);
    if (label.number.empty()) return false;
    const int node = form_.resolve(label, -1);
    return node >= 0 && form_.node(node).item->level == Level::Chapter &&
           form_.node(node).item->answer != Answer::Table;
  }

  struct Head {
    std::size_t entry;
    int column, span;
  };

  const std::vector<SourceRow>& rows_;
  const Form& form_;
  const LabelMatcher labels_;
  Entries entries_;
  PrintedPath printed_;
  std::vector<Head> heads_;
  std::set<int> listed_;
  int current_ = -1, chapter_ = -1, section_ = -1, group_ = -1;
  int loose_ = 0;  // pieces of 委託事項 without a heading so far, counted down
  int repeat_ = 0, file_ = -1, files_ = 0;
  bool in_contents_ = false, in_revisions_ = false, in_attachment_ = false;
  std::size_t columns_ = 0;
  std::string head_sheet_;
};

}  // namespace

std::optional<Kind> kind_of(const std::vector<SourceRow>& rows) {
  static constexpr std::array<Kind, 3> kKinds = {Kind::Basic, Kind::Priority, Kind::Full};
  std::array<int, 3> labels{};
  std::optional<Kind> printed;
  for (const SourceRow& row : rows) {
    for (const SourceCell& cell : row.cells) {
      if (cell.text.empty() || cell.text.size() > 300) continue;
      const Label label = read_label(cell.text);
      for (std::size_t k = 0; k < kKinds.size(); ++k) {
        if (!printed) {
          const std::string cover =
              "特定個人情報保護評価書(" + std::string(kind_name(kKinds[k])) + "評価書)";
          if (label.key.starts_with(cover)) printed = kKinds[k];
        }
        if (Form::of(kKinds[k]).resolve(label, -1) >= 0) ++labels[k];
      }
      if (printed && labels[static_cast<std::size_t>(*printed)] >= 8) return printed;
    }
  }
  const auto most = std::max_element(labels.begin(), labels.end());
  if (*most < 8) return std::nullopt;
  if (printed) return printed;
  return kKinds[static_cast<std::size_t>(most - labels.begin())];
}

Entries read_entries(const std::vector<SourceRow>& rows, const Form& form) {
  return Reader(rows, form).read();
}

std::string path_of(const Form& form, const Entry& entry) {
  if (entry.node >= 0) return item_path(form, entry.node, entry.printed);
  const PrintedPath& above = entry.printed;
  if (!above.chapter.empty())
    return above.chapter + (above.section.empty() ? "" : "-" + above.section);
  const bool sheet = !entry.values.empty() && !entry.values.front().place.sheet.empty();
  return sheet ? entry.values.front().place.sheet : "表紙";
}

Place cover(const Place& a, const Place& b) {
  if (a.empty()) return b;
  if (b.empty() || a.first_line == 0 || b.first_line == 0) return a;
  Place all = a;
  all.more.clear();
  all.first_line = std::min(a.first_line, b.first_line);
  all.last_line = std::max(a.last_line, b.last_line);
  return all;
}

Place place_of(const std::vector<Piece>& pieces) {
  Place place;
  for (const Piece& piece : pieces) place = cover(place, piece.place);
  return place;
}

std::string text_of(const std::vector<Piece>& pieces, char separator) {
  std::string text;
  for (const Piece& piece : pieces) {
    if (!text.empty()) text += separator;
    text += piece.text;
  }
  return text;
}

}  // namespace pia
