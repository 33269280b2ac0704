#include "server/problem.h"

#include <nlohmann/json.hpp>

namespace pia {

namespace {

// What a reader of the site can do about it decides, not where in the program it arose.
struct Class {
  int status;
  const char* title;
  const char* slug;
};

constexpr Class class_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::Usage:
      return {400, "指定が正しくありません", "usage"};
    case ErrorCode::MalformedQuery:
      return {400, "検索式が正しくありません", "malformed-query"};
    case ErrorCode::NotFound:
    case ErrorCode::SourceMissing:
      return {404, "見つかりません", "not-found"};
    case ErrorCode::IndexMissing:
    case ErrorCode::IndexVersion:
    case ErrorCode::IndexDamaged:
    case ErrorCode::IndexBusy:
    case ErrorCode::IndexIo:
      return {503, "索引を読めません", "index"};
    case ErrorCode::SourceEmpty:
    case ErrorCode::SourceNotText:
    case ErrorCode::SourceNotForm:
    case ErrorCode::SourceDamaged:
    case ErrorCode::SourceTooBig:
    case ErrorCode::SourceUnsupported:
    case ErrorCode::Dictionary:
    case ErrorCode::Internal:
      break;
  }
  return {500, "サーバーで問題が起きました", "internal"};
}

}  // namespace

int http_status(ErrorCode code) { return class_of(code).status; }
const char* error_title(ErrorCode code) { return class_of(code).title; }
const char* error_slug(ErrorCode code) { return class_of(code).slug; }

Response problem(const Error& error) {
  nlohmann::ordered_json document;
  document["type"] = std::string("/help#") + error_slug(error.code);
  document["title"] = error_title(error.code);
  document["status"] = http_status(error.code);
  document["detail"] = error.reason;
  if (error.column > 0) document["column"] = error.column;
  Response response;
  response.status = http_status(error.code);
  response.content_type = "application/problem+json";
  // A reason may quote bytes of a request or a file; replace what is no UTF-8 instead of throwing.
  response.body = document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  return response;
}

}  // namespace pia
