#include "server/problem.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

TEST_CASE("an error becomes a problem document") {
  const auto response =
      pia::problem({pia::ErrorCode::MalformedQuery, "閉じかっこがありません", "", 0, 7});
  CHECK(response.status == 400);
  CHECK(response.content_type == "application/problem+json");
  const auto json = nlohmann::json::parse(response.body);
  CHECK(json["type"] == "/help#malformed-query");
  CHECK(json["status"] == 400);
  CHECK(json["detail"] == "閉じかっこがありません");
  CHECK(json["column"] == 7);
  CHECK(json["title"] == "検索式が正しくありません");
}

TEST_CASE("each code has its status") {
  using pia::ErrorCode;
  struct Row {
    ErrorCode code;
    int status;
  };
  for (const Row& row : {Row{ErrorCode::Usage, 400}, Row{ErrorCode::NotFound, 404},
                         Row{ErrorCode::IndexMissing, 503}, Row{ErrorCode::IndexIo, 503},
                         Row{ErrorCode::Internal, 500}, Row{ErrorCode::Dictionary, 500}}) {
    CAPTURE(static_cast<int>(row.code));
    CHECK(pia::http_status(row.code) == row.status);
    CHECK(std::string(pia::error_title(row.code)) != "");
  }
}

TEST_CASE("a reason with bytes that are no UTF-8 is still a document") {
  const auto response = pia::problem({pia::ErrorCode::Usage, "bad \xff byte", "", 0, 0});
  CHECK(nlohmann::json::accept(response.body));
}
