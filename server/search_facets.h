// The sidebar of a search: facets → view-models, and the small steps from one search to the next
// that all links of the page are made of.

#ifndef PIA_SERVER_SEARCH_FACETS_H_
#define PIA_SERVER_SEARCH_FACETS_H_

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "server/search_model.h"

namespace pia {

// The address of a search.
std::string search_link(const SearchRequest& request);

// The same search from its first page.
SearchRequest from_start(SearchRequest request);

// A value of a facet as people read it.
std::string shown_value(const std::string& facet, const std::string& value);

// Hidden fields of a form that keeps the state, except the names left out.
Json hidden_fields(const SearchRequest& request, std::initializer_list<std::string_view> left_out);

// The facets in the sidebar's order; 都道府県 and 自治体 are one list of two levels.
Json facets_model(const SearchRequest& request, const SearchResult& result,
                  const SearchExtras& extras);

}  // namespace pia

#endif  // PIA_SERVER_SEARCH_FACETS_H_
