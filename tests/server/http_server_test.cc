// Real sockets on loopback: limits, keep-alive, streams, stopping.

#include "server/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

pia::Response echo(const pia::Request& request) {
  if (request.path == "/throw") throw std::runtime_error("secret");
  pia::Response response;
  response.content_type = "text/plain; charset=utf-8";
  if (request.path == "/slow") std::this_thread::sleep_for(300ms);
  if (request.path == "/stream") {
    response.stream = [](const pia::Sink& sink) {
      for (int i = 0; i < 1000; ++i)
        if (!sink(std::string(1000, 'x'))) return false;
      return true;
    };
    return response;
  }
  if (request.path == "/cut") {
    response.stream = [](const pia::Sink& sink) { return sink("begun") && false; };
    return response;
  }
  response.headers.emplace_back("X-Odd", "a\r\nSet-Cookie: b=c");
  response.body = request.method + " " + request.path;
  for (const auto& [name, value] : request.params) response.body += "[" + name + "=" + value + "]";
  return response;
}

class Running {
 public:
  explicit Running(pia::HttpOptions options = {}) {
    options.port = 0;
    auto bound = pia::HttpServer::bind(options, echo);
    REQUIRE(bound);
    server_ = std::make_unique<pia::HttpServer>(std::move(*bound));
    thread_ = std::thread([this] { server_->run(); });
  }
  ~Running() { stop(); }
  void stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
  }
  int port() const { return server_->port(); }

  int connect() const {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port()));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    return socket;
  }

 private:
  std::unique_ptr<pia::HttpServer> server_;
  std::thread thread_;
};

// Sends, reads until the other side closes.
std::string exchange(int socket, const std::string& text) {
  (void)::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
  std::string all;
  char piece[4096];
  for (ssize_t got; (got = ::recv(socket, piece, sizeof piece, 0)) > 0;)
    all.append(piece, static_cast<std::size_t>(got));
  ::close(socket);
  return all;
}

std::string get(const Running& server, const std::string& target, const std::string& headers = "") {
  return exchange(
      server.connect(),
      "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n");
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("requests reach the handler decoded") {
  const Running server;
  CHECK(has(get(server, "/a%20b?q=%E3%81%82+c"), "GET /a b[q=あ c]"));
  CHECK(has(get(server, "/?q=%FF"), "400 Bad Request"));
  CHECK(has(
      exchange(
          server.connect(),
          "POST /batch?a=1 HTTP/1.1\r\nContent-Length: 10\r\nConnection: close\r\n\r\nnames=b%0A"),
      "POST /batch[a=1][names=b\n]"));
  CHECK(has(exchange(server.connect(), "HEAD /a HTTP/1.1\r\nConnection: close\r\n\r\n"),
            "Content-Length: 7"));
}

TEST_CASE("a header cannot be split by a value") {
  const Running server;
  CHECK_FALSE(has(get(server, "/"), "\r\nSet-Cookie"));
}

TEST_CASE("an exception is a 500 that does not tell its text") {
  const Running server;
  const std::string answer = get(server, "/throw");
  CHECK(has(answer, " 500 "));
  CHECK_FALSE(has(answer, "secret"));
}

TEST_CASE("a stream comes in chunks, and a broken one is seen to break") {
  const Running server;
  const std::string whole = get(server, "/stream");
  CHECK(has(whole, "Transfer-Encoding: chunked"));
  CHECK(whole.size() > 1'000'000);
  CHECK(whole.substr(whole.size() - 5) == "0\r\n\r\n");
  const std::string cut = get(server, "/cut");
  CHECK_FALSE((cut.size() > 5 && cut.substr(cut.size() - 5) == "0\r\n\r\n"));
}

TEST_CASE("bad heads are answered and the connection is closed") {
  const Running server;
  CHECK(has(exchange(server.connect(), "GET /" + std::string(5000, 'a') + " HTTP/1.1\r\n\r\n"),
            "414 URI Too Long"));
  CHECK(has(exchange(server.connect(), "PUT / HTTP/1.1\r\n\r\n"), "405 Method Not Allowed"));
  CHECK(
      has(exchange(server.connect(), "GET / HTTP/1.1\r\nA: " + std::string(60'000, 'a')), "431 "));
  CHECK(has(exchange(server.connect(),
                     "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled "
                     "HTTP/1.1\r\n\r\n"),
            "501 "));
}

TEST_CASE("one connection carries several requests") {
  const Running server;
  const std::string both = exchange(
      server.connect(), "GET /one HTTP/1.1\r\n\r\nGET /two HTTP/1.1\r\nConnection: close\r\n\r\n");
  CHECK(has(both, "GET /one"));
  CHECK(has(both, "GET /two"));
}

TEST_CASE("silent connections do not keep others waiting") {
  pia::HttpOptions options;
  options.threads = 2;
  options.idle = 30s;
  const Running server(options);
  std::vector<int> silent;
  for (int i = 0; i < 8; ++i) silent.push_back(server.connect());
  const auto begin = Clock::now();
  CHECK(has(get(server, "/a"), "200 OK"));
  CHECK(Clock::now() - begin < 3s);
  for (const int socket : silent) ::close(socket);
}

TEST_CASE("a slow head is given up") {
  pia::HttpOptions options;
  options.head_timeout = 200ms;
  const Running server(options);
  const auto begin = Clock::now();
  CHECK(exchange(server.connect(), "GET / HTT") == "");
  CHECK(Clock::now() - begin < 2s);
}

TEST_CASE("more connections than the queue holds are told to come again") {
  pia::HttpOptions options;
  options.threads = 1;
  options.queue = 1;
  const Running server(options);
  std::vector<int> sockets;
  for (int i = 0; i < 6; ++i) {
    sockets.push_back(server.connect());
    (void)::send(sockets.back(), "GET /slow HTTP/1.1\r\nConnection: close\r\n\r\n", 42,
                 MSG_NOSIGNAL);
  }
  int refused = 0;
  for (const int socket : sockets) refused += has(exchange(socket, ""), "503 ") ? 1 : 0;
  CHECK(refused >= 1);
  CHECK(refused <= 5);
}

TEST_CASE("stop ends at once when nothing is under way, and answers what is") {
  Running idle;
  const int open = idle.connect();
  std::this_thread::sleep_for(100ms);
  auto begin = Clock::now();
  idle.stop();
  CHECK(Clock::now() - begin < 1s);
  ::close(open);

  Running busy;
  std::string answer;
  std::thread client([&] { answer = get(busy, "/slow"); });
  std::this_thread::sleep_for(100ms);
  busy.stop();
  client.join();
  CHECK(has(answer, "GET /slow"));
}

TEST_CASE("an address in use is an error") {
  const Running server;
  pia::HttpOptions options;
  options.port = server.port();
  const auto second = pia::HttpServer::bind(options, echo);
  REQUIRE_FALSE(second);
  CHECK(has(second.error().reason, std::to_string(server.port())));
}
