#include "dicts/data.h"

#include <cassert>

namespace pia::data {
namespace {

Row split(std::string_view line, char separator) {
  Row fields;
  for (std::size_t from = 0;;) {
    const std::size_t to = line.find(separator, from);
    fields.push_back(line.substr(from, to - from));
    if (to == std::string_view::npos) return fields;
    from = to + 1;
  }
}

}  // namespace

std::vector<Row> rows(std::string_view name, char separator) {
  const std::string_view all = text(name);
  assert(!all.empty());
  std::vector<Row> result;
  for (std::string_view line : split(all, '\n')) {
    if (!line.empty() && line.front() != '#') result.push_back(split(line, separator));
  }
  return result;
}

}  // namespace pia::data
