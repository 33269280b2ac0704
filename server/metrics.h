// Counts and times of requests, in Prometheus' text format. Thread safe.

#ifndef PIA_SERVER_METRICS_H_
#define PIA_SERVER_METRICS_H_

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace pia {

class Metrics {
 public:
  Metrics();

  // `route` is one of a fixed set ("/assessments/{id}"), never a path as sent: a client must not be
  // able to add series.
  void count(const std::string& route, int status, std::chrono::duration<double> time);

  // The whole page, with the given gauges (name, value) after the counters.
  std::string text(const std::vector<std::pair<std::string, double>>& gauges) const;

 private:
  struct Times {
    std::vector<std::uint64_t> buckets;
    std::uint64_t count = 0;
    double sum = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::uint64_t> requests_;
  std::map<std::string, Times> times_;
  std::chrono::steady_clock::time_point started_;
};

}  // namespace pia

#endif  // PIA_SERVER_METRICS_H_
