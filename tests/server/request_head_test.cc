#include "server/request_head.h"

#include <catch2/catch.hpp>

namespace {

pia::RequestHead clean(const std::string& raw) { return pia::clean_head(raw, pia::HeadLimits{}); }

std::string get(const std::string& lines) { return "GET / HTTP/1.1\r\n" + lines + "\r\n"; }

}  // namespace

TEST_CASE("only harmless headers reach the HTTP library") {
  const auto head = clean(
      "GET /search?q=%E3%81%82 HTTP/1.1\r\nHost: example.jp:8080\r\nAccept-Encoding: br, "
      "GZIP\r\nIf-None-Match: W/\"1\"\r\n"
      "REMOTE_ADDR: 10.0.0.1\r\nRange: bytes=0-1,0-1,0-1\r\nX-Forwarded-For: ,,,\r\nCookie: "
      "a=b\r\nConnection: close\r\n\r\n");
  CHECK(head.status == 0);
  CHECK(head.head ==
        "GET /search?q=%E3%81%82 HTTP/1.1\r\nHost: example.jp:8080\r\nAccept-Encoding: "
        "gzip\r\nIf-None-Match: W/\"1\"\r\n"
        "Connection: close\r\n\r\n");
  CHECK(head.origin == "http://example.jp:8080");
}

TEST_CASE("heads that the library mishandles are refused") {
  struct Row {
    const char* what;
    std::string raw;
    int status;
  };
  const Row rows[] = {
      {"no request line", "\r\n", 400},
      {"two words", "GET /\r\n\r\n", 400},
      {"another method", "DELETE / HTTP/1.1\r\n\r\n", 405},
      {"another version", "GET / HTTP/2.0\r\n\r\n", 505},
      {"no protocol", "GET / FTP/1.0\r\n\r\n", 400},
      {"absolute target", "GET http://a/ HTTP/1.1\r\n\r\n", 400},
      {"raw bytes in the target", "GET /\xE3\x81\x82 HTTP/1.1\r\n\r\n", 400},
      {"a long path", "GET /" + std::string(2000, 'a') + " HTTP/1.1\r\n\r\n", 414},
      {"a long query", "GET /?" + std::string(9000, 'a') + " HTTP/1.1\r\n\r\n", 414},
      {"many headers", get([] {
         std::string all;
         for (int i = 0; i < 200; ++i) all += "a: b\r\n";
         return all;
       }()),
       431},
      {"a large head", get("a: " + std::string(40'000, 'x') + "\r\n"), 431},
      {"a header without a colon", get("abc\r\n"), 400},
      {"a folded header", get("a: b\r\n c\r\n"), 400},
      {"a space before the colon", get("Content-Length : 0\r\n"), 400},
      {"a lone line feed", get("a: b\nContent-Length: 5\r\n"), 400},
      {"chunks", "POST /batch HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 501},
      {"two lengths", "POST /batch HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
       400},
      {"a length that is no number", "POST /batch HTTP/1.1\r\nContent-Length: +1\r\n\r\n", 400},
      {"no length", "POST /batch HTTP/1.1\r\n\r\n", 411},
      {"a huge body", "POST /batch HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413},
      {"a body for GET", get("Content-Length: 5\r\n"), 400},
      {"a compressed body",
       "POST /batch HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\n", 415},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(clean(row.raw).status == row.status);
  }
}

TEST_CASE("an odd Host header gives no origin") {
  for (const char* host : {"a b", "a%0D%0Ab", "a\"b", "a/b", ""}) {
    CAPTURE(host);
    const auto head = clean(get(std::string("Host: ") + host + "\r\n"));
    CHECK(head.status == 0);
    CHECK(head.origin.empty());
  }
}
