// Any bytes are a saved page: gumbo parses them, tables become rows.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fuzz/read_and_extract.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 256 * 1024) return 0;
  pia::test::check_extraction(pia::read_html_source({reinterpret_cast<const char*>(data), size}));
  return 0;
}
