// Any bytes: a query is read or refused with a column inside it, and what describe() prints of a
// tree gives that tree again.

#include <cstdint>
#include <string>

#include "fuzz/require.h"
#include "query/query_parser.h"
#include "query/unicode.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto query = pia::parse_query(text);
  if (!query) {
    PIA_REQUIRE(query.error().code == pia::ErrorCode::MalformedQuery);
    PIA_REQUIRE(!query.error().reason.empty());
    PIA_REQUIRE(query.error().column >= 1);
    PIA_REQUIRE(static_cast<std::size_t>(query.error().column) <= size + 1);
    return 0;
  }
  const std::string printed = pia::describe(query->tree);
  if (pia::count_characters(printed) > pia::kMaxQueryCharacters) return 0;
  const auto again = pia::parse_query(printed);
  PIA_REQUIRE(again.has_value());
  PIA_REQUIRE(again->tree == query->tree);
  PIA_REQUIRE(pia::describe(again->tree) == printed);
  return 0;
}
