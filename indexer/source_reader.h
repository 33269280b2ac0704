// One file's bytes become a Source: the format is told by the content, never by the name. Nothing
// here opens a file (except that poppler reads its own character maps, and OCR runs tesseract).
// These functions parse untrusted bytes with large libraries: outside of tests and fuzzers call
// them through ReaderPool (reader_pool.h), whose worker processes may crash or be killed.

#ifndef PIA_INDEXER_SOURCE_READER_H_
#define PIA_INDEXER_SOURCE_READER_H_

#include <cstdint>
#include <string_view>

#include "dicts/result.h"
#include "indexer/source.h"

namespace pia {

// What one file may cost. The defaults are some ten times what the largest real document needs.
struct ReadLimits {
  int pages = 2000;                             // of a PDF
  int cells = 400'000;                          // filled cells of a workbook
  std::uint64_t file_bytes = 256ull << 20;      // of the file itself
  std::uint64_t unpacked_bytes = 512ull << 20;  // of everything unpacked from it
  std::uint64_t page_bytes = 48ull << 20;       // of one PDF page's drawing instructions
};

struct ReadOptions {
  bool ocr = false;  // read pages without a text layer with tesseract, if it is installed
  ReadLimits limits;
};

enum class FileKind {
  Empty,
  PlainText,
  Html,
  Pdf,
  Xlsx,
  Zip,
  LegacyExcel,
  OtherOffice,
  WebArchive,
  Image,
  Other
};

// Looks at the first bytes (and, for a zip, at the names inside).
FileKind file_kind(std::string_view bytes);

// Reads any of the four formats. sha256 and path of the Source are set.
// Errors: SourceEmpty; SourceNotText; SourceDamaged (encrypted, cut off, broken); SourceTooBig;
// SourceUnsupported (.xls, images, a scan without ocr; the reason gives advice); Dictionary if
// poppler-data is not installed.
Result<Source> read_source(std::string_view bytes, std::string_view path,
                           const ReadOptions& options = {});

// The readers behind it. Pages of the PDF and cells of the workbook are the places.
Result<Source> read_pdf_source(std::string_view bytes, const ReadOptions& options);
Result<Source> read_xlsx_source(std::string_view bytes, const ReadOptions& options);
Result<Source> read_html_source(std::string_view bytes);

// Whether poppler finds the Japanese character maps of poppler-data, without which kanji vanish
// from PDFs in silence. Call at the start. Error: Dictionary.
Status check_poppler_data();

}  // namespace pia

#endif  // PIA_INDEXER_SOURCE_READER_H_
