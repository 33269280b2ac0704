// A source is one file as its reader saw it: lines, or rows of cells, each with the place that
// a reader can be sent to. Readers (source_text, source_html, source_pdf, source_xlsx) turn bytes
// into a Source; extract() turns a Source into an Assessment and knows no file format.

#ifndef PIA_INDEXER_SOURCE_H_
#define PIA_INDEXER_SOURCE_H_

#include <compare>
#include <string>
#include <utility>
#include <vector>

namespace pia {

// Where something stands in a source: lines of a text or HTML file, a page of a PDF, or a cell of
// a workbook. Exactly one of the three is set; a default Place is "nowhere".
struct Place {
  int first_line = 0;                     // 1-based; 0 if not a place in lines
  int last_line = 0;                      // inclusive, >= first_line
  std::vector<std::pair<int, int>> more;  // further pieces of a scattered value, in order
  int page = 0;                           // 1-based; 0 if not a place in a PDF
  bool ocr = false;                       // the page was read by OCR
  std::string sheet;                      // name of the workbook's sheet; empty if none
  std::string cell;                       // its address, e.g. "D12"

  bool empty() const { return first_line == 0 && page == 0 && sheet.empty(); }
  friend bool operator==(const Place&, const Place&) = default;
};

// The place that covers both; an empty one adds nothing. Lines that touch become one range,
// others go to `more`; for pages and cells the first place stays.
Place join(const Place& a, const Place& b);
void extend(Place& place, const Place& by);  // place = join(place, by). REQUIRES: by is not place

enum class SourceFormat { Text, Html, Pdf, Xlsx };

// How the content is laid out, told apart by looking.
enum class SourceLayout {
  Boxes,  // text of a PDF, box by box: only `lines` is filled
  Cells,  // label and value in cells: `rows` is filled (tab-separated text, HTML, PDF, workbook)
};

struct SourceLine {
  std::string text;  // UTF-8, without the line end; never re-encoded characters are lost
  Place place;
};

// One cell as a person sees it on paper. `text` is plain: tags of HTML inside are resolved, ticks
// of every notation (checkbox inputs, ○ 〇 レ ■ ☑ in brackets) are normalised to "[○]" and "[ ]",
// lines are separated by '\n'.
struct SourceCell {
  std::string text;
  Place place;
  int column = 0;  // 0-based, of the first column covered
  int column_span = 1;
  int row_span = 1;
  bool continued = false;  // goes on from the cell above over a page break
};

struct SourceRow {
  std::vector<SourceCell> cells;  // left to right; empty cells are kept
};

struct Source {
  SourceFormat format = SourceFormat::Text;
  SourceLayout layout = SourceLayout::Cells;
  std::string path;               // as given on the command line (archive members: "a.zip!/b.pdf")
  std::string sha256;             // of the file's bytes, lower-case hexadecimal
  std::string url;                // from the manifest; empty if unknown
  std::vector<SourceLine> lines;  // every line of a text or HTML source; of a PDF or workbook empty
  std::vector<SourceRow> rows;    // layout Cells only; in reading order
  std::vector<std::string> warnings;  // what the reader could not read (pages, encodings)
};

}  // namespace pia

#endif  // PIA_INDEXER_SOURCE_H_
