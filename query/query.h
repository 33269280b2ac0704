// The query tree: what a query text means, before any index is looked at. A plain value; trees are
// small (see query_parser.h for the limits) and copied freely.

#ifndef PIA_QUERY_QUERY_H_
#define PIA_QUERY_QUERY_H_

#include <string>
#include <vector>

#include "query/fields.h"

namespace pia {

struct Query {
  enum class Type {
    Everything,  // the empty query
    Word,        // text: words as typed between spaces; dictionary words, then literally
    Phrase,      // text: these characters in a row under the common folding
    Prefix,      // text: begins with
    And,         // children: two or more, in the order typed
    Or,          // children: two or more
    Not,         // children: one
    InField,     // field and children: one tree of leaves, And, Or and Not that holds for the field
    Range,       // from, to: only below InField; either may be empty (open)
    Exact,       // only below InField: text is the whole value; from filters, never parsed
    Present,     // only below InField: the field has any value (委託先:*)
  };

  Type type = Type::Everything;
  QueryField field = QueryField::None;  // InField
  std::string text;                     // Word, Phrase, Prefix: as typed, without quotes and '*'
  std::string from, to;  // Range: dates as "2024", "2024-04", "2024-04-01"; counts as digits
  std::vector<Query> children;
  int column = 0;  // 1-based character where it began; not part of equality

  friend bool operator==(const Query& a, const Query& b);
};

// Constructors that read like the language.
Query word(std::string text);
Query phrase(std::string text);
Query prefix(std::string text);
Query all_of(std::vector<Query> children);  // none: Everything; one: that child
Query any_of(std::vector<Query> children);  // REQUIRES: not empty; one: that child
Query none_of(Query child);
Query in_field(QueryField field, Query child);
Query range(QueryField field, std::string from, std::string to);

// The one printed form of a tree: canonical Japanese field names, one space for AND, OR in
// capitals,
// '-' for NOT, parentheses where needed. Law: parse_query(describe(t)) gives t again, for every t
// that parse_query gave.
std::string describe(const Query& query);

// Every InField node anywhere in the tree whose field is `field`, in order; pointers into `query`.
std::vector<const Query*> find_field(const Query& query, QueryField field);

}  // namespace pia

#endif  // PIA_QUERY_QUERY_H_
