// One item of the form side by side for many municipalities, and two assessments in full.
//
// Items are matched by their label, since numbers differ between editions: "Ⅱ-4 委託事項1
// ③委託先名" of one edition is "Ⅱ-4 委託事項1 ⑥委託先名" of another. A request may give a whole
// path, or a label only, which then means every item with that label.

#ifndef PIA_QUERY_COMPARE_H_
#define PIA_QUERY_COMPARE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/answers.h"
#include "query/diff.h"

namespace pia {

struct CompareRequest {
  std::string process;                      // name of a 事務 or of a category; empty: any
  std::vector<std::string> items;           // labels or item paths
  std::vector<std::string> municipalities;  // code or name; empty: all with that process
  std::vector<std::string> ids;             // these assessments, whatever the other filters say
  std::uint32_t limit = 50;                 // rows
};

struct CompareCell {
  std::string text;        // empty if the assessment has no such item
  std::string where_json;  // of the first passage that holds it
  std::uint32_t passage = 0;
  bool missing = true;
  bool commonest = false;       // says what most of the rows say
  std::uint32_t same = 0;       // rows that say the same, this one included
  std::vector<DiffPiece> diff;  // against the commonest; empty if equal or nothing is shared
};

struct CompareRow {
  AssessmentRef assessment;
  std::vector<CompareCell> cells;  // one for each item of the answer
};

struct Comparison {
  std::vector<std::string> items;  // as compared, in the order asked
  std::vector<CompareRow> rows;    // by prefecture and municipality
  std::uint32_t total = 0;         // assessments that match, also beyond the limit
  // What can be chosen: categories and names of 事務; items of the matching assessments in the
  // form's order with the number of assessments that have them; municipalities.
  std::vector<Counted> processes, all_items, municipalities;
};

Result<Comparison> compare(const Snapshot& index, const CompareRequest& request);

struct AlignedItem {
  std::string item_a, item_b, text_a, text_b;
  std::uint32_t passage_a = 0, passage_b = 0;
  bool equal = false;
  std::vector<DiffPiece> diff;  // empty if equal or only one side has it
};

struct Alignment {
  AssessmentRef a, b;
  std::uint32_t equal = 0, changed = 0, only_a = 0, only_b = 0;
  std::vector<AlignedItem> items;  // in the form's order; an empty item name: this side lacks it
};

// Two assessments item by item: versions of one, or two municipalities'.
// Errors: NotFound for an unknown id.
Result<Alignment> align(const Snapshot& index, std::string_view id_a, std::string_view id_b);

// What stays of an item path when numbers that depend on the edition are taken out: the chapter,
// and every part without its circled or parenthesised number. Paths with equal keys are the same
// item.
std::string item_key(std::string_view item);
// The last part of a path without its number: ③委託先名 → 委託先名.
std::string item_label(std::string_view item);

}  // namespace pia

#endif  // PIA_QUERY_COMPARE_H_
