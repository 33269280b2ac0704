// Any bytes: folding twice changes nothing, offsets rise and stay inside, and the literal folding
// of folded words is the literal folding of the original.

#include <algorithm>
#include <cstdint>

#include "dicts/normalizer.h"
#include "dicts/utf8.h"
#include "fuzz/require.h"

namespace {

void check_offsets(const pia::Folded& folded, std::size_t size) {
  PIA_REQUIRE(folded.source.size() == folded.text.size() + 1);
  PIA_REQUIRE(folded.source.back() == size);
  PIA_REQUIRE(std::is_sorted(folded.source.begin(), folded.source.end()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const pia::Folded words = pia::fold(text);
  check_offsets(words, size);
  PIA_REQUIRE(pia::fold_text(text) == words.text);
  PIA_REQUIRE(pia::fold_text(words.text) == words.text);
  const pia::Folded literal = pia::fold_literal(text);
  check_offsets(literal, size);
  PIA_REQUIRE(pia::fold_literal_text(text) == literal.text);
  PIA_REQUIRE(pia::fold_literal_text(literal.text) == literal.text);
  PIA_REQUIRE(pia::fold_literal_text(words.text) == literal.text);
  const std::string mended = pia::mend_radicals(text);
  PIA_REQUIRE(pia::mend_radicals(mended) == mended);
  PIA_REQUIRE(pia::nfkc(pia::nfkc(text)) == pia::nfkc(text));
  return 0;
}
