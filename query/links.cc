#include "query/links.h"

namespace pia {

std::string percent_encode(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

std::string assessment_url(std::string_view id) { return "/assessments/" + percent_encode(id); }
std::string contractor_url(std::string_view name) { return "/contractors/" + percent_encode(name); }
std::string municipality_url(std::string_view code) {
  return "/municipalities/" + percent_encode(code);
}

}  // namespace pia
