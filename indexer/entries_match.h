// Which label of the form a cell is: its words are one of the form's labels, in a place where the
// form can have it (Form::resolve) and where a label can stand.

#ifndef PIA_INDEXER_ENTRIES_MATCH_H_
#define PIA_INDEXER_ENTRIES_MATCH_H_

#include <cstddef>
#include <string>

#include "indexer/form.h"
#include "indexer/source.h"

namespace pia {

// A label recognised in a cell: its node, and what follows it in the same cell.
struct Match {
  int node = -1;  // none
  Label label;
  std::size_t rest = std::string::npos;  // byte where the value in the cell begins
};

class LabelMatcher {
 public:
  explicit LabelMatcher(const Form& form) : form_(form) {}

  // `first`, `alone`: where the cell stands among the filled cells of its row; `below`: the node of
  // the label at its left, -1 if there is none; `current`: the last node that was read, or -1.
  Match match(const SourceCell& cell, bool first, bool alone, int below, int current) const;

 private:
  // Whether a whole cell with these words may be that label here.
  bool accepts(const Label& label, int id, bool first, bool alone, int below, int current) const;
  // Whether the node's words are an option of the current node's boxes.
  bool is_option(int id, int current) const;
  // "４．…の委託 [ ] 委託しない", "③対象人数 [ … ]", "委託事項1　○○業務": label and value in one
  // cell. Reads found.label.
  void match_prefix(const std::string& text, int current, Match& found) const;

  const Form& form_;
};

// "①" | "事務の名称", "４" | "個人番号の利用", "委託事項" | "1": a label whose number has a cell
// of its own, as one text; empty if the two are not that.
std::string in_two_cells(const SourceCell& cell, const SourceCell& next);

}  // namespace pia

#endif  // PIA_INDEXER_ENTRIES_MATCH_H_
