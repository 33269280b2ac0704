#include "server/renderer.h"

#include <cassert>
#include <kainjow/mustache.hpp>
#include <map>
#include <nlohmann/json.hpp>

#include "query/snippet.h"
#include "server/assets.h"

namespace pia {
namespace {

namespace mustache = kainjow::mustache;
using Json = nlohmann::ordered_json;

// kainjow's set() and push_back() copy what they are given, with all below it, at every level, and
// its list is not to be had for writing; moving instead halves the time of a large page.
mustache::data to_data(const Json& value) {
  if (value.is_object()) {
    mustache::data object(mustache::data::type::object);
    for (const auto& [name, member] : value.items()) {
      if (member.is_null()) continue;
      // A text opens a section only when it says something.
      const bool blank = member.is_string() && member.get_ref<const std::string&>().empty();
      object[name] = blank ? mustache::data(false) : to_data(member);
      if (member.is_array() && !member.empty()) object["has_" + name] = mustache::data(true);
    }
    return object;
  }
  if (value.is_array()) {
    mustache::data list(mustache::data::type::list);
    auto& items = const_cast<mustache::list&>(list.list_value());
    items.reserve(value.size());
    for (const Json& member : value) items.push_back(to_data(member));
    return list;
  }
  if (value.is_boolean()) return mustache::data(value.get<bool>());
  if (value.is_string()) return mustache::data(value.get<std::string>());
  return mustache::data(value.is_null() ? std::string() : value.dump());
}

}  // namespace

std::string html_escape(std::string_view text) { return escape_html(text); }

struct Renderer::Impl {
  std::map<std::string, mustache::mustache, std::less<>> templates;
};

Renderer::Renderer() : impl_(std::make_unique<Impl>()) {
  constexpr std::string_view kSuffix = ".mustache";
  for (const Asset& asset : assets()) {
    if (!asset.name.ends_with(kSuffix)) continue;
    mustache::mustache parsed{std::string(asset.content)};
    assert(parsed.is_valid());
    parsed.set_custom_escape([](const std::string& text) { return html_escape(text); });
    impl_->templates.emplace(asset.name.substr(0, asset.name.size() - kSuffix.size()),
                             std::move(parsed));
  }
}
Renderer::Renderer(Renderer&&) noexcept = default;
Renderer::~Renderer() = default;

std::string Renderer::render(std::string_view name, const Json& model) const {
  const auto found = impl_->templates.find(name);
  assert(found != impl_->templates.end());
  return found->second.render(to_data(model));
}

}  // namespace pia
