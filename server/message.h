// A request and a response as plain structs: what the API and the pages are written against, so
// that tests call them without sockets. http_server.* is the only file that turns them into bytes
// of a connection.

#ifndef PIA_SERVER_MESSAGE_H_
#define PIA_SERVER_MESSAGE_H_

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pia {

// Name and value, decoded, in the order in which they were written. A name may be repeated.
using Params = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method = "GET";  // GET, HEAD or POST; nothing else gets this far
  std::string target;          // path and query as sent
  std::string path;            // decoded, valid UTF-8, begins with '/'
  Params params;               // of the query; for POST, of the form in the body
  std::string if_none_match;   // the header, or empty
  std::string origin;          // "http://127.0.0.1:8080": what absolute links begin with
};

// Takes a piece of a body; false means that the client has gone.
using Sink = std::function<bool(std::string_view)>;

struct Response {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  Params headers;  // further headers
  std::string body;
  // When set, the body is made piece by piece while it is sent, and `body` is ignored. Returns
  // false when it had to give up: the connection is then cut, so that the client sees the break.
  std::function<bool(const Sink&)> stream;
};

}  // namespace pia

#endif  // PIA_SERVER_MESSAGE_H_
