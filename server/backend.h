// What the API and the pages ask of the query room, behind one interface: query_backend.cc answers
// from an index; tests answer from values of their own, since this room's tests build no index.
// Thread safe: every member may be called by any number of threads at once.

#ifndef PIA_SERVER_BACKEND_H_
#define PIA_SERVER_BACKEND_H_

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dicts/result.h"
#include "query/search_types.h"
#include "server/message.h"

namespace pia {

using Json = nlohmann::ordered_json;

struct VersionRef {
  std::string id, title, published_on;
  bool latest = false;
};

class Backend {
 public:
  virtual ~Backend() = default;

  // Takes a newer generation of the index if one was published. Errors: those of opening; the
  // generation that was open stays in use.
  virtual Status refresh() = 0;

  // Names the state of the index that answers come from; part of ETags.
  virtual std::string generation() const = 0;

  virtual Result<SearchResult> search(const SearchRequest& request) = 0;

  // The one JSON and the one table of a search, which pia-query prints as well.
  virtual Json to_json(const SearchResult& result) const = 0;
  virtual std::vector<std::string> headings(View view) const = 0;
  virtual std::vector<std::string> cells(const Hit& hit, View view) const = 0;

  // Values of one facet that contain `part`, counted like the facet in a search.
  virtual Result<Facet> facet(const std::string& name, const SearchRequest& request,
                              const std::string& part, std::uint32_t limit) = 0;

  // The stored record of an assessment (the interface document's JSON, as text). NotFound.
  virtual Result<std::string> record(const std::string& id) = 0;

  // All publications of the assessment's series, newest first. NotFound.
  virtual Result<std::vector<VersionRef>> versions(const std::string& id) = 0;

  // Texts as escaped HTML, what the query asks for in <mark>.
  virtual Result<std::vector<std::string>> mark(const std::string& query,
                                                const std::vector<std::string>& texts) = 0;

  // Answers of one kind each, as the JSON that the API gives; the members are those of the structs
  // in the query room's headers of the same names. `params` are the URL's.
  virtual Result<Json> suggest(const std::string& typed, std::uint32_t limit) = 0;
  virtual Result<Json> contractors(const Params& params) = 0;
  virtual Result<Json> contractor(const std::string& name) = 0;
  virtual Result<Json> municipalities() = 0;
  virtual Result<Json> municipality(const std::string& code) = 0;
  virtual Result<Json> incidents(const Params& params) = 0;
  virtual Result<Json> overview() = 0;
  virtual Result<Json> compare(const Params& params) = 0;
  virtual Result<Json> align(const std::string& a, const std::string& b) = 0;
  virtual Result<Json> similar(const std::string& id, std::uint32_t passage,
                               std::uint32_t limit) = 0;
  virtual Result<Json> look_up(const std::vector<std::string>& names) = 0;
};

}  // namespace pia

#endif  // PIA_SERVER_BACKEND_H_
