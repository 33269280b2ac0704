#include "server/assets.h"

#include <algorithm>
#include <cassert>

namespace pia {

std::string asset_url(std::string_view name) {
  const Asset* asset = find_asset(name);
  assert(asset != nullptr);
  const std::size_t dot = name.rfind('.');
  return "/static/" + std::string(name.substr(0, dot)) + "." + std::string(asset->hash) +
         std::string(name.substr(dot));
}

const Asset* find_asset(std::string_view name) {
  const auto found = std::ranges::find(assets(), name, &Asset::name);
  return found == assets().end() ? nullptr : &*found;
}

const Asset* find_hashed_asset(std::string_view hashed_name) {
  const auto found = std::ranges::find_if(assets(), [&](const Asset& asset) {
    return !asset.name.ends_with(".mustache") &&
           asset_url(asset.name) == "/static/" + std::string(hashed_name);
  });
  return found == assets().end() ? nullptr : &*found;
}

}  // namespace pia
