// What a PDF page draws besides text: its rules, through qpdf. Also the one place that judges
// whether a PDF is whole: a file that qpdf has to mend was cut off or altered on its way.

#ifndef PIA_INDEXER_PDF_DRAWING_H_
#define PIA_INDEXER_PDF_DRAWING_H_

#include <memory>
#include <string_view>
#include <vector>

#include "dicts/result.h"
#include "indexer/page_layout.h"
#include "indexer/source_reader.h"

namespace pia {

struct PageDrawing {
  double width = 0, height = 0;  // as shown: the crop box, turned
  std::vector<Rule> rules;
  std::vector<TextRun> runs;
  bool images = false;         // paints at least one
  std::size_t text_bytes = 0;  // of the strings that it shows
};

class PdfDrawing {
 public:
  // `bytes` must outlive it. Errors: SourceDamaged (cut off, altered, password), SourceTooBig.
  static Result<PdfDrawing> open(std::string_view bytes, const ReadLimits& limits);

  PdfDrawing(PdfDrawing&&) noexcept;
  ~PdfDrawing();

  int page_count() const;

  // 0-based. Errors: SourceDamaged if its instructions cannot be unpacked, SourceTooBig.
  Result<PageDrawing> page(int index);

  // After all pages: whether anything else that a page needs (fonts, pictures) is damaged.
  Status check_streams();

 private:
  struct Impl;
  explicit PdfDrawing(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The interpreter behind page(): the drawing instructions of a page as plain bytes. `forms` gives
// the instructions and matrix of a form XObject by name, or nullptr.
struct Matrix {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
};
Matrix operator*(const Matrix& first, const Matrix& then);

class DrawingReader {
 public:
  DrawingReader(Matrix page, PageDrawing& out)
      : out_(out), state_{page, false, false, 1, {-1e9, -1e9, 1e9, 1e9}} {}
  virtual ~DrawingReader() = default;

  void run(std::string_view content);

 protected:
  // Called for `Do`; the base class counts nothing and draws nothing.
  virtual void paint_object(std::string_view name) { (void)name; }
  void run_inside(std::string_view content, const Matrix& matrix);
  PageDrawing& out_;

 private:
  struct State {
    Matrix matrix;
    bool white_fill = false, white_stroke = false;
    double line_width = 1;
    Box clip;
  };
  struct Point {
    double x, y;
  };
  struct Path {
    std::vector<Point> points;
    bool curved = false, closed = false;
  };
  void apply(std::string_view op);
  bool apply_text(std::string_view op);
  void clip();
  void show_text();
  double number(std::size_t from_end) const;
  void paint(bool fill, bool stroke);
  void add_filled(const Path& path);
  void add_stroked(const Path& path);
  void add_line(Point a, Point b);
  bool is_white() const;
  void move_to(Point p);
  void line_to(Point p);
  Point shown(double x, double y) const;

  State state_;
  Matrix text_line_;  // where the current line of text begins
  double leading_ = 0;
  bool clip_next_ = false;  // the path being built becomes a clip
  std::vector<State> saved_;
  std::vector<Path> paths_;
  std::vector<double> numbers_;
  std::string_view name_;
};

}  // namespace pia

#endif  // PIA_INDEXER_PDF_DRAWING_H_
