// PDF to rows. poppler tells the characters, qpdf the rules; page_lattice.cc and page_text.cc put
// them together. Here pages become one run of rows: what stands in no cell are rows of their own,
// a cell that a page break cut is whole again, and titles printed anew on each page count once.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "dicts/japanese_date.h"
#include "dicts/utf8.h"
#include "indexer/ocr.h"
#include "indexer/pdf_drawing.h"
#include "indexer/pdf_text.h"
#include "indexer/source_reader.h"

namespace pia {
namespace {

constexpr double kSame = 4.0;          // points: one column on two pages
constexpr std::size_t kTable = 4;      // a row of more columns than label and value blocks have
constexpr std::size_t kShortHead = 6;  // characters; a shorter head (Ⅱ) is no text of its own
constexpr std::size_t kMostGlyphs = 60'000;  // of one page; a full one has some 3,000

Place on_page(int number, bool ocr) {
  Place place;
  place.page = number, place.ocr = ocr;
  return place;
}

// "（３）原因", "２　再発防止策", "・…": no line goes on like this.
bool begins_item(std::string_view line) {
  std::size_t at = 0;
  const char32_t first = utf8::next(line, at);
  static constexpr std::u32string_view kMarks = U"・･※【＜<〈■□○●◆[［※";
  const auto is_number = [](char32_t c) {
    return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
  };
  if (kMarks.find(first) != std::u32string_view::npos || (first >= 0x2460 && first <= 0x2473))
    return true;
  if (first != U'（' && first != U'(' && !is_number(first)) return false;
  char32_t c = at < line.size() ? utf8::next(line, at) : 0;
  if (!is_number(first) && !is_number(c)) return false;
  while (is_number(c) && at < line.size()) c = utf8::next(line, at);
  return c == U'）' || c == U')' || c == U'．' || c == U'.' || c == U'　' || c == U' ' ||
         c == U'、';
}

// Lines that the page's width broke are one paragraph again.
std::vector<LooseLine> paragraphs(std::vector<LooseLine> lines) {
  double right = 0;
  for (const LooseLine& line : lines) right = std::max(right, line.box.x1);
  std::vector<LooseLine> out;
  for (LooseLine& line : lines) {
    const double size = line.box.height();
    const bool goes_on = !out.empty() && out.back().pieces.size() == 1 && line.pieces.size() == 1 &&
                         !begins_item(line.pieces[0]) && !out.back().pieces[0].ends_with("。") &&
                         right - out.back().box.x1 < 1.8 * size &&
                         out.back().box.width() > 20 * size &&
                         line.box.y0 - out.back().box.y1 < 0.9 * size &&
                         std::abs(line.box.height() - out.back().box.height()) < 0.3 * size;
    if (!goes_on) {
      out.push_back(std::move(line));
      continue;
    }
    out.back().pieces[0] += line.pieces[0];
    out.back().box = {std::min(out.back().box.x0, line.box.x0), out.back().box.y1 - size,
                      line.box.x1, line.box.y1};
  }
  return out;
}

// A cell that the end of a page may have cut, and where its text is.
struct OpenCell {
  std::size_t row, cell;  // in the source
  std::vector<Glyph> glyphs;
  Box box;
};

class Pages {
 public:
  explicit Pages(Source& source) : source_(source) {}

  void add(PageContent page, bool ocr) {
    tidy(page);
    drop_known_head(page);
    Lattice lattice = find_cells(page);
    std::erase_if(lattice.cells, [](const LatticeCell& cell) {
      return cell.glyphs.empty() && !cell.open_top && !cell.open_bottom &&
             (cell.box.width() < 4 || cell.box.height() < 4);
    });
    place_ = on_page(page.number, ocr);
    std::vector<LooseLine> loose = paragraphs(loose_lines(std::move(lattice.outside)));
    std::vector<OpenCell> open;
    const auto rows = rows_of(lattice);
    std::size_t next = 0;
    bool first = true;
    note_running_line(loose, rows);
    for (const auto& row : rows) {
      for (; next < loose.size() && loose[next].box.mid_y() < row.front()->box.y0; ++next)
        add_line(loose[next]);
      if (first && is_repeated_title(row)) {
        title_repeated_ = true;
        continue;
      }
      if (!first || !goes_on(row)) add_row(row, lattice, first, open);
      first = false, title_repeated_ = false;
    }
    for (; next < loose.size(); ++next) add_line(loose[next]);
    if (!rows.empty()) open_ = std::move(open);
    titles_before_ = std::move(titles_);
    titles_.clear();
  }

