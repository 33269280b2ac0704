// Heads and parameters as a client may send them: whatever comes, what is passed on is clean, and
// what was decoded encodes to something that decodes to the same.

#include <cstdint>
#include <string>

#include "fuzz/require.h"
#include "server/request_head.h"
#include "server/request_params.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const pia::HeadLimits limits;
  const auto head = pia::clean_head(text, limits);
  if (head.status == 0) {
    PIA_REQUIRE(head.head.ends_with("\r\n\r\n"));
    PIA_REQUIRE(head.body_length <= limits.body);
    PIA_REQUIRE(head.head.find("Range:") == std::string::npos ||
                head.head.find("Range:") < head.head.find("\r\n"));
    const auto again = pia::clean_head(head.head, limits);
    PIA_REQUIRE(again.status == 0 || again.status == 411);  // the length of a POST is not passed on
  }
  const auto params = pia::parse_params(text);
  if (params) {
    const auto again = pia::parse_params(pia::encode_params(*params));
    PIA_REQUIRE(again && *again == *params);
    const auto request = pia::search_request(*params, pia::Strictness::Page);
    if (request) {
      const auto same = pia::search_request(pia::search_params(*request), pia::Strictness::Page);
      PIA_REQUIRE(same && pia::search_params(*same) == pia::search_params(*request));
    }
  }
  (void)pia::decode_path(text);
  return 0;
}
