// Any bytes are a text source or a refused one, and what is read is an assessment or none; the law:
// every line keeps its number, every passage a place, and JSON of it can be written.

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "fuzz/require.h"
#include "indexer/assessment.h"
#include "indexer/extract.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 512 * 1024) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto source = pia::read_text_source(bytes, "fuzz.txt");
  if (!source) return 0;
  int line = 0;
  for (const pia::SourceLine& each : source->lines) PIA_REQUIRE(each.place.first_line == ++line);
  const auto assessment = pia::extract(*source);
  if (!assessment) return 0;
  const bool cells = source->layout == pia::SourceLayout::Cells;
  for (const pia::Passage& passage : assessment->passages)
    PIA_REQUIRE(!cells || !passage.where.empty());
  const auto json = pia::to_json(*assessment, true);
  PIA_REQUIRE(!json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).empty());
  return 0;
}
