// Tree -> documents: which assessments, contract rows or revision rows a query means, exactly.
//
// How the rule of the one 委託事項 is kept: a tree is evaluated for one table. For contract rows a
// field of the row holds for the row itself and everything else for the row's assessment. For
// assessments, the parts of an AND that ask for row fields are evaluated together on the rows, and
// an assessment answers if one of its rows answers them all. A NOT joins them if something positive
// is asked of the row (a row of アデコ that does not subcontract); alone it excludes the
// assessment.
//
// One Matcher serves one request on one Snapshot; it remembers what it has evaluated. One thread.

#ifndef PIA_QUERY_MATCHER_H_
#define PIA_QUERY_MATCHER_H_

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "query/doc_set.h"
#include "query/index_reader.h"
#include "query/query.h"
#include "query/word_reader.h"

namespace pia {

// How names are asked for: in the present rows, or only in what the change history says.
enum class ContractorSource { Present, History };

class Matcher {
 public:
  // REQUIRES: both outlive the matcher.
  Matcher(const Snapshot& index, const WordReader& words, bool raw);

  // A matcher for the same request that remembers nothing yet: for trees that live shorter.
  Matcher fresh() const { return Matcher(index_, words_, raw_); }

  // The documents of `table` that the tree means, dead and old ones included: intersect with
  // Snapshot::scope(). REQUIRES: `query` outlives the matcher (it remembers nodes by address).
  DocSet match(const Query& query, Table table);

  // The AND of `parts`, which are some of the children of `root` (its 項目: stays in force). For
  // facets, which are counted without their own filter.
  DocSet match_parts(const Query& root, const std::vector<const Query*>& parts, Table table);
  // The contract rows that answer all the parts; free words are asked of the row's assessment.
  DocSet match_rows(const Query& root, const std::vector<const Query*>& parts);
  // The assessments that answer all the parts without a row (様式2 has its 取扱者数 without one).
  DocSet match_rowless(const Query& root, const std::vector<const Query*>& parts);

  // Documents of the table that hold the word: in a passage, or in what is known of the
  // assessment (municipality, prefecture, process, category, title), or as an item of the form.
  DocSet documents_with(const WantedWord& word, Table table);
  // Only the whole word in a row, in any of its writings.
  DocSet documents_with_string(const WantedWord& word, Table table, LiteralScope scope = {}) const;

  // The reading of a Word (or Phrase or Prefix) node; kept.
  const WordReading& reading(const Query& leaf);

  // Leaves of free words that say nothing beside the others (から, どこ): everything answers them.
  // And choices that contradict each other (発生なし から 発生あり) are looked for as they are
  // written.
  void prepare(const std::vector<const Query*>& free_leaves, bool other_parts);

  bool ignores(const Query& leaf) const;

  // Reads 委託先: from the change history instead of present rows, for the notice about it.
  void set_contractor_source(ContractorSource source);

 private:
  using Mask = std::vector<bool>;  // by ItemId
  // What is being collected. ContractsOfAssessments: rows, but free words are looked for in the
  // whole assessment, not in the row (the rule of the one 委託事項 in the view of assessments).
  enum class Universe { Assessments, Contracts, ContractsOfAssessments, Revisions };
  static Table table_of(Universe universe);
  static Universe universe_of(Table table);

  DocSet evaluate(const Query& query, Universe in, int scope);
  DocSet evaluate_fresh(const Query& query, Universe in, int scope);
  DocSet evaluate_and(const std::vector<const Query*>& parts, Universe in, int scope);
  DocSet evaluate_for_assessments(const std::vector<const Query*>& parts, int scope);
  // Assessments that answer without any row.
  DocSet evaluate_rowless(const Query& query, int scope);
  DocSet evaluate_field(const Query& query, Universe in);
  DocSet evaluate_value(const Query& value, Table owner, QueryField field);
  DocSet value_leaf(const Query& leaf, Table owner, QueryField field);

  DocSet text_leaf(const Query& leaf, Table table, const Mask* items);
  DocSet word_documents(const WantedWord& word, Table table, const Mask* items) const;
  DocSet choice_documents(const WantedWord& word, Table table) const;
  DocSet parts_in_one_unit(const WantedWord& word, Table table, const Mask* items,
                           const DocSet& known) const;
  DocSet known_facts(const std::string& folded, Table table) const;
  DocSet in_heading(const std::vector<std::string>& terms, Table table) const;
  DocSet documents_with_item(const Mask& items, Table table) const;
  DocSet lifted(const DocSet& set, Table from, Table to) const;

  int enter_scope(const Query& and_node, int outer);
  const Mask* mask(int scope, Table table);
  Mask item_mask(const Query& value, Table table);

  const Snapshot& index_;
  const WordReader& words_;
  bool raw_;
  ContractorSource source_ = ContractorSource::Present;
  struct Scope {
    const Query* and_node;  // holds the 項目:
    int outer;              // 0: none
  };
  std::vector<Scope> scopes_;  // number - 1
  std::map<std::tuple<const Query*, Universe, int, ContractorSource>, DocSet> known_;
  std::map<const Query*, WordReading> readings_;
  std::vector<const Query*> ignored_;
  std::vector<QueryField> plain_choices_;
  std::map<std::pair<int, Table>, Mask> masks_;
};

// Whether the tree asks for a field of one 委託事項.
bool asks_for_contract(const Query& query);

}  // namespace pia

#endif  // PIA_QUERY_MATCHER_H_
