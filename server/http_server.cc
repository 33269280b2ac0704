// The library gives the accept loop, the parsing of a cleaned head, compression, chunks and the
// writing of the response. Around it stand our own connection (deadlines, limits, keep-alive that
// yields), our own queue (bounded) and one handler: the library's regular expression routes are
// not used at all, everything is answered before it would look at them.

#include "server/http_server.h"

#include <fmt/format.h>
#include <httplib.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <set>
#include <thread>

#include "server/request_params.h"

namespace pia {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kSlice{
    50};  // how often a waiting connection looks at the queue and at stop()

bool wait_for(int socket, short events, milliseconds time) {
  pollfd entry{socket, events, 0};
  return ::poll(&entry, 1, static_cast<int>(time.count())) > 0;
}

// What the connections of a server share.
struct Shared {
  HttpOptions options;
  std::atomic<bool> stopping{false};
  std::atomic<unsigned> waiting{0};  // connections in the queue
  std::mutex mutex;
  std::set<int> open;  // sockets with a thread

  void cut_all() {
    const std::lock_guard lock(mutex);
    for (const int socket : open) ::shutdown(socket, SHUT_RDWR);
  }
};

// One client's connection: reads and checks a request itself, hands the library its clean head.
class Connection : public httplib::Stream {
 public:
  Connection(int socket, Shared& shared) : socket_(socket), shared_(shared) {
    const std::lock_guard lock(shared_.mutex);
    shared_.open.insert(socket_);
  }
  ~Connection() override {
    {
      const std::lock_guard lock(shared_.mutex);
      shared_.open.erase(socket_);
    }
    ::shutdown(socket_, SHUT_WR);
    char rest[4096];  // what the client still sends, so that closing does not discard our answer
    for (int i = 0; i < 16 && wait_for(socket_, POLLIN, milliseconds(i == 0 ? 20 : 0)); ++i)
      if (::recv(socket_, rest, sizeof rest, MSG_DONTWAIT) <= 0) break;
    ::close(socket_);
  }

  // The next request; false when the client is silent for too long, has gone, or the server stops.
  // An idle connection gives way as soon as another one waits for a thread.
  bool read_request() {
    if (!wait_for_first_byte()) return false;
    read_ = written_ = 0;
    answer_begins_ = Clock::now();  // again below, when the request is complete
    const auto deadline = Clock::now() + shared_.options.head_timeout;
    std::size_t end = 0;
    while ((end = input_.find("\r\n\r\n")) == std::string::npos) {
      if (input_.size() > shared_.options.limits.head) {
        request_.status = 431;
        return true;
      }
      if (!receive(deadline)) return false;
    }
    request_ = clean_head(std::string_view(input_).substr(0, end + 4), shared_.options.limits);
    input_.erase(0, end + 4);
    if (request_.status != 0) return true;
    while (input_.size() < request_.body_length)
      if (!receive(deadline)) return false;
    body_ = input_.substr(0, request_.body_length);
    input_.erase(0, request_.body_length);
    answer_begins_ = Clock::now();
    return true;
  }

  int refused() const { return request_.status; }
  const std::string& origin() const { return request_.origin; }
  std::string take_body() { return std::move(body_); }

  bool is_readable() const override { return read_ < request_.head.size(); }
  bool is_writable() const override {
    return wait_for(socket_, POLLOUT, milliseconds(0)) && !shared_.stopping;
  }

  ssize_t read(char* to, size_t size) override {
    const std::size_t part = std::min(size, request_.head.size() - read_);
    std::memcpy(to, request_.head.data() + read_, part);
    read_ += part;
    return static_cast<ssize_t>(part);
  }

  ssize_t write(const char* from, size_t size) override {
    for (std::size_t done = 0; done < size;) {
      const auto allowed = shared_.options.head_timeout +
                           milliseconds(1000 * (written_ + size) / shared_.options.slowest);
      const auto left =
          std::chrono::duration_cast<milliseconds>(answer_begins_ + allowed - Clock::now());
      if (left.count() <= 0 || !wait_for(socket_, POLLOUT, left)) return -1;
      const ssize_t sent = ::send(socket_, from + done, size - done, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent < 0 && (errno == EAGAIN || errno == EINTR)) continue;
      if (sent <= 0) return -1;
      done += static_cast<std::size_t>(sent);
      written_ += static_cast<std::size_t>(sent);
    }
    return static_cast<ssize_t>(size);
  }

  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return socket_; }

