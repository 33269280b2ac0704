// SHA-256 (FIPS 180-4), for telling contents apart.

#ifndef PIA_INDEXER_SHA256_H_
#define PIA_INDEXER_SHA256_H_

#include <string>
#include <string_view>

namespace pia {

// 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace pia

#endif  // PIA_INDEXER_SHA256_H_
