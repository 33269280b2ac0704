// The characters of a PDF's pages with their boxes, through poppler.

#ifndef PIA_INDEXER_PDF_TEXT_H_
#define PIA_INDEXER_PDF_TEXT_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dicts/result.h"
#include "indexer/page_layout.h"

namespace pia {

class PdfText {
 public:
  // `bytes` must outlive it. Error: SourceDamaged.
  static Result<PdfText> open(std::string_view bytes);

  PdfText(PdfText&&) noexcept;
  ~PdfText();

  int page_count() const;
  // 0-based; empty if the page shows none that has a Unicode value. Radicals are mended.
  std::vector<Glyph> glyphs(int page) const;
  // The page as a picture (PNM, 8 bit grey) for OCR; empty if it cannot be painted.
  std::string picture(int page, int dots_per_inch) const;

 private:
  struct Impl;
  explicit PdfText(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace pia

#endif  // PIA_INDEXER_PDF_TEXT_H_
