// What the answers beside search share: a reference to an assessment, a counted value, and how
// both are read from an index. Every answer is a free function from a Snapshot and a request to a
// plain struct; nothing is kept between calls but tables that belong to one Snapshot.

#ifndef PIA_QUERY_ANSWERS_H_
#define PIA_QUERY_ANSWERS_H_

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dicts/result.h"
#include "query/index_reader.h"

namespace pia {

struct AssessmentRef {
  std::string id, series, title, kind, municipality, prefecture, code, body_printed, process,
      category, published_on;
  std::optional<bool> incident;
};

struct Counted {
  std::string value;
  std::uint32_t count = 0;
};

// Reads the card of a live assessment.
Result<AssessmentRef> assessment_ref(const Snapshot& index, DocId assessment);
AssessmentRef ref_of_card(const nlohmann::json& card);

// The card of a document as JSON. Errors: IndexDamaged.
Result<nlohmann::json> card_json(const Snapshot& index, Table table, DocId doc);

// Counts by value, most frequent first, equal ones by value; at most `limit` (0: all).
std::vector<Counted> ranked(const std::map<std::string, std::uint32_t>& counts,
                            std::size_t limit = 0);
// The same of a column over a set of its documents.
std::vector<Counted> ranked(const Column* column, const DocSet& set, std::size_t limit = 0);

// The first value of a document in a column; empty if it has none.
std::string first_value(const Column* column, DocId doc);

// Documents that have a value with exactly this text, or else this folded text; none if no value
// is like that.
DocSet docs_with_text(const Snapshot& index, Table table, Field field, std::string_view text);

// Text of a JSON member, or empty if it is missing, null or no text.
std::string text_of(const nlohmann::json& object, const char* key);

}  // namespace pia

#endif  // PIA_QUERY_ANSWERS_H_
