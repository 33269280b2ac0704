// Templates → HTML. Every {{value}} is escaped for text and for attributes in double quotes;
// {{{value}}} takes HTML that our own code made.

#ifndef PIA_SERVER_RENDERER_H_
#define PIA_SERVER_RENDERER_H_

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace pia {

// Escapes & < > " and ' .
std::string html_escape(std::string_view text);

// Not thread safe: each worker has its own.
class Renderer {
 public:
  Renderer();  // parses every embedded template; a template that does not parse is an assert
  Renderer(Renderer&&) noexcept;
  ~Renderer();

  // `model`: objects, lists, texts, numbers and booleans; null and absent names render as nothing.
  // A list, true or a non-empty text opens a {{#section}}; for what stands once around a list that
  // is not empty, each list NAME comes with has_NAME.
  // REQUIRES: there is templates/NAME.mustache.
  std::string render(std::string_view name, const nlohmann::ordered_json& model) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pia

#endif  // PIA_SERVER_RENDERER_H_