  // Takes out running heads: what stands above the table at one height on most pages (the form's
  // name, the sheet's name). Words of some length stay where they come first, as text.
  void drop_running_heads() {
    std::vector<std::size_t> drop;
    std::set<std::string> seen;
    for (const RunningLine& line : running_) {
      const auto same_height = std::ranges::count_if(
          running_, [&](const RunningLine& other) { return std::abs(other.y - line.y) < 2; });
      if (same_height < 2 || (same_height + dropped_) * 2 < ruled_pages_) continue;
      if (same_height + dropped_ < 3) continue;
      const std::string& text = source_.rows[line.row].cells[0].text;
      if (utf8::length(text) < kShortHead || !seen.insert(text).second) drop.push_back(line.row);
    }
    for (std::size_t i = drop.size(); i-- > 0;)
      source_.rows.erase(source_.rows.begin() + static_cast<std::ptrdiff_t>(drop[i]));
  }

 private:
  using Row = std::vector<const LatticeCell*>;

  // A head at the height of two before it, that is as short or repeats one: before the cells are
  // found, since a cell that goes on from the page before is open towards it.
  void drop_known_head(PageContent& page) {
    double table = page.height;
    for (const Rule& rule : page.rules) table = std::min(table, rule.box.y0);
    std::vector<Glyph> head, rest;
    for (const Glyph& glyph : page.glyphs) {
      const bool at_height =
          glyph.box.y1 < table && std::ranges::count_if(running_, [&](const RunningLine& line) {
                                    return std::abs(line.y - glyph.box.mid_y()) < 2;
                                  }) >= 2;
      (at_height ? head : rest).push_back(glyph);
    }
    if (head.empty() || page.rules.empty()) return;
    const std::vector<LooseLine> lines = loose_lines(head);
    if (lines.size() != 1 || lines[0].pieces.size() != 1) return;
    const std::string& text = lines[0].pieces[0];
    const bool known = std::ranges::any_of(running_, [&](const RunningLine& line) {
      return source_.rows[line.row].cells[0].text == text;
    });
    if (known || utf8::length(text) < kShortHead) page.glyphs = std::move(rest), ++dropped_;
  }

  // The only line above the first ruled row, if something parts it from that.
  void note_running_line(const std::vector<LooseLine>& loose, const std::vector<Row>& rows) {
    if (rows.empty()) return;
    ++ruled_pages_;
    const double table = rows.front().front()->box.y0;
    if (loose.empty() || loose[0].box.y1 > table - loose[0].box.height()) return;
    if (loose.size() > 1 && loose[1].box.mid_y() < table) return;
    running_.push_back({source_.rows.size(), loose[0].box.mid_y()});
  }

  static std::vector<Row> rows_of(const Lattice& lattice) {
    std::vector<Row> rows;
    for (const LatticeCell& cell : lattice.cells) {
      if (rows.empty() || rows.back().front()->row != cell.row) rows.push_back({});
      rows.back().push_back(&cell);
    }
    return rows;
  }

  void add_line(const LooseLine& line) {
    SourceRow row;
    for (std::size_t i = 0; i < line.pieces.size(); ++i) {
      row.cells.push_back({line.pieces[i], place_, static_cast<int>(i), 1, 1, false});
    }
    source_.rows.push_back(std::move(row));
  }

  static std::string texts(const Row& row) {
    std::string all;
    for (const LatticeCell* cell : row) all += text_of(cell->glyphs, cell->clip) + '\t';
    return all;
  }

  // The head of a long table is printed again on every page.
  bool is_repeated_title(const Row& row) {
    if (row.size() < kTable || titles_before_.empty()) return false;
    if (std::ranges::any_of(row, [](const LatticeCell* cell) { return cell->glyphs.empty(); }))
      return false;
    // Changes may repeat word for word; a head has no date.
    if (parse_date(text_of(row.front()->glyphs, row.front()->clip))) return false;
    const std::string all = texts(row);
    if (std::ranges::find(titles_before_, all) == titles_before_.end()) return false;
    titles_.push_back(all);
    return true;
  }

