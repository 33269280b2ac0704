#include "server/request_head.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace pia {
namespace {

RequestHead refuse(int status) {
  RequestHead head;
  head.status = status;
  return head;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string_view strip(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool is_visible(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

bool is_host(std::string_view text) {
  return !text.empty() && text.size() < 256 && std::ranges::all_of(text, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' || c == ':' ||
           c == '[' || c == ']';
  });
}

// "GET /path?query HTTP/1.1" → 0, or the status that refuses it.
int check_request_line(std::string_view line, const HeadLimits& limits) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || last == first) return 400;
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (version != "HTTP/1.1" && version != "HTTP/1.0")
    return version.starts_with("HTTP/") ? 505 : 400;
  if (method != "GET" && method != "HEAD" && method != "POST") return 405;
  if (target.size() > limits.target || target.substr(0, target.find('?')).size() > limits.path)
    return 414;
  if (!target.starts_with('/') || !is_visible(target)) return 400;
  return 0;
}

// Headers that are passed on. The library decodes %XX inside values: those with a percent sign go.
bool is_wanted(const std::string& name, std::string_view value) {
  return (name == "connection" || name == "if-none-match") && value.size() < 1024 &&
         value.find('%') == std::string_view::npos;
}

}  // namespace

RequestHead clean_head(std::string_view raw, const HeadLimits& limits) {
  if (raw.size() > limits.head) return refuse(431);
  RequestHead out;
  bool has_length = false;
  std::size_t count = 0;
  for (std::size_t from = 0; from < raw.size(); ++count) {
    const std::size_t end = raw.find("\r\n", from);
    if (end == std::string_view::npos) return refuse(400);
    const std::string_view line = raw.substr(from, end - from);
    from = end + 2;
    if (line.empty()) break;
    if (count > limits.lines) return refuse(431);
    if (line.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
      return refuse(400);
    if (count == 0) {
      if (const int status = check_request_line(line, limits); status != 0) return refuse(status);
      out.head = std::string(line) + "\r\n";
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == 0 || colon == std::string_view::npos || !is_visible(line.substr(0, colon)))
      return refuse(400);
    const std::string name = lower(line.substr(0, colon));
    const std::string_view value = strip(line.substr(colon + 1));
    if (name == "transfer-encoding") return refuse(501);
    if (name == "content-encoding" && lower(value) != "identity") return refuse(415);
    if (name == "content-length") {
      const auto [stop, error] =
          std::from_chars(value.data(), value.data() + value.size(), out.body_length);
      if (has_length || error != std::errc() || stop != value.data() + value.size())
        return refuse(400);
      has_length = true;
      if (out.body_length > limits.body) return refuse(413);
    }
    if (name == "host" && is_host(value)) {
      out.origin = "http://" + std::string(value);
      out.head += "Host: " + std::string(value) + "\r\n";
    } else if (name == "accept-encoding" && lower(value).find("gzip") != std::string::npos) {
      out.head +=
          "Accept-Encoding: gzip\r\n";  // brotli's best level, the library's choice, is slow
    } else if (is_wanted(name, value)) {
      out.head += std::string(line.substr(0, colon)) + ": " + std::string(value) + "\r\n";
    }
  }
  if (out.head.empty()) return refuse(400);
  if (out.head.starts_with("POST ") && !has_length) return refuse(411);
  if (!out.head.starts_with("POST ") && out.body_length > 0) return refuse(400);
  out.head += "\r\n";
  return out;
}

}  // namespace pia
