// Every address and what answers it. The pages' addresses are the interface document's.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "server/api.h"
#include "server/context.h"
#include "server/feed.h"
#include "server/pages.h"

namespace pia {
namespace {

// Says whether questions can be answered now: asks one.
Result<Response> healthz(const Context& context) {
  SearchRequest request;
  request.limit = 0;
  const auto result = context.backend->search(request);
  if (!result) return result.error();
  Response response;
  response.content_type = "application/json";
  response.body = Json({{"status", "ok"},
                        {"assessments", result->total},
                        {"generation", context.backend->generation()}})
                      .dump() +
                  "\n";
  return response;
}

Result<Response> metrics(const Context& context) {
  SearchRequest request;
  request.limit = 0;
  const auto result = context.backend->search(request);
  Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = context.metrics.text(
      {{"pia_index_readable", result ? 1 : 0}, {"pia_assessments", result ? result->total : 0}});
  return response;
}

Result<Response> robots(const Context&) {
  Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.body =
      "User-agent: *\nDisallow: /search\nDisallow: /api/\nDisallow: /compare\nDisallow: /similar\n";
  return response;
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> all = {
      {"/", page_home, true, true},
      {"/search", page_search, true, true},
      {"/assessments/{id}", page_assessment, true, true},
      {"/assessments/{id}/source", page_source, true, false},
      {"/contractors", page_contractors, true, true},
      {"/contractors/{name}", page_contractor, true, true},
      {"/municipalities", page_municipalities, true, true},
      {"/municipalities/{code}", page_municipality, true, true},
      {"/compare", page_compare, true, true},
      {"/similar", page_similar, true, true},
      {"/incidents", page_incidents, true, true},
      {"/overview", page_overview, true, true},
      {"/batch", page_batch, true, false},
      {"/help", page_help, true, true},
      {"/api/v1/search", api_search, false, true},
      {"/api/v1/assessments/{id}", api_assessment, false, true},
      {"/api/v1/assessments/{id}/versions", api_versions, false, true},
      {"/api/v1/facets/{name}", api_facet, false, true},
      {"/api/v1/suggest", api_suggest, false, true},
      {"/api/v1/contractors", api_contractors, false, true},
      {"/api/v1/contractors/{name}", api_contractor, false, true},
      {"/api/v1/municipalities", api_municipalities, false, true},
      {"/api/v1/municipalities/{code}", api_municipality, false, true},
      {"/api/v1/incidents", api_incidents, false, true},
      {"/api/v1/compare", api_compare, false, true},
      {"/api/v1/similar", api_similar, false, true},
      {"/api/v1/batch", api_batch, false, false},
      {"/api/v1/stats", api_stats, false, true},
      {"/api/v1/openapi.json", api_openapi, false, true},
      {"/feed.atom", feed, false, true},
      {"/healthz", healthz, false, false},
      {"/metrics", metrics, false, false},
      {"/robots.txt", robots, false, false},
  };
  return all;
}

}  // namespace pia
