// Small PDFs and zip archives, written by hand so that a test shows what it reads.

#ifndef PIA_TESTS_SUPPORT_TINY_FILES_H_
#define PIA_TESTS_SUPPORT_TINY_FILES_H_

#include <string>
#include <utility>
#include <vector>

namespace pia::test {

// A page being drawn. Coordinates are points from the top left corner; the page is 600 by 800.
// The font is named and not embedded: its characters reach the reader through poppler-data.
class PdfPage {
 public:
  PdfPage& text(double x, double y, const std::string& utf8, double size = 10);  // y: the baseline
  PdfPage& vertical(double x, double y, const std::string& utf8, double size = 10);
  PdfPage& box(double x, double y, double width, double height);  // stroked
  PdfPage& line(double x0, double y0, double x1, double y1);      // stroked
  PdfPage& thin(double x0, double y0, double x1, double y1);      // a filled rectangle
  PdfPage& raw(const std::string& instructions);
  const std::string& content() const { return content_; }
  int rotate = 0;

 private:
  std::string content_;
};

// The bytes of a PDF of these pages. With `form` the drawing of each page is in a form XObject.
std::string pdf(const std::vector<PdfPage>& pages, bool form = false);

// A zip archive whose members are stored, not compressed.
std::string zip(const std::vector<std::pair<std::string, std::string>>& members);

// A workbook of sheets: name and the inside of <worksheet>. `styles` is the inside of <styleSheet>,
// `strings` the shared strings.
std::string xlsx(const std::vector<std::pair<std::string, std::string>>& sheets,
                 const std::string& styles = {}, const std::vector<std::string>& strings = {});

}  // namespace pia::test

#endif  // PIA_TESTS_SUPPORT_TINY_FILES_H_
