// Addresses of the pages, relative to the server's root, as answers and pages name them.

#ifndef PIA_QUERY_LINKS_H_
#define PIA_QUERY_LINKS_H_

#include <string>
#include <string_view>

namespace pia {

// RFC 3986: every byte but the unreserved ones as %XX.
std::string percent_encode(std::string_view text);

std::string assessment_url(std::string_view id);
std::string contractor_url(std::string_view name);
std::string municipality_url(std::string_view code);

}  // namespace pia

#endif  // PIA_QUERY_LINKS_H_