 private:
  bool wait_for_first_byte() {
    const auto deadline = Clock::now() + shared_.options.idle;
    while (input_.empty()) {
      if (wait_for(socket_, POLLIN, kSlice)) return receive(Clock::now() + kSlice);
      if (shared_.stopping || shared_.waiting > 0 || Clock::now() > deadline) return false;
    }
    return true;
  }

  bool receive(Clock::time_point deadline) {
    char piece[16384];
    for (;;) {
      const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
      if (left.count() <= 0 || !wait_for(socket_, POLLIN, left)) return false;
      const ssize_t got = ::recv(socket_, piece, sizeof piece, MSG_DONTWAIT);
      if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
      if (got <= 0) return false;
      input_.append(piece, static_cast<std::size_t>(got));
      return true;
    }
  }

  int socket_;
  Shared& shared_;
  std::string input_;  // received, not yet used
  RequestHead request_;
  std::string body_;
  std::size_t read_ = 0, written_ = 0;
  Clock::time_point answer_begins_;
};

// Set while a job runs on the accepting thread because the queue is full.
thread_local bool t_queue_full = false;

class BoundedQueue : public httplib::TaskQueue {
 public:
  explicit BoundedQueue(Shared& shared) : shared_(shared) {
    for (unsigned i = 0; i < shared.options.threads; ++i) threads_.emplace_back([this] { work(); });
  }

  void enqueue(std::function<void()> job) override {
    {
      const std::lock_guard lock(mutex_);
      if (jobs_.size() < shared_.options.queue) {
        jobs_.push_back(std::move(job));
        shared_.waiting = static_cast<unsigned>(jobs_.size());
        ready_.notify_one();
        return;
      }
    }
    t_queue_full = true;
    job();
    t_queue_full = false;
  }

  void shutdown() override {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    ready_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  void work() {
    for (;;) {
      std::function<void()> job;
      {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [this] { return ended_ || !jobs_.empty(); });
        if (jobs_.empty()) return;
        job = std::move(jobs_.front());
        jobs_.pop_front();
        shared_.waiting = static_cast<unsigned>(jobs_.size());
      }
      job();
    }
  }

  Shared& shared_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> jobs_;
  bool ended_ = false;
  std::vector<std::thread> threads_;
};

const char* reason(int status) {
  switch (status) {
    case 405:
      return "Method Not Allowed";
    case 411:
      return "Length Required";
    case 413:
      return "Payload Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Bad Request";
  }
}

// For requests that never reach the library.
std::string bare_answer(int status) {
  const std::string body = fmt::format(
      "{{\"type\":\"about:blank\",\"title\":\"{}\",\"status\":{}}}\n", reason(status), status);
  return fmt::format(
      "HTTP/1.1 {} {}\r\nContent-Type: application/problem+json\r\nContent-Length: "
      "{}\r\n{}{}Connection: close\r\n\r\n{}",
      status, reason(status), body.size(), status == 405 ? "Allow: GET, HEAD, POST\r\n" : "",
      status == 503 ? "Retry-After: 2\r\n" : "", body);
}

std::string without_line_breaks(std::string value) {
  std::erase_if(value, [](char c) { return c == '\r' || c == '\n'; });
  return value;
}

void write_stream(const Response& from, bool chunks, httplib::Response& to) {
  if (!chunks) {  // HTTP/1.0
    std::string body;
    from.stream([&](std::string_view piece) { return body.append(piece), true; });
    to.set_content(body, from.content_type);
    return;
  }
  to.set_chunked_content_provider(
      from.content_type, [stream = from.stream](std::size_t, httplib::DataSink& sink) {
        const bool complete =
            stream([&](std::string_view piece) { return sink.write(piece.data(), piece.size()); });
        if (complete) sink.done();
        return complete;
      });
}

void write_response(const Response& from, const httplib::Request& request, httplib::Response& to) {
  to.status = from.status;
  for (const auto& [name, value] : from.headers) to.set_header(name, without_line_breaks(value));
  if (from.stream && request.method != "HEAD")
    write_stream(from, request.version != "HTTP/1.0", to);
  else if (from.status != 304)
    to.set_content(from.body, from.content_type);
}

Response failure(int status) {
  Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = fmt::format("{{\"type\":\"about:blank\",\"title\":\"{}\",\"status\":{}}}\n",
                              reason(status), status);
  return response;
}

