// Rows of cells → entries (entries.h) → fields. Each part of the form has its own file; what they
// share is here. The same code reads tab-separated text, HTML tables, cells of a PDF's lattice and
// workbooks: readers of files have already turned them into rows.

#include <algorithm>
#include <set>

#include "indexer/cells_context.h"
#include "indexer/extract.h"
#include "indexer/utf8.h"

namespace pia {
namespace {

// Whether the piece at `whole` repeats all others of its row: a nested table that was printed once
// as a table and once as cells. Equal boxes or words in single cells are no repetition.
bool repeats_its_row(const std::vector<Piece>& pieces, std::size_t whole) {
  bool others = false;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i == whole || pieces[i].row != pieces[whole].row) continue;
    const std::string& text = pieces[i].text;
    if (pieces[whole].text.find(text) == std::string::npos) return false;
    if (text == pieces[whole].text && i < whole) return false;
    others = true;
  }
  return others && pieces[whole].text.size() > 9;
}

// The pieces of a value: one row is one line; a cell that repeats its row counts once.
std::string joined(const std::vector<Piece>& pieces) {
  std::string text;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const bool same_row = i > 0 && pieces[i].row == pieces[i - 1].row;
    bool repeated = false;
    for (std::size_t k = 0; k < pieces.size() && !repeated; ++k) {
      repeated = k != i && pieces[k].row == pieces[i].row && repeats_its_row(pieces, k);
    }
    if (repeated) continue;
    if (!text.empty()) text += same_row ? ' ' : '\n';
    text += pieces[i].text;
  }
  return text;
}

}  // namespace

std::string without_list_mark(const std::string& text) {
  std::string result;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = std::string_view(text).substr(begin, end - begin);
    const std::size_t mark = line.find_first_not_of(' ');
    if (mark != std::string_view::npos && line.substr(mark).starts_with("- ") &&
        line.size() > mark + 3) {
      line.remove_prefix(mark + 2);
    }
    if (begin > 0) result += '\n';
    result += line;
    begin = end + 1;
  }
  return result;
}

std::string one_line(std::string_view text) {
  std::string line;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string part = trim(text.substr(begin, end - begin));
    begin = end + 1;
    if (part.empty()) continue;
    if (!line.empty()) {
      std::size_t at = 0;
      const bool japanese =
          is_japanese(next_char(part, at)) || static_cast<unsigned char>(line.back()) >= 0x80;
      if (!japanese) line += ' ';
    }
    line += part;
  }
  return line;
}

Texts lines_of(std::string_view text) {
  Texts lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string line = trim(text.substr(begin, end - begin));
    begin = end + 1;
    if (!is_blank(line)) lines.push_back(std::move(line));
  }
  return lines;
}

Texts bulleted_lines(std::string_view text) {
  std::string parted;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool bullet = text.substr(i).starts_with("・") || text.substr(i).starts_with("･");
    if (bullet && !parted.empty() && parted.back() == ' ') parted.back() = '\n';
    parted += text[i];
  }
  Texts lines = lines_of(parted);
  for (std::string& line : lines) {
    if (line.starts_with("・") || line.starts_with("･"))
      line = trim(std::string_view(line).substr(3));
  }
  std::erase_if(lines, [](const std::string& line) { return line.empty(); });
  return lines;
}

std::string CellsContext::raw(const Entry& entry) const { return joined(entry.values); }

std::string CellsContext::text(const Entry& entry) const {
  const std::string all =
      source.format == SourceFormat::Text ? without_list_mark(raw(entry)) : raw(entry);
  // A workbook's and a page's line breaks are its author's; those of print are the layout's.
  const bool printed = source.format == SourceFormat::Pdf || source.format == SourceFormat::Text;
  return printed ? join_lines(all) : trim(all);
}

std::string CellsContext::line(const Entry& entry) const { return one_line(raw(entry)); }

void CellsContext::prove(const std::string& pointer, const Place& place,
                         const std::string& reason) const {
  out.places[pointer] = place;
  if (!reason.empty()) out.reasons[pointer] = reason;
}

void CellsContext::set_text(Text& field, const std::string& pointer, const Entry& entry) const {
  std::string value = text(entry);
  if (field || value.empty()) return;
  field = std::move(value);
  prove(pointer, place_of(entry.values), "at the label " + path_of(form, entry));
}

