// What all pages share: the layout around a page's own template, and small pieces of view-models.

#ifndef PIA_SERVER_PAGE_H_
#define PIA_SERVER_PAGE_H_

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "dicts/result.h"
#include "server/backend.h"
#include "server/message.h"

namespace pia {

struct PageFrame {
  std::string title;        // of the document; the site's name is added
  std::string section;      // which entry of the navigation is the current one: its path, or empty
  std::string q;            // what the search box of the header holds
  std::string feed;         // address of an Atom feed of this page, or empty
  std::string description;  // for previews, or empty
  bool no_search = false;   // the page has a search box of its own
};

// Renders templates/NAME.mustache inside the layout.
Response page(const PageFrame& frame, std::string_view name, const Json& model,
              const Request& request);

// The error as a page, with what can be done about it.
Response error_page(const Error& error, const Request& request);

// "2025-02-27" → "2025年2月27日（令和7年）", as precise as written; other texts unchanged.
std::string japanese_date(std::string_view iso);

// {"lines":[3,5]} → "3–5行", {"page":4} → "4ページ", {"sheet":"Ⅱ","cell":"C4"} → "Ⅱ C4".
std::string place_text(const Json& where);

// 1234567 → "1,234,567".
std::string grouped(std::uint64_t number);

// A share as an SVG bar that needs no style attribute: 0 ≤ part ≤ 1.
std::string bar(double part);

// /search?…=…
std::string search_url(const Params& params);

// Adds to a list of {value,count} what a list of links with bars needs: url (a search with
// filter = value), bar, grouped count.
Json counted_links(const Json& values, std::string_view filter);

// [["=","…"],["-","…"],["+","…"]] as HTML with <del> and <ins>; the plain text when there is no
// difference to show.
std::string diff_html(const Json& diff, const std::string& text);

// Adds to an AssessmentRef (the query room's JSON) its url, municipality_url, date, incident words.
Json assessment_link(const Json& assessment);

}  // namespace pia

#endif  // PIA_SERVER_PAGE_H_