  // A row at the top of a page whose first cell is blank, in the columns of the last row before:
  // the same row, cut by the page break, even if both halves are closed by rules. In a block of
  // labels every label must be blank.
  bool goes_on(const Row& row) {
    if (last_.empty() || row.size() != last_.size() || row.size() < 2 ||
        !row.front()->glyphs.empty())
      return false;
    if (row.front()->open_top && !title_repeated_) return false;  // cut_cell() sees to it
    std::size_t filled = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (std::abs(row[i]->box.x0 - last_[i].box.x0) > kSame ||
          std::abs(row[i]->box.x1 - last_[i].box.x1) > kSame)
        return false;
      filled += !row[i]->glyphs.empty();
    }
    const bool table = row.size() >= kTable;
    if (filled == 0 || (!table && (filled > 1 || row.back()->glyphs.empty()))) return false;
    for (std::size_t i = 0; i < row.size(); ++i) {
      give_back(last_[i], *row[i]);
    }
    return true;
  }

  OpenCell* cut_cell(const LatticeCell& cell) {
    const auto it = std::ranges::find_if(open_, [&](const OpenCell& open) {
      return std::abs(open.box.x0 - cell.box.x0) < kSame &&
             std::abs(open.box.x1 - cell.box.x1) < kSame;
    });
    return it == open_.end() ? nullptr : &*it;
  }

  // Gives what was cut off back to the cell of the page before.
  void give_back(OpenCell& open, const LatticeCell& cell) {
    // Nothing was drawn above the cut: the text is on this page.
    if (open.glyphs.empty()) source_.rows[open.row].cells[open.cell].place = place_;
    append_cut(open.glyphs, open.box, cell.glyphs, cell.clip);
    source_.rows[open.row].cells[open.cell].text = text_of(open.glyphs, open.box);
  }

  // In a table of changes two rows may meet at the page break, and then nothing is ruled there
  // either: both begin with a date, and another cell does not show the same lines on both pages.
  bool begins_new_row(const Row& row) {
    if (row.size() < kTable) return false;
    const auto is_date = [](const std::vector<Glyph>& glyphs, const Box& box) {
      const std::string text = text_of(glyphs, box);
      return parse_date(text).has_value();
    };
    const OpenCell* before = cut_cell(*row.front());
    if (!before || !is_date(row.front()->glyphs, row.front()->clip) ||
        !is_date(before->glyphs, before->box))
      return false;
    // Where a cut cell is drawn on both pages, every cell of the row is.
    return std::any_of(row.begin() + 1, row.end(), [&](const LatticeCell* cell) {
      const OpenCell* above = cut_cell(*cell);
      const bool both = above && !above->glyphs.empty() && !cell->glyphs.empty();
      return both && !share_lines(above->glyphs, cell->glyphs,
                                  std::min<std::size_t>(4, cell->glyphs.size()));
    });
  }

  void add_row(const Row& row, const Lattice& lattice, bool first, std::vector<OpenCell>& open) {
    SourceRow out;
    bool all_cut = true;
    struct Made {
      const LatticeCell* cell;
      std::size_t index;
      OpenCell* from;
    };
    std::vector<Made> made;
    // A cell that spans rows above this one is an empty cell here, so that columns line up.
    for (const LatticeCell& tall : lattice.cells) {
      const bool spans = tall.row < row.front()->row && tall.row + tall.row_span > row.front()->row;
      if (!spans || tall.box.x0 > row.front()->box.x0) continue;
      out.cells.push_back({{}, place_, tall.column, tall.column_span, 1, false});
    }
    const bool is_new = first && begins_new_row(row);
    for (const LatticeCell* cell : row) {
      const bool top = first && (cell->open_top || title_repeated_) && !is_new;
      OpenCell* cut = top ? cut_cell(*cell) : nullptr;
      std::string text;
      if (cut)
        give_back(*cut, *cell);
      else
        text = text_of(cell->glyphs, cell->clip);
      all_cut = all_cut && (cut || text.empty());
      made.push_back({cell, out.cells.size(), cut});
      out.cells.push_back(
          {text, place_, cell->column, cell->column_span, cell->row_span, cut != nullptr});
    }
    const bool dropped = all_cut && std::ranges::any_of(made, [](const Made& m) { return m.from; });
    for (const Made& m : made) {
      if (!m.cell->open_bottom) continue;
      if (m.from)
        open.push_back(*m.from);
      else if (!dropped)
        open.push_back({source_.rows.size(), m.index, m.cell->glyphs, m.cell->clip});
    }
    if (dropped) return;
    if (std::ranges::all_of(out.cells, [](const SourceCell& cell) { return cell.text.empty(); }) &&
        open.empty())
      return;
    last_.clear();
    for (const Made& m : made)
      last_.push_back({source_.rows.size(), m.index, m.cell->glyphs, m.cell->clip});
    if (row.size() >= kTable) titles_.push_back(texts(row));
    if (titles_.size() > 4) titles_.erase(titles_.begin() + 2, titles_.end() - 2);
    source_.rows.push_back(std::move(out));
  }

