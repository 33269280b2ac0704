// The head of an HTTP request, checked and cleaned before the HTTP library parses it. cpp-httplib
// 0.11.4, the one in Debian 12, has published faults in what it does with a head: no limit on the
// number and length of header lines (CVE-2025-46728, -52887), regular expressions that recurse over
// Range and over long paths, overlapping ranges that multiply memory, percent signs decoded inside
// header values, REMOTE_ADDR taken from the client (CVE-2025-66570), duplicate Content-Length and
// Transfer-Encoding (request smuggling). None of them is reachable through a head that passed here.

#ifndef PIA_SERVER_REQUEST_HEAD_H_
#define PIA_SERVER_REQUEST_HEAD_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace pia {

struct HeadLimits {
  std::size_t head = std::size_t{32} * 1024;   // bytes, with the empty line
  std::size_t target = std::size_t{6} * 1024;  // bytes of path and query
  std::size_t path = 1024;                     // bytes of the path alone
  std::size_t lines = 100;
  std::size_t body = std::size_t{256} * 1024;
};

struct RequestHead {
  int status = 0;               // 0: go on; otherwise answer with this status and close
  std::string head;             // what the library may see, with the empty line
  std::string origin;           // "http://host:port" of the Host header; empty when odd
  std::size_t body_length = 0;  // bytes that follow
};

// `raw` ends with the empty line. Statuses: 400 malformed, 405 method, 411/413 body, 414 target,
// 431 too many or too long lines, 501 Transfer-Encoding, 505 version.
// Only Host, Connection, If-None-Match and whether gzip is accepted are passed on; the body is
// read by the caller.
RequestHead clean_head(std::string_view raw, const HeadLimits& limits);

}  // namespace pia

#endif  // PIA_SERVER_REQUEST_HEAD_H_
