// The pages for people. Each is one function: parameters → what the backend answers → view-model →
// template of the same name.

#ifndef PIA_SERVER_PAGES_H_
#define PIA_SERVER_PAGES_H_

#include "server/context.h"

namespace pia {

Result<Response> page_home(const Context& context);
Result<Response> page_search(const Context& context);
Result<Response> page_assessment(const Context& context);
Result<Response> page_source(
    const Context& context);  // the source file, where the operator allows it
Result<Response> page_contractors(const Context& context);
Result<Response> page_contractor(const Context& context);
Result<Response> page_municipalities(const Context& context);
Result<Response> page_municipality(const Context& context);
Result<Response> page_compare(const Context& context);
Result<Response> page_similar(const Context& context);
Result<Response> page_incidents(const Context& context);
Result<Response> page_overview(const Context& context);
Result<Response> page_batch(const Context& context);
Result<Response> page_help(const Context& context);

}  // namespace pia

#endif  // PIA_SERVER_PAGES_H_
