// What a function that answers one address gets. Lives as long as the request.

#ifndef PIA_SERVER_CONTEXT_H_
#define PIA_SERVER_CONTEXT_H_

#include <memory>
#include <string>
#include <vector>

#include "server/backend.h"
#include "server/message.h"
#include "server/metrics.h"
#include "server/site.h"

namespace pia {

struct Context {
  const Request& request;
  std::vector<std::string> args;     // what stood for {…} in the route
  std::shared_ptr<Backend> backend;  // a streamed response keeps a copy until it is sent
  const SiteOptions& options;
  const Metrics& metrics;
};

using Answer = Result<Response> (*)(const Context&);

// A route: segments in braces match any one segment.
struct Route {
  const char* pattern;
  Answer answer;
  bool page = false;       // errors are shown as HTML, not as problem documents
  bool cacheable = false;  // depends on the index and the URL only: gets an ETag
};

// The addresses of api.cc, feed.cc and the page_*.cc files.
const std::vector<Route>& routes();

}  // namespace pia

#endif  // PIA_SERVER_CONTEXT_H_