// The library's request → ours.
Response call(const HttpHandler& handler, const httplib::Request& from) {
  Request request;
  request.method = from.method;
  request.target = from.target;
  request.if_none_match = from.get_header_value("If-None-Match");
  if (const std::string host = from.get_header_value("Host"); !host.empty())
    request.origin = "http://" + host;
  const std::size_t question = std::min(from.target.find('?'), from.target.size());
  auto path = decode_path(std::string_view(from.target).substr(0, question));
  auto params = parse_params(
      std::string_view(from.target).substr(std::min(question + 1, from.target.size())));
  auto form = parse_params(from.body);
  if (!path || !params || !form) return failure(400);
  request.path = std::move(*path);
  request.params = std::move(*params);
  request.params.insert(request.params.end(), form->begin(), form->end());
  return handler(request);
}

class Library : public httplib::Server {
 public:
  explicit Library(Shared& shared) : shared_(shared) {}

  // The library listens with a backlog of 5, which a burst overflows.
  void widen_backlog() { ::listen(svr_sock_, 512); }

 private:
  bool process_and_close_socket(socket_t socket) override {
    Connection connection(socket, shared_);
    if (t_queue_full) {
      const std::string answer = bare_answer(503);
      return ::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL | MSG_DONTWAIT) > 0;
    }
    for (unsigned left = shared_.options.requests; left > 0; --left) {
      if (!connection.read_request()) return false;
      if (connection.refused() != 0) {
        const std::string answer = bare_answer(connection.refused());
        return connection.write(answer.data(), answer.size()) > 0;
      }
      const bool last = left == 1 || shared_.stopping || shared_.waiting > 0;
      bool closed = false;
      const auto setup = [&](httplib::Request& request) { request.body = connection.take_body(); };
      if (!process_request(connection, last, closed, setup) || closed || last) return true;
    }
    return true;
  }

  Shared& shared_;
};

}  // namespace

struct HttpServer::Impl {
  Shared shared;
  HttpHandler handler;
  std::unique_ptr<Library> library;
  int port = 0;
  std::atomic<bool> finished{false};
  std::thread reaper;

  ~Impl() {
    if (reaper.joinable()) reaper.join();
  }
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer::~HttpServer() = default;

Result<HttpServer> HttpServer::bind(HttpOptions options, HttpHandler handler) {
  auto impl = std::make_unique<Impl>();
  impl->shared.options = options;
  impl->handler = std::move(handler);
  impl->library = std::make_unique<Library>(impl->shared);
  Library& library = *impl->library;
  Impl& self = *impl;
  library.new_task_queue = [&self] { return new BoundedQueue(self.shared); };
  library.set_tcp_nodelay(true);
  library.set_keep_alive_max_count(options.requests);
  library.set_keep_alive_timeout(std::max<time_t>(1, options.idle.count() / 1000));
  library.set_socket_options(
      [](socket_t socket) {  // not the library's SO_REUSEPORT: two servers would share a port
        const int yes = 1;
        ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
      });
  library.set_pre_routing_handler(
      [&self](const httplib::Request& request, httplib::Response& response) {
        write_response(call(self.handler, request), request, response);
        return httplib::Server::HandlerResponse::Handled;
      });
  library.set_exception_handler(
      [](const httplib::Request& request, httplib::Response& response, std::exception_ptr) {
        write_response(failure(500), request, response);
      });
  errno = 0;
  self.port = options.port == 0 ? library.bind_to_any_port(options.host) : options.port;
  if (self.port <= 0 || (options.port != 0 && !library.bind_to_port(options.host, options.port)))
    return Error{ErrorCode::Usage,
                 fmt::format("{}:{} cannot be opened: {}", options.host, options.port,
                             errno != 0 ? std::strerror(errno) : "no such host"),
                 {},
                 0,
                 0};
  library.widen_backlog();
  return HttpServer(std::move(impl));
}

int HttpServer::port() const { return impl_->port; }

void HttpServer::run() {
  if (!impl_->shared.stopping) impl_->library->listen_after_bind();
  impl_->finished = true;
}

void HttpServer::stop() {
  if (impl_->shared.stopping.exchange(true)) return;
  impl_->reaper = std::thread([impl = impl_.get()] {
    const auto deadline = Clock::now() + std::chrono::seconds(2);
    while (!impl->finished) {
      if (impl->library->is_running()) impl->library->stop();
      if (Clock::now() > deadline) impl->shared.cut_all();
      std::this_thread::sleep_for(milliseconds(20));
    }
  });
}

}  // namespace pia
