// The files of templates/, static/ and openapi.json, built into the program by embed.cmake, so that
// the binary runs from any directory and no other host is asked for anything.

#ifndef PIA_SERVER_ASSETS_H_
#define PIA_SERVER_ASSETS_H_

#include <string>
#include <string_view>
#include <vector>

namespace pia {

struct Asset {
  std::string_view name;     // "search.mustache", "app.css"
  std::string_view hash;     // 12 hexadecimal digits of the content
  std::string_view content;  // lives as long as the program
};

// All files, by name.
const std::vector<Asset>& assets();

// nullptr when there is none of that name.
const Asset* find_asset(std::string_view name);

// "/static/app.3f2a….css": the name holds the content's hash, so that it may be cached for ever.
// REQUIRES: the asset exists.
std::string asset_url(std::string_view name);

// "app.3f2a….css" → its asset; nullptr when the name or the hash is another.
const Asset* find_hashed_asset(std::string_view hashed_name);

// A hash over all assets: changes whenever a page may look different.
std::string_view assets_version();

}  // namespace pia

#endif  // PIA_SERVER_ASSETS_H_
