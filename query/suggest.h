// Suggestions while typing: contractors, municipalities, prefectures, processes, categories,
// systems and items of the form that begin (or, ranked below, contain) what was typed, by writing
// or by reading: かわさ → 川崎市, あでこ → アデコ株式会社, jumin → 住民基本台帳.

#ifndef PIA_QUERY_SUGGEST_H_
#define PIA_QUERY_SUGGEST_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/answers.h"

namespace pia {

struct Suggestion {
  std::string kind;  // municipality | prefecture | contractor | process | category | system | item
  std::string value, reading;
  std::uint32_t count = 0;  // assessments (newest publications)
  std::string query;        // the whole query with the last word replaced
};

// Completes the last word of `typed`; what stands before it is kept. A word with a field name
// (委託先:あで) is completed with values of that field only. Nothing is suggested for nothing.
// Best first: beginnings before inner parts, then by count. The table of all values belongs to
// one generation and is built at its first use; a call takes a few milliseconds.
Result<std::vector<Suggestion>> suggest(const Snapshot& index, std::string_view typed,
                                        std::size_t limit);

}  // namespace pia

#endif  // PIA_QUERY_SUGGEST_H_
