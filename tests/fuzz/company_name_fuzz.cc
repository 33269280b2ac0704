// Any bytes: a company's name is never empty unless the text is, reading it again gives the same
// name, and every piece of a cell names somebody.

#include <cstdint>

#include "dicts/company_name.h"
#include "dicts/normalizer.h"
#include "fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const pia::Company company = pia::parse_company(text);
  PIA_REQUIRE(!company.name.empty() || pia::fold_literal_text(text).empty());
  pia::company_key(company.name);
  pia::company_stem(text);
  pia::looks_like_company(text);
  for (const std::string& piece : pia::split_companies(text))
    PIA_REQUIRE(!pia::parse_company(piece).name.empty());
  return 0;
}
