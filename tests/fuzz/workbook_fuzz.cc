// Any bytes are the inside of a worksheet, in an archive that is whole: mutating the archive itself
// would only exercise libzip's checksums. Behind a line "===" stand the styles, then one shared
// string a line. Bytes that begin as a zip archive are taken as the file.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/read_and_extract.h"
#include "support/tiny_files.h"

namespace {

std::string cut(std::string_view& rest, std::string_view separator) {
  const std::size_t at = rest.find(separator);
  std::string head(rest.substr(0, at));
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + separator.size());
  return head;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 256 * 1024) return 0;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  if (rest.starts_with("PK")) {
    pia::test::check_extraction(pia::read_xlsx_source(rest, pia::test::small_limits()));
    return 0;
  }
  const std::string sheet = cut(rest, "\n===\n");
  const std::string styles = cut(rest, "\n===\n");
  std::vector<std::string> strings;
  while (!rest.empty()) strings.push_back(cut(rest, "\n"));
  const std::string bytes = pia::test::xlsx({{"表紙", sheet}, {"Ⅰ", sheet}}, styles, strings);
  pia::test::check_extraction(pia::read_xlsx_source(bytes, pia::test::small_limits()));
  return 0;
}
