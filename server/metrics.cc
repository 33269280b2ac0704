#include "server/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace pia {
namespace {

constexpr std::array<double, 9> kBounds = {0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0};

}  // namespace

Metrics::Metrics() : started_(std::chrono::steady_clock::now()) {}

void Metrics::count(const std::string& route, int status, std::chrono::duration<double> time) {
  const std::lock_guard lock(mutex_);
  ++requests_[{route, status}];
  Times& times = times_[route];
  times.buckets.resize(kBounds.size());
  for (std::size_t i = 0; i < kBounds.size(); ++i)
    if (time.count() <= kBounds[i]) ++times.buckets[i];
  ++times.count;
  times.sum += time.count();
}

std::string Metrics::text(const std::vector<std::pair<std::string, double>>& gauges) const {
  const std::lock_guard lock(mutex_);
  std::string out =
      "# HELP pia_requests_total Requests answered.\n# TYPE pia_requests_total counter\n";
  for (const auto& [key, count] : requests_)
    out += fmt::format("pia_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", key.first,
                       key.second, count);
  out +=
      "# HELP pia_request_seconds Time from the request to its answer.\n# TYPE pia_request_seconds "
      "histogram\n";
  for (const auto& [route, times] : times_) {
    for (std::size_t i = 0; i < kBounds.size(); ++i)
      out += fmt::format("pia_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", route,
                         kBounds[i], times.buckets[i]);
    out += fmt::format("pia_request_seconds_bucket{{route=\"{}\",le=\"+Inf\"}} {}\n", route,
                       times.count);
    out += fmt::format(
        "pia_request_seconds_sum{{route=\"{}\"}} {}\npia_request_seconds_count{{route=\"{}\"}} "
        "{}\n",
        route, times.sum, route, times.count);
  }
  const std::chrono::duration<double> up = std::chrono::steady_clock::now() - started_;
  out += fmt::format("# TYPE pia_uptime_seconds gauge\npia_uptime_seconds {}\n", up.count());
  for (const auto& [name, value] : gauges)
    out += fmt::format("# TYPE {} gauge\n{} {}\n", name, name, value);
  return out;
}

}  // namespace pia
