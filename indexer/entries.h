// The first step of reading rows of cells: which cell is a label of the form, and what stands at
// it. Entries are in the order of the document and hold every cell of it exactly once, so that
// passages and fields are read from the same list.

#ifndef PIA_INDEXER_ENTRIES_H_
#define PIA_INDEXER_ENTRIES_H_

#include <optional>
#include <string>
#include <vector>

#include "indexer/form.h"
#include "indexer/source.h"

namespace pia {

struct Piece {
  std::string text;
  Place place;
  int row = 0;     // index into Source::rows
  int column = 0;  // as in SourceCell
  int column_span = 1;
};

struct Entry {
  int node = -1;        // of the form; -1: text that belongs to no item (before the first label,
                        // or across the page where no value can go on)
  PrintedPath printed;  // numbers of the headings above it and its own
  int repeat = 0;  // number of the 委託事項, 提供先, システム … it stands in; 0 if in none;
                   // -1, -2, … for those whose heading is on a missing page
  bool range = false;  // an empty continuation heading (委託事項6～10)
  int file = -1;  // which 特定個人情報ファイル of chapter Ⅱ, from 0; -1 outside of it
  std::vector<Piece> labels;  // the label's cell; several after a page break
  std::vector<Piece> values;
};

struct Entries {
  std::vector<Entry> items;
  std::vector<int> revision_rows;  // indices into Source::rows: the table of 変更箇所, heads too
  std::vector<int> attachment_rows;  // what follows it: 別紙
  std::vector<int> rules;            // rows of nothing but dashes: layout, kept for completeness
};

// Which of the three forms the rows are, by the cover, else by the labels; nullopt if fewer than
// eight labels of any form are found.
std::optional<Kind> kind_of(const std::vector<SourceRow>& rows);

Entries read_entries(const std::vector<SourceRow>& rows, const Form& form);

// "Ⅱ-4 委託事項1 ③委託先名"
std::string path_of(const Form& form, const Entry& entry);

Place cover(const Place& a, const Place& b);  // from the first to the last, gaps included
Place place_of(const std::vector<Piece>& pieces);
std::string text_of(const std::vector<Piece>& pieces, char separator = '\n');

}  // namespace pia

#endif  // PIA_INDEXER_ENTRIES_H_
