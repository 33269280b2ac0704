// Error → RFC 9457 problem document, and its HTTP status. Pages show the same words as HTML.

#ifndef PIA_SERVER_PROBLEM_H_
#define PIA_SERVER_PROBLEM_H_

#include "dicts/result.h"
#include "server/message.h"

namespace pia {

int http_status(ErrorCode code);

// A short Japanese title for people: the same for every error of a code.
const char* error_title(ErrorCode code);

// The word that names the code in a problem's `type` and on the help page (#malformed-query).
const char* error_slug(ErrorCode code);

// application/problem+json with type, title, status, detail, and column for a malformed query.
Response problem(const Error& error);

}  // namespace pia

#endif  // PIA_SERVER_PROBLEM_H_
