// Any bytes are the drawing instructions of a page, in a PDF that is whole: what is tried is our
// interpreter of rules and clips and the way from glyphs to cells, not the libraries' parsers,
// which run in worker processes because they may crash. Bytes that begin as a PDF are taken as the
// file. A form feed begins the next page.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/read_and_extract.h"
#include "support/tiny_files.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 64 * 1024) return 0;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  if (rest.starts_with("%PDF")) {
    pia::test::check_extraction(pia::read_pdf_source(rest, pia::test::small_limits()));
    return 0;
  }
  std::vector<pia::test::PdfPage> pages;
  while (!rest.empty() && pages.size() < 4) {
    const std::size_t at = rest.find('\f');
    pages.emplace_back().raw(std::string(rest.substr(0, at)));
    rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  }
  if (pages.empty()) return 0;
  const std::string bytes = pia::test::pdf(pages);
  pia::test::check_extraction(pia::read_pdf_source(bytes, pia::test::small_limits()));
  return 0;
}