  Source& source_;
  Place place_;
  std::vector<OpenCell> open_;  // of the page before
  std::vector<OpenCell> last_;  // every cell of the last row
  std::vector<std::string> titles_, titles_before_;
  bool title_repeated_ = false;
  struct RunningLine {
    std::size_t row;  // in the source
    double y;
  };
  std::vector<RunningLine> running_;
  int ruled_pages_ = 0, dropped_ = 0;
};

// Pages by what can be read of them.
struct Tally {
  std::vector<int> scanned, unreadable;
  std::size_t japanese = 0, other = 0;
};

void count(const std::vector<Glyph>& glyphs, Tally& tally) {
  for (const Glyph& glyph : glyphs) ++(glyph.character >= 0x2E80 ? tally.japanese : tally.other);
}

std::string listed(const std::vector<int>& pages) {
  std::string out;
  for (std::size_t i = 0; i < pages.size() && i < 20; ++i)
    out += (i ? ", " : "") + std::to_string(pages[i]);
  return out + (pages.size() > 20 ? " …" : "");
}

Error unreadable(const Tally& tally, int pages) {
  if (!tally.scanned.empty()) {
    return {
        ErrorCode::SourceUnsupported,
        fmt::format("a scan: its {} pages are pictures without a text layer; read it with --ocr",
                    pages),
        {},
        0,
        0};
  }
  if (!tally.unreadable.empty()) {
    return {ErrorCode::SourceUnsupported,
            "its fonts do not say which characters they draw (no ToUnicode), so it has no text; "
            "read it with --ocr",
            {},
            0,
            0};
  }
  return {ErrorCode::SourceEmpty, "the PDF's pages are blank", {}, 0, 0};
}

}  // namespace

Result<Source> read_pdf_source(std::string_view bytes, const ReadOptions& options) {
  auto drawing = PdfDrawing::open(bytes, options.limits);
  if (!drawing) return drawing.error();
  auto text = PdfText::open(bytes);
  if (!text) return text.error();

  Source source;
  source.format = SourceFormat::Pdf, source.layout = SourceLayout::Cells;
  Pages pages(source);
  Tally tally;
  for (int i = 0; i < drawing->page_count(); ++i) {
    auto drawn = drawing->page(i);
    if (!drawn) return drawn.error();
    PageContent page{i + 1, drawn->width, drawn->height, text->glyphs(i), std::move(drawn->rules)};
    if (page.glyphs.size() > kMostGlyphs) {
      return Error{ErrorCode::SourceTooBig,
                   fmt::format("page {} has {} characters", i + 1, page.glyphs.size()),
                   {},
                   i + 1,
                   0};
    }
    attach_clips(page.glyphs, std::move(drawn->runs));
    bool ocr = false;
    const bool textless = page.glyphs.size() < 3 && (drawn->images || drawn->text_bytes > 20);
    if (textless && options.ocr) {
      auto read = read_by_ocr(*text, i, page);
      if (!read) return read.error();
      ocr = true;
    } else if (textless) {
      (drawn->text_bytes > 20 ? tally.unreadable : tally.scanned).push_back(i + 1);
    }
    count(page.glyphs, tally);
    pages.add(std::move(page), ocr);
  }
  pages.drop_running_heads();
  if (Status whole = drawing->check_streams(); !whole) return whole.error();
  if (tally.japanese + tally.other == 0) return unreadable(tally, drawing->page_count());
  if (!tally.scanned.empty()) {
    source.warnings.push_back(
        "文字の無い頁があり、その記載は含まれません（走査画像。--ocr で読めます）: " +
        listed(tally.scanned) + "頁");
  }
  if (!tally.unreadable.empty()) {
    source.warnings.push_back(
        "文字を取り出せない頁があり、その記載は含まれません（フォントに ToUnicode がありません。"
        "--ocr で読めます）: " +
        listed(tally.unreadable) + "頁");
  }
  if (tally.japanese * 4 < tally.other) {
    source.warnings.push_back(
        "日本語の文字がほとんど取り出せません（フォントに ToUnicode が無い可能性があります）");
  }
  return source;
}

}  // namespace pia
