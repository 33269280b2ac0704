// pia-server: answers over HTTP from one index directory.

#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <thread>

#include "server/http_server.h"
#include "server/query_backend.h"
#include "server/site.h"

namespace {

constexpr int kDone = 0, kUsage = 2, kIndex = 3;

struct Options {
  std::string db;
  pia::HttpOptions http;
  pia::SiteOptions site;
  bool strict_port = false;
};

constexpr int kPortsToTry = 20;

int complain(const pia::Error& error, int code) {
  fmt::print(stderr, "pia-server: {}\n", error.reason);
  return code;
}

// SIGTERM and SIGINT are taken by one thread with sigwait, so that no handler runs in the middle of
// something else. Call before any thread is started: they inherit the mask.
sigset_t block_end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// Binds to the port, or to the next free one after it.
pia::Result<pia::HttpServer> bind(const Options& options, const pia::HttpHandler& handler) {
  const bool one = options.strict_port || options.http.port == 0;
  for (int port = options.http.port + 1;
       !one && port <= std::min(options.http.port + kPortsToTry, 65535); ++port) {
    pia::HttpOptions http = options.http;
    http.port = port - 1;
    auto server = pia::HttpServer::bind(http, handler);
    if (!server) continue;
    if (http.port != options.http.port)
      fmt::print(stderr, "pia-server: port {} is taken, using {}\n", options.http.port, http.port);
    return server;
  }
  return pia::HttpServer::bind(options.http,
                               handler);  // with the reason for the port that was asked for
}

int serve(const Options& options) {
  const sigset_t signals = block_end_signals();
  signal(SIGPIPE, SIG_IGN);
  // Opened once before the address is taken: a wrong directory is told at once and by the exit
  // code.
  auto backend = pia::open_query_backend(options.db);
  if (!backend) return complain(backend.error(), kIndex);
  pia::Site site(std::move(*backend), options.site);
  auto server =
      bind(options, [&site](const pia::Request& request) { return site.answer(request); });
  if (!server) return complain(server.error(), kUsage);
  const bool ipv6 = options.http.host.find(':') != std::string::npos;
  fmt::print("http://{}{}{}:{}/\n", ipv6 ? "[" : "", options.http.host, ipv6 ? "]" : "",
             server->port());
  std::fflush(stdout);
  std::thread worker([&server] { server->run(); });
  int signal_number = 0;
  sigwait(&signals, &signal_number);
  server->stop();
  worker.join();
  return kDone;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  options.http.threads = std::max(8u, std::thread::hardware_concurrency());
  CLI::App app{
      "Answers questions about privacy impact assessments (特定個人情報保護評価書) over HTTP:\n"
      "web pages for people, a JSON API, downloads and Atom feeds.",
      "pia-server"};
  app.set_version_flag("--version", "pia-server " PIA_VERSION);
  app.add_option("--db", options.db, "index directory made by pia-index")
      ->required()
      ->type_name("DIR");
  app.add_option("--host", options.http.host, "address to listen on")->capture_default_str();
  app.add_option("--port", options.http.port, "port to listen on; 0 takes any free one")
      ->capture_default_str()
      ->check(CLI::Range(0, 65535));
  app.add_flag("--strict-port", options.strict_port,
               "fail when the port is taken, instead of using the next free one");
  app.add_option("--threads", options.http.threads, "requests answered at the same time")
      ->capture_default_str()
      ->check(CLI::Range(1, 512));
  app.add_flag("--serve-sources", options.site.serve_sources,
               "let readers open the source files of assessments");
  app.add_option("--base-url", options.site.base_url,
                 "what absolute links (feeds, citations) begin with, behind a proxy")
      ->type_name("URL");
  app.footer(
      "Examples:\n  pia-server --db index\n  pia-server --db index --host 0.0.0.0 --port 80 "
      "--threads 16 --serve-sources");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kUsage;
  }
  while (options.site.base_url.ends_with('/')) options.site.base_url.pop_back();
  return serve(options);
}
