#include "server/site.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <chrono>

#include "server/assets.h"
#include "server/context.h"
#include "server/page.h"
#include "server/problem.h"
#include "server/request_params.h"

namespace pia {
namespace {

// Scripts, styles and pictures come from this server alone and from files alone; nothing may frame
// the pages, and forms are sent nowhere else.
constexpr const char* kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

// Does the path fit the pattern? Segments that stand for {…} are put into args.
bool fits(std::string_view pattern, std::string_view path, std::vector<std::string>& args) {
  args.clear();
  while (!pattern.empty() && !path.empty()) {
    const std::size_t end = std::min(pattern.find('/', 1), pattern.size());
    const std::size_t path_end = std::min(path.find('/', 1), path.size());
    const std::string_view want = pattern.substr(0, end);
    const std::string_view have = path.substr(0, path_end);
    if (want.starts_with("/{")) {
      if (have.size() < 2) return false;
      args.emplace_back(have.substr(1));
    } else if (want != have) {
      return false;
    }
    pattern.remove_prefix(end);
    path.remove_prefix(path_end);
  }
  return pattern.empty() && path.empty();
}

std::uint64_t fnv(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

Response static_file(const Request& request) {
  const Asset* asset =
      find_hashed_asset(std::string_view(request.path).substr(std::string_view("/static/").size()));
  Response response;
  if (asset == nullptr)
    return problem(Error{ErrorCode::NotFound, "そのようなファイルはありません", {}, 0, 0});
  response.content_type = asset->name.ends_with(".css")   ? "text/css; charset=utf-8"
                          : asset->name.ends_with(".js")  ? "text/javascript; charset=utf-8"
                          : asset->name.ends_with(".svg") ? "image/svg+xml"
                                                          : "application/json";
  response.body = std::string(asset->content);
  response.headers = {{"Cache-Control", "public, max-age=31536000, immutable"},
                      {"ETag", fmt::format("\"{}\"", asset->hash)}};
  return response;
}

}  // namespace

struct Site::Impl {
  std::shared_ptr<Backend> backend;
  SiteOptions options;
  Metrics metrics;

  std::atomic<std::int64_t> checked{0};  // when a newer generation was last looked for

  Impl(std::shared_ptr<Backend> answering, SiteOptions site_options)
      : backend(std::move(answering)), options(std::move(site_options)) {}

  void refresh() {
    const std::int64_t now = std::chrono::duration_cast<std::chrono::seconds>(
                                 std::chrono::steady_clock::now().time_since_epoch())
                                 .count();
    if (checked.exchange(now) == now) return;
    // An index that cannot be read just now is no reason to stop answering from the open one.
    if (const Status status = backend->refresh(); !status)
      spdlog::warn("{}", status.error().reason);
  }

  Response failed(const Error& error, const Request& request, bool page) {
    return page ? error_page(error, request) : problem(error);
  }

  Response routed(const Route& route, const Request& request, std::vector<std::string> args) {
    refresh();
    std::string etag;
    if (route.cacheable) {
      etag = fmt::format("W/\"{:x}\"", fnv(backend->generation() + std::string(assets_version()) +
                                           PIA_VERSION + request.origin + request.target));
      if (request.if_none_match == etag) {
        Response unchanged;
        unchanged.status = 304;
        unchanged.headers.emplace_back("ETag", etag);
        return unchanged;
      }
    }
    auto response = route.answer(Context{request, std::move(args), backend, options, metrics});
    if (!response) return failed(response.error(), request, route.page);
    if (!etag.empty() && response->status == 200) {
      response->headers.emplace_back("ETag", etag);
      response->headers.emplace_back("Cache-Control", "no-cache");
    }
    return std::move(*response);
  }

  // The response, and the route's name for the metrics.
  std::pair<Response, std::string> dispatch(const Request& request) {
    if (request.path.starts_with("/static/")) return {static_file(request), "/static"};
    std::vector<std::string> args;
    for (const Route& route : routes())
      if (fits(route.pattern, request.path, args)) {
        if (request.method == "POST" && std::string_view(route.pattern) != "/batch") {
          Response refused;
          refused.status = 405;
          refused.headers.emplace_back("Allow", "GET, HEAD");
          refused.content_type = "application/problem+json";
          return {refused, route.pattern};
        }
        return {routed(route, request, std::move(args)), route.pattern};
      }
    const Error missing{
        ErrorCode::NotFound, fmt::format("{} というページはありません", request.path), {}, 0, 0};
    return {failed(missing, request, !request.path.starts_with("/api/")), "other"};
  }
};

Site::Site(std::shared_ptr<Backend> backend, SiteOptions options)
    : impl_(std::make_unique<Impl>(std::move(backend), std::move(options))) {}
Site::~Site() = default;

Response Site::answer(const Request& received) {
  const auto begin = std::chrono::steady_clock::now();
  Request request = received;
  if (!impl_->options.base_url.empty()) request.origin = impl_->options.base_url;
  std::pair<Response, std::string> result;
  try {
    result = impl_->dispatch(request);
  } catch (const std::exception& failure) {
    // Nobody foresaw it: the reason goes to the log, not to the client.
    spdlog::error("{}: {}", request.path, failure.what());
    result = {problem(Error{ErrorCode::Internal,
                            "予期しない問題が起きました。管理者に連絡してください。",
                            {},
                            0,
                            0}),
              "error"};
  }
  Response& response = result.first;
  response.headers.emplace_back("Content-Security-Policy", kContentSecurityPolicy);
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "same-origin");
  response.headers.emplace_back("X-Frame-Options", "DENY");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  impl_->metrics.count(result.second, response.status, std::chrono::steady_clock::now() - begin);
  return std::move(response);
}

}  // namespace pia
