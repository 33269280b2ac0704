// The JSON API under /api/v1, and the downloads that share its addresses (format=csv|xlsx).

#ifndef PIA_SERVER_API_H_
#define PIA_SERVER_API_H_

#include "server/context.h"
#include "server/request_params.h"

namespace pia {

Result<Response> api_search(const Context& context);
Result<Response> api_assessment(const Context& context);
Result<Response> api_versions(const Context& context);
Result<Response> api_facet(const Context& context);
Result<Response> api_suggest(const Context& context);
Result<Response> api_contractors(const Context& context);
Result<Response> api_contractor(const Context& context);
Result<Response> api_municipalities(const Context& context);
Result<Response> api_municipality(const Context& context);
Result<Response> api_incidents(const Context& context);
Result<Response> api_compare(const Context& context);
Result<Response> api_similar(const Context& context);
Result<Response> api_batch(const Context& context);
Result<Response> api_stats(const Context& context);
Result<Response> api_openapi(const Context& context);

// All hits of a search as a table; also behind the pages' download links.
Result<Response> search_download(const Context& context, SearchRequest request, Format format);

// One name a line → names; also separated by tabs or commas of a pasted list. At most 2,000.
Result<std::vector<std::string>> batch_names(const Params& params);

}  // namespace pia

#endif  // PIA_SERVER_API_H_
