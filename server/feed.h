// /feed.atom?q=…: new or changed assessments that match a saved question, newest first.

#ifndef PIA_SERVER_FEED_H_
#define PIA_SERVER_FEED_H_

#include "server/context.h"

namespace pia {

Result<Response> feed(const Context& context);

}  // namespace pia

#endif  // PIA_SERVER_FEED_H_
