// The backend of pia-server: answers from an index directory through the query room.

#ifndef PIA_SERVER_QUERY_BACKEND_H_
#define PIA_SERVER_QUERY_BACKEND_H_

#include <filesystem>
#include <memory>

#include "server/backend.h"

namespace pia {

// Errors: those of Searcher::open.
Result<std::shared_ptr<Backend>> open_query_backend(const std::filesystem::path& dir);

}  // namespace pia

#endif  // PIA_SERVER_QUERY_BACKEND_H_
