// What a question wants to see in a passage: its wanted words, and the values of its fields with
// the items of the form in which they prove something. Made once a request; passages.cc scores with
// it.

#ifndef PIA_QUERY_WISHES_H_
#define PIA_QUERY_WISHES_H_

#include <string>
#include <vector>

#include "query/fields.h"
#include "query/matcher.h"
#include "query/search_plan.h"
#include "query/snippet.h"

namespace pia {

struct Wish {
  std::vector<std::string> strings;             // any of them; fold_literal()
  std::size_t own = 1;                          // how many of them are no synonyms
  std::vector<std::vector<std::string>> parts;  // else all of them, each in any writing
  QueryField field = QueryField::None;          // of a field's value or a choice: counts only in
  std::vector<std::string> labels;  // items (or rows) whose path has one of these labels
  bool only_labelled = false;       // no text is asked for (公表日:2024..)
};

struct Wishes {
  std::vector<Wish> wanted;
  std::vector<Wish> weighing;
  std::vector<Needle> needles;  // what is marked
  std::string whole_question;   // the wanted words in a row, if there are several
  bool asks_history = false;  // 変更, 削除, いつ ...: the change history is as good as the body
  bool asks_contract_row = false;  // fields of a 委託事項
  // "A から B に": the history row whose 変更前 has A and whose 変更後 has B; indices into wanted.
  int from = -1, to = -1;
  bool negated = false;  // していない: an empty box before the word answers ([ ]内部監査)
};

Wishes make_wishes(Matcher& matcher, const SearchPlan& plan);

// The form's labels under which the value of a field stands, folded.
std::vector<std::string> labels_of(QueryField field);

}  // namespace pia

#endif  // PIA_QUERY_WISHES_H_
