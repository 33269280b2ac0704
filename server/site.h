// Every address of the server: which function answers it, and what is the same for all of them
// (security headers, ETag, HEAD, metrics, errors as problem or page).

#ifndef PIA_SERVER_SITE_H_
#define PIA_SERVER_SITE_H_

#include <memory>
#include <string>

#include "server/backend.h"
#include "server/message.h"

namespace pia {

struct SiteOptions {
  bool serve_sources = false;  // may readers open the source files of assessments?
  std::string base_url;  // what absolute links begin with, behind a proxy; empty: the Host header
};

class Site {
 public:
  // A newer generation of the index is looked for at most once a second.
  Site(std::shared_ptr<Backend> backend, SiteOptions options);
  ~Site();

  // Thread safe. Never fails: what goes wrong is a response.
  Response answer(const Request& request);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pia

#endif  // PIA_SERVER_SITE_H_