void CellsContext::set_line(Text& field, const std::string& pointer, const Entry& entry) const {
  std::string value = line(entry);
  if (field || value.empty()) return;
  field = std::move(value);
  prove(pointer, place_of(entry.values), "at the label " + path_of(form, entry));
}

void CellsContext::set_choice(Text& field, const std::string& pointer, const Entry& entry) const {
  if (field) return;
  const Choice choice = read_choice(raw(entry), options_of(item(entry)));
  if (choice.uncertain)
    warn(entry, choice.value ? "選択の印が崩れているため、" + *choice.value + "と読みました"
                             : std::string("どの選択肢が選ばれたか判別できません"));
  if (!choice.value) return;
  field = one_line(*choice.value);
  prove(pointer, place_of(entry.values),
        "choice of " + path_of(form, entry) + ": " + choice.reason);
}

void CellsContext::set_list(Texts& field, const std::string& pointer, const Entry& entry,
                            Texts values) const {
  if (!field.empty() || values.empty()) return;
  const Place place = place_of(entry.values);
  prove(pointer, place, "at the label " + path_of(form, entry));
  for (std::size_t i = 0; i < values.size(); ++i)
    out.places[pointer + "/" + std::to_string(i)] = place;
  field = std::move(values);
}

void CellsContext::warn(const Entry& entry, std::string_view what) const {
  out.warnings.push_back(path_of(form, entry) + ": " + std::string(what));
}

// Sections, and items with a pointer, that the form has and the source nowhere shows.
void warn_of_missing_items(const CellsContext& c) {
  std::set<int> seen;
  for (const Entry& entry : c.entries.items) {
    for (int id = entry.node; id >= 0; id = c.form.node(id).parent) seen.insert(id);
  }
  std::string missing;
  const auto nodes = c.form.nodes();
  for (int id = 0; id < static_cast<int>(nodes.size()); ++id) {
    const FormItem& item = *nodes[static_cast<std::size_t>(id)].item;
    if (seen.count(id) != 0 || item.answer == Answer::Table) continue;
    const int chapter = c.form.chapter_of(id);
    const bool revision = c.form.node(chapter).item->answer == Answer::Table;
    const bool optional = item.level == Level::Detail ||
                          (item.level == Level::Item && *item.pointer == '\0') ||
                          item.level == Level::Group;
    const int above = nodes[static_cast<std::size_t>(id)].parent;
    if (revision || optional || (above >= 0 && seen.count(above) == 0)) continue;
    if (item.answer == Answer::Ticks && std::string_view(item.label).ends_with("ない")) continue;
    missing += (missing.empty() ? "" : "、") + item_path(c.form, id, {});
  }
  if (!missing.empty()) {
    c.out.warnings.push_back(
        "本文に見当たらない項目があります（頁の欠落など。値は空欄のままです）: " + missing);
  }
}

namespace {

// Where the cover says which kind it is; else the first row.
Place place_of_kind(const std::vector<SourceRow>& rows, Kind kind) {
  const std::string words = std::string(kind_name(kind)) + "評価書";
  for (const SourceRow& row : rows) {
    for (const SourceCell& cell : row.cells) {
      if (find_words(cell.text, words).at != std::string_view::npos) return cell.place;
    }
  }
  return rows.empty() || rows[0].cells.empty() ? Place() : rows[0].cells[0].place;
}

}  // namespace

Assessment extract_cells(const Source& source) {
  Assessment assessment;
  const std::optional<Kind> kind = kind_of(source.rows);
  if (!kind) return assessment;
  const Form& form = Form::of(*kind);
  assessment.kind = std::string(kind_name(*kind));
  assessment.places["/kind"] = place_of_kind(source.rows, *kind);
  const Entries entries = read_entries(source.rows, form);
  const CellsContext context{source, form, entries, assessment};
  extract_header(context);
  extract_systems(context);
  extract_files(context);
  extract_contracts(context);
  extract_provisions(context);
  extract_risks(context);
  extract_incidents(context);
  extract_passages(context);
  mend_lost_ticks(context);
  add_systems_of_latest_rows(context);
  warn_of_missing_items(context);
  return assessment;
}

}  // namespace pia
