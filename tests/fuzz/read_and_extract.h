// What holds of every file, however broken: it is refused with a reason, or it is read and what is
// read is an assessment with places or none, and JSON of it can be written.

#ifndef PIA_TESTS_FUZZ_READ_AND_EXTRACT_H_
#define PIA_TESTS_FUZZ_READ_AND_EXTRACT_H_

#include <nlohmann/json.hpp>

#include "fuzz/require.h"
#include "indexer/assessment.h"
#include "indexer/extract.h"
#include "indexer/source_reader.h"

namespace pia::test {

// Small enough that a fuzzer never waits for a file that is only large.
inline ReadOptions small_limits() {
  ReadOptions options;
  options.limits = {.pages = 8,
                    .cells = 20'000,
                    .file_bytes = 4u << 20,
                    .unpacked_bytes = 8u << 20,
                    .page_bytes = 1u << 20};
  return options;
}

inline void check_extraction(const Result<Source>& source) {
  if (!source) {
    PIA_REQUIRE(!source.error().reason.empty());
    return;
  }
  PIA_REQUIRE(source->layout == SourceLayout::Cells || source->rows.empty());
  const auto assessment = extract(*source);
  if (!assessment) return;
  for (const Passage& passage : assessment->passages)
    PIA_REQUIRE(source->layout == SourceLayout::Boxes || !passage.where.empty());
  const auto json = to_json(*assessment, true);
  PIA_REQUIRE(!json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).empty());
}

}  // namespace pia::test

#endif  // PIA_TESTS_FUZZ_READ_AND_EXTRACT_H_
