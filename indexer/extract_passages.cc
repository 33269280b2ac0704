// The whole document as passages: one for every entry (its label and its value), up to four
// for every row of 変更箇所 (so that no phrase runs from 変更前 into 変更後), the parts of a 別紙.
// Every cell of the source is in exactly one of them.

#include <algorithm>

#include "indexer/cells_context.h"

namespace pia {
namespace {

void add(const CellsContext& c, std::string item, std::string text, const Place& where) {
  if (text.empty()) return;
  c.out.passages.push_back({std::move(item), std::move(text), where});
}

std::string cell_text(const CellsContext& c, const std::string& text) {
  const bool printed =
      c.source.format == SourceFormat::Pdf || c.source.format == SourceFormat::Text;
  return printed ? join_lines(text) : trim(text);
}

std::string row_text(const CellsContext& c, const SourceRow& row) {
  std::string text;
  for (const SourceCell& cell : row.cells) {
    const std::string own = cell_text(c, cell.text);
    if (own.empty()) continue;
    if (!text.empty()) text += '\t';
    text += own;
  }
  return text;
}

Place row_place(const SourceRow& row) {
  Place place;
  for (const SourceCell& cell : row.cells) {
    if (!cell.text.empty()) place = cover(place, cell.place);
  }
  return place;
}

void add_entries(const CellsContext& c) {
  for (const Entry& entry : c.entries.items) {
    std::string text;
    int row = -1;
    for (const std::vector<Piece>* pieces : {&entry.labels, &entry.values}) {
      for (const Piece& piece : *pieces) {
        const std::string own = cell_text(c, piece.text);
        if (own.empty()) continue;
        if (!text.empty()) text += piece.row == row ? '\t' : '\n';
        text += own;
        row = piece.row;
      }
    }
    add(c, path_of(c.form, entry), std::move(text),
        cover(place_of(entry.labels), place_of(entry.values)));
  }
}

}  // namespace

void extract_passages(const CellsContext& c) {
  add_entries(c);
  extract_revisions(c);
  extract_attachments(c);
  for (int index : c.entries.rules) {
    const SourceRow& row = c.source.rows[static_cast<std::size_t>(index)];
    add(c, "罫線", row_text(c, row), row_place(row));
  }
}

}  // namespace pia
