// URL parameters ↔ typed requests. The whole state of a search stands in its URL: search_request()
// reads it, search_params() writes it back in one canonical order, and every link of the pages is
// made from the latter.

#ifndef PIA_SERVER_REQUEST_PARAMS_H_
#define PIA_SERVER_REQUEST_PARAMS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dicts/result.h"
#include "query/search_types.h"
#include "server/message.h"

namespace pia {

// "a=1&b=%E6%9D%B1" → pairs. '+' is a space. Errors (Usage): a broken percent sign, bytes that are
// no UTF-8, control characters other than tab and line breaks, more than 500 pairs.
Result<Params> parse_params(std::string_view query);

// A path with its percent signs decoded; the same errors. '+' stays.
Result<std::string> decode_path(std::string_view path);

// Pairs → "a=1&b=2", encoded; empty for no pairs.
std::string encode_params(const Params& params);

// "/search" + pairs → "/search?q=…"
std::string url(std::string_view path, const Params& params);

// The first value of a name, or empty; and all of them, in order.
std::string param(const Params& params, std::string_view name);
std::vector<std::string> all_params(const Params& params, std::string_view name);

// A whole number between least and most; `fallback` when the name is absent or empty.
// Errors: Usage, naming the parameter, the value and the bounds.
Result<std::uint32_t> number_param(const Params& params, std::string_view name,
                                   std::uint32_t fallback, std::uint32_t least, std::uint32_t most);

// The names of SearchRequest::filters: what the API accepts as a facet parameter, in the order in
// which the pages show them; and their Japanese headings.
struct FacetLabel {
  const char* name;
  const char* label;
};
const std::vector<FacetLabel>& facet_labels();
std::string facet_label(std::string_view name);  // the name itself when unknown

// How strictly parameters are read. The API refuses a name that it does not know, since a filter
// with a typing error would silently answer another question; a page ignores it, and wrong values
// of `limit` and `offset` too, since nobody should see an error for a link cut short in a mail.
enum class Strictness { Api, Page };

// q, view, versions, the facet parameters, from, to, sort, offset, limit, facets, raw, format.
// Errors: Usage with the parameter's name and what would be right.
Result<SearchRequest> search_request(const Params& params, Strictness strictness);

// The inverse; only what differs from the defaults. `limit` and `facets` are left out.
Params search_params(const SearchRequest& request);

const char* view_word(View view);
const char* versions_word(Versions versions);
const char* sort_word(Sort sort);

// What a list is answered as.
enum class Format { AsJson, Csv, Xlsx };
Result<Format> format_param(const Params& params);

}  // namespace pia

#endif  // PIA_SERVER_REQUEST_PARAMS_H_
