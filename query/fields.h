// The fields of the query language: one table of names, aliases and kinds of value. The parser,
// describe(), the compiler, facets and the help page read it and nothing else.

#ifndef PIA_QUERY_FIELDS_H_
#define PIA_QUERY_FIELDS_H_

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace pia {

enum class QueryField {
  None,  // ordinary text
  Municipality,
  Prefecture,
  Process,
  Category,
  Contractor,
  FormerContractor,
  Contract,
  Subcontract,
  Staff,
  Incident,
  Kind,
  Published,
  Year,
  People,
  System,
  Title,
  Number,
  Item,
  Revision,
  Form,
  // Beside the language's fixed ones: facets of the rows, and what other pages link to.
  File,
  HistoryContractor,
  Organisation,
  Code,
  RevisionItem,
  RevisionYear,
  Timing,
};

enum class ValueKind {
  Text,    // words, phrases, prefixes
  Choice,  // one of the form's choices, in any of its writings
  Date,    // a date or a range of dates
  Count,  // a choice that is a range of numbers (10人以上50人未満), or a range that contains it
};

struct FieldInfo {
  QueryField field = QueryField::None;
  std::string_view japanese;  // the name that describe() prints
  std::string_view english;   // the name of the API's parameter and facet
  ValueKind kind = ValueKind::Text;
  bool in_contract = false;  // belongs to one 委託事項: joined by AND they hold in the same one
  std::vector<std::string_view> aliases;  // the form's own labels and shorter words
};

// Every field but None, in the order of the help page. The table lives as long as the program.
std::span<const FieldInfo> field_table();

// REQUIRES: field != QueryField::None.
const FieldInfo& field_info(QueryField field);

// The field of a name or an alias, full-width or half-width, any case; nullopt if there is none.
std::optional<QueryField> field_named(std::string_view name);

// The canonical value of a written choice (incident, subcontract, kind): あり 発生あり yes true →
// あり; する 再委託する → する; 全項目 様式4 → 全項目. nullopt if the writing names none of the
// choices.
std::optional<std::string_view> choice_named(QueryField field, std::string_view written);

// The choices of a field with a fixed list, in the form's order; empty for other fields.
std::span<const std::string_view> choices(QueryField field);

}  // namespace pia

#endif  // PIA_QUERY_FIELDS_H_
