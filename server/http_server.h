// The HTTP side: sockets, threads, limits and deadlines around one handler. cpp-httplib is used
// here and nowhere else, so that another version or library can take its place.
//
// What a client can do to the server is bounded: a request's head must arrive within `head_timeout`
// and fit HeadLimits; a connection that is silent between two requests is closed after `idle`; an
// answer must be read at least at `slowest` bytes a second; connections that wait for a thread are
// at most `queue`, and further ones get 503 at once. For the open internet put a proxy that buffers
// in front (README).

#ifndef PIA_SERVER_HTTP_SERVER_H_
#define PIA_SERVER_HTTP_SERVER_H_

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "dicts/result.h"
#include "server/message.h"
#include "server/request_head.h"

namespace pia {

struct HttpOptions {
  std::string host = "127.0.0.1";
  int port = 8080;                       // 0: any free one
  unsigned threads = 8;                  // requests handled at the same time
  unsigned queue = 256;                  // connections waiting for a thread
  unsigned requests = 100;               // on one connection, before it is closed
  std::chrono::milliseconds idle{1500};  // short, since a silent connection keeps a thread
  std::chrono::milliseconds head_timeout{10'000};
  std::size_t slowest = 4096;
  HeadLimits limits;
};

// Called by several threads at the same time. An exception becomes a 500 without its text.
using HttpHandler = std::function<Response(const Request&)>;

class HttpServer {
 public:
  // Binds and listens; no request is answered before run(). Errors: Usage when the address cannot
  // be taken (in use, no such host), with the reason.
  static Result<HttpServer> bind(HttpOptions options, HttpHandler handler);
  HttpServer(HttpServer&&) noexcept;
  ~HttpServer();

  int port() const;

  // Serves until stop(); returns when the requests under way are answered.
  void run();

  // From any thread, before or after run(). Idle connections are closed at once, requests under
  // way get two seconds.
  void stop();

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace pia

#endif  // PIA_SERVER_HTTP_SERVER_H_
