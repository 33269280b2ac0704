#include "server/problem.h"

#include <nlohmann/json.hpp>

namespace pia {

int http_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::Usage:
    case ErrorCode::MalformedQuery:
      return 400;
    case ErrorCode::NotFound:
    case ErrorCode::SourceMissing:
      return 404;
    case ErrorCode::IndexMissing:
    case ErrorCode::IndexVersion:
    case ErrorCode::IndexDamaged:
    case ErrorCode::IndexBusy:
    case ErrorCode::IndexIo:
      return 503;
    case ErrorCode::SourceEmpty:
    case ErrorCode::SourceNotText:
    case ErrorCode::SourceNotForm:
    case ErrorCode::SourceDamaged:
    case ErrorCode::SourceTooBig:
    case ErrorCode::SourceUnsupported:
    case ErrorCode::Dictionary:
    case ErrorCode::Internal:
      return 500;
  }
  return 500;
}

const char* error_title(ErrorCode code) {
  switch (code) {
    case ErrorCode::Usage:
      return "指定が正しくありません";
    case ErrorCode::MalformedQuery:
      return "検索式が正しくありません";
    case ErrorCode::NotFound:
    case ErrorCode::SourceMissing:
      return "見つかりません";
    case ErrorCode::IndexMissing:
    case ErrorCode::IndexVersion:
    case ErrorCode::IndexDamaged:
    case ErrorCode::IndexBusy:
    case ErrorCode::IndexIo:
      return "索引を読めません";
    case ErrorCode::SourceEmpty:
    case ErrorCode::SourceNotText:
    case ErrorCode::SourceNotForm:
    case ErrorCode::SourceDamaged:
    case ErrorCode::SourceTooBig:
    case ErrorCode::SourceUnsupported:
    case ErrorCode::Dictionary:
    case ErrorCode::Internal:
      return "サーバーで問題が起きました";
  }
  return "サーバーで問題が起きました";
}

const char* error_slug(ErrorCode code) {
  switch (code) {
    case ErrorCode::Usage:
      return "usage";
    case ErrorCode::MalformedQuery:
      return "malformed-query";
    case ErrorCode::NotFound:
    case ErrorCode::SourceMissing:
      return "not-found";
    case ErrorCode::IndexMissing:
    case ErrorCode::IndexVersion:
    case ErrorCode::IndexDamaged:
    case ErrorCode::IndexBusy:
    case ErrorCode::IndexIo:
      return "index";
    case ErrorCode::SourceEmpty:
    case ErrorCode::SourceNotText:
    case ErrorCode::SourceNotForm:
    case ErrorCode::SourceDamaged:
    case ErrorCode::SourceTooBig:
    case ErrorCode::SourceUnsupported:
    case ErrorCode::Dictionary:
    case ErrorCode::Internal:
      return "internal";
  }
  return "internal";
}

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
