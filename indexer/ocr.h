// Reading a picture of a page with tesseract, a program that need not be installed.

#ifndef PIA_INDEXER_OCR_H_
#define PIA_INDEXER_OCR_H_

#include "dicts/result.h"
#include "indexer/page_layout.h"
#include "indexer/pdf_text.h"

namespace pia {

// Whether tesseract and its Japanese data can be run. Error: Dictionary, with advice.
Status check_ocr();

// Fills page.glyphs with what tesseract reads on that page (0-based) and page.rules with the
// straight lines of the picture. Errors: Dictionary, Internal.
Status read_by_ocr(const PdfText& file, int index, PageContent& page);

}  // namespace pia

#endif  // PIA_INDEXER_OCR_H_
