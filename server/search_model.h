// SearchRequest and SearchResult → the view-model of templates/search.mustache. A pure function:
// tests look at the JSON. Every link is the request with one thing changed, so that the address
// always holds the whole state.

#ifndef PIA_SERVER_SEARCH_MODEL_H_
#define PIA_SERVER_SEARCH_MODEL_H_

#include <map>
#include <string>

#include "server/backend.h"

namespace pia {

// What the page shows besides the result itself.
struct SearchExtras {
  std::map<View, std::uint32_t> totals;            // of the three tabs
  std::map<std::string, std::string> facet_parts;  // what is searched for inside a facet
};

Json search_model(const SearchRequest& request, const SearchResult& result,
                  const SearchExtras& extras);

// The facets of the sidebar, in order; what the page asks the Searcher to count.
const std::vector<std::string>& sidebar_facets();

// The request with a value of a facet chosen, or no longer chosen when it was; `excluded` for the
// choice with a minus. Starts from the first page again.
SearchRequest toggled(SearchRequest request, const std::string& facet, const std::string& value,
                      bool excluded);

// The text without one word, when it stands there between spaces or alone; else empty.
std::string without_word(const std::string& text, const std::string& word);

}  // namespace pia

#endif  // PIA_SERVER_SEARCH_MODEL_H_
