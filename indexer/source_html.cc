// A saved web page to rows. Table rows are rows, dt and dd are a row of two, and every other block
// (heading, paragraph, list item) is a row of one cell. Tables nest in two ways: a page's frame
// made of tables, which is walked through, and small tables inside a value (ticks side by side),
// which are the value's text. Menus and footers of the site are passed over.
//
// gumbo keeps for each element where it stood in the file; a cell's text is made from that piece
// of the file by html_cell_text(), so that ticks and <選択肢> are read as everywhere else.

#include <gumbo.h>

#include <algorithm>
#include <memory>

#include "indexer/cell_text.h"
#include "indexer/extract.h"
#include "indexer/source_reader.h"

namespace pia {
namespace {

constexpr int kDeepest = 400;  // deeper elements are read as plain text
constexpr int kFrameRows = 8;  // a table inside a cell with more rows is no value
constexpr int kMostSpan = 200;

bool is_element(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}
GumboTag tag_of(const GumboNode* node) {
  return is_element(node) ? node->v.element.tag : GUMBO_TAG_UNKNOWN;
}

std::vector<const GumboNode*> children_of(const GumboNode* node) {
  std::vector<const GumboNode*> out;
  if (!is_element(node)) return out;
  const GumboVector& list = node->v.element.children;
  for (unsigned i = 0; i < list.length; ++i)
    out.push_back(static_cast<const GumboNode*>(list.data[i]));
  return out;
}

bool is_unseen(const GumboNode* node) {
  if (node->type == GUMBO_NODE_COMMENT || node->type == GUMBO_NODE_TEMPLATE) return true;
  if (!is_element(node)) return false;
  switch (node->v.element.tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_IFRAME:
      return true;
    default:
      break;
  }
  if (gumbo_get_attribute(&node->v.element.attributes, "hidden")) return true;
  const GumboAttribute* style = gumbo_get_attribute(&node->v.element.attributes, "style");
  return style && std::string_view(style->value).find("display:none") != std::string_view::npos;
}

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
      return true;
    default:
      return false;
  }
}

class PageReader {
 public:
  PageReader(std::string_view html, Source& source) : html_(html), source_(source) {}

  void read(const GumboNode* root) {
    walk(root, 0);
    flush();
  }

 private:
  // Bytes of the file that a node came from.
  std::pair<std::size_t, std::size_t> extent(const GumboNode* node) const {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
        node->type == GUMBO_NODE_CDATA) {
      const std::size_t from = node->v.text.start_pos.offset;
      return {from, std::min(from + node->v.text.original_text.length, html_.size())};
    }
    if (!is_element(node)) return {0, 0};
    const GumboElement& element = node->v.element;
    std::size_t from = element.start_pos.offset,
                to = element.end_pos.offset + element.original_end_tag.length;
    if (!element.original_tag.data) {  // made up by the parser (tbody): its children's extent
      from = html_.size(), to = 0;
      for (const GumboNode* child : children_of(node)) {
        const auto [a, b] = extent(child);
        if (a < b) from = std::min(from, a), to = std::max(to, b);
      }
    } else {
      to = std::max(to, from + element.original_tag.length);
    }
    to = std::min(to, html_.size());
    return {std::min(from, to), to};
  }

  Place place(std::size_t from, std::size_t to) {
    Place place;
    place.first_line = line_at(from), place.last_line = line_at(to > from ? to - 1 : to);
    return place;
  }

  int line_at(std::size_t offset) {
    if (starts_.empty()) {
      starts_.push_back(0);
      for (std::size_t i = 0; i < html_.size(); ++i) {
        if (html_[i] == '\n') starts_.push_back(i + 1);
      }
    }
    return static_cast<int>(std::ranges::upper_bound(starts_, offset) - starts_.begin());
  }

  // The tightest cell: white space at the ends of the piece belongs to no line of the value.
  SourceCell cell_of(std::size_t from, std::size_t to, int column) {
    SourceCell cell;
    cell.text = normalise_ticks(html_cell_text(html_.substr(from, to - from)));
    cell.place = place(from, to);
    cell.column = column;
    return cell;
  }

  void flush() {
    if (inline_from_ < inline_to_) {
      SourceCell cell = cell_of(inline_from_, inline_to_, 0);
      if (!cell.text.empty()) source_.rows.push_back({{std::move(cell)}});
    }
    inline_from_ = inline_to_ = 0;
  }

  void add_inline(const GumboNode* node) {
    const auto [from, to] = extent(node);
    if (from >= to) return;
    if (inline_from_ >= inline_to_) {
      if (node->type == GUMBO_NODE_WHITESPACE) return;
      inline_from_ = from;
    }
    inline_to_ = std::max(inline_to_, to);
  }

  bool holds_block(const GumboNode* node, int depth) const {
    if (depth > kDeepest) return false;
    return std::ranges::any_of(children_of(node), [&](const GumboNode* child) {
      return is_block(tag_of(child)) || holds_block(child, depth + 1);
    });
  }

  void walk(const GumboNode* node, int depth) {
    for (const GumboNode* child : children_of(node)) {
      if (is_unseen(child)) {
        flush();
        continue;
      }
      const GumboTag tag = tag_of(child);
      const bool block = is_block(tag) || (is_element(child) && holds_block(child, depth));
      if (!block) {
        add_inline(child);
        continue;
      }
      flush();
      if (tag == GUMBO_TAG_TABLE && depth < kDeepest)
        table(child, depth + 1);
      else if (tag == GUMBO_TAG_DL && depth < kDeepest)
        definitions(child, depth + 1);
      else if (depth < kDeepest && holds_block(child, depth))
        walk(child, depth + 1);
      else
        add_inline(child);
      flush();
    }
  }

  // A list inside a dd has rows of three: the outer term, in its first row only, as a label that
  // spans rows has in a table.
  //   <dt>④使用の主体<dd><dl><dt>使用部署<dd>市民課<dt>使用者数<dd>…</dl>
  void definitions(const GumboNode* list, int depth, SourceRow outer = {}) {
    SourceRow row;
    const auto put = [&] {
      if (row.cells.empty()) return;
      SourceRow whole = outer;
      for (SourceCell& cell : row.cells) {
        cell.column = static_cast<int>(whole.cells.size());
        whole.cells.push_back(std::move(cell));
      }
      for (SourceCell& cell : outer.cells) cell.text.clear();
      source_.rows.push_back(std::move(whole)), row = {};
    };
    for (const GumboNode* item : children_of(list)) {
      const GumboTag tag = tag_of(item);
      if (tag == GUMBO_TAG_DIV) {  // a group of terms
        put();
        definitions(item, depth, outer);
        continue;
      }
      if (tag != GUMBO_TAG_DT && tag != GUMBO_TAG_DD) {
        if (is_element(item) && !is_unseen(item)) walk(item, depth);
        continue;
      }
      if (tag == GUMBO_TAG_DT) put();
      if (const GumboNode* inner = tag == GUMBO_TAG_DD ? only_list(item) : nullptr;
          inner && depth < kDeepest) {
        SourceRow terms = outer;
        for (SourceCell& cell : row.cells) {
          cell.column = static_cast<int>(terms.cells.size());
          terms.cells.push_back(std::move(cell));
        }
        row = {};
        definitions(inner, depth + 1, std::move(terms));
        continue;
      }
      const auto [from, to] = extent(item);
      row.cells.push_back(cell_of(from, to, static_cast<int>(row.cells.size())));
    }
    put();
  }

  // The list that is all of a dd; nullptr if there is other text.
  static const GumboNode* only_list(const GumboNode* item) {
    const GumboNode* list = nullptr;
    for (const GumboNode* child : children_of(item)) {
      if (child->type == GUMBO_NODE_WHITESPACE || is_unseen(child)) continue;
      if (tag_of(child) != GUMBO_TAG_DL || list) return nullptr;
      list = child;
    }
    return list;
  }

  static void rows_in(const GumboNode* node, std::vector<const GumboNode*>& rows) {
    for (const GumboNode* child : children_of(node)) {
      const GumboTag tag = tag_of(child);
      if (tag == GUMBO_TAG_TR)
        rows.push_back(child);
      else if (tag == GUMBO_TAG_TBODY || tag == GUMBO_TAG_THEAD || tag == GUMBO_TAG_TFOOT)
        rows_in(child, rows);
    }
  }

  static int rows_of_inner_tables(const GumboNode* node, int depth) {
    int most = 0;
    for (const GumboNode* child : children_of(node)) {
      if (depth > kDeepest) break;
      if (tag_of(child) == GUMBO_TAG_TABLE) {
        std::vector<const GumboNode*> rows;
        rows_in(child, rows);
        most = std::max(most, static_cast<int>(rows.size()));
      }
      most = std::max(most, rows_of_inner_tables(child, depth + 1));
    }
    return most;
  }

  static int span(const GumboNode* cell, const char* name) {
    const GumboAttribute* attribute = gumbo_get_attribute(&cell->v.element.attributes, name);
    return attribute ? std::clamp(std::atoi(attribute->value), 1, kMostSpan) : 1;
  }

  void table(const GumboNode* node, int depth) {
    for (const GumboNode* child : children_of(node)) {
      if (tag_of(child) == GUMBO_TAG_CAPTION) add_inline(child), flush();
    }
    std::vector<const GumboNode*> rows;
    rows_in(node, rows);
    std::vector<std::pair<int, Place>> tall;  // by column: rows that a cell above still covers
    for (const GumboNode* row : rows) table_row(row, tall, depth);
  }

  void table_row(const GumboNode* node, std::vector<std::pair<int, Place>>& tall, int depth) {
    std::vector<const GumboNode*> cells;
    for (const GumboNode* child : children_of(node)) {
      if (tag_of(child) == GUMBO_TAG_TD || tag_of(child) == GUMBO_TAG_TH) cells.push_back(child);
    }
    SourceRow row;
    std::size_t column = 0;
    const auto skip_covered = [&] {
      for (bool first = true; column < tall.size() && tall[column].first > 0;
           ++column, first = false) {
        --tall[column].first;
        if (!first && row.cells.size() && row.cells.back().text.empty() &&
            tall[column].second == tall[column - 1].second)
          continue;
        row.cells.push_back({{}, tall[column].second, static_cast<int>(column), 1, 1, false});
      }
    };
    bool filled = false;
    for (const GumboNode* cell : cells) {
      skip_covered();
      const int inner = rows_of_inner_tables(cell, 0);
      const bool frame = inner > kFrameRows || (inner > 0 && cells.size() == 1);
      const auto [from, to] = extent(cell);
      if (frame) {
        if (filled) source_.rows.push_back(std::move(row));
        row = {}, filled = false;
        walk(cell, depth + 1);
        flush();
        continue;
      }
      SourceCell out = cell_of(from, to, static_cast<int>(column));
      out.column_span = span(cell, "colspan"), out.row_span = span(cell, "rowspan");
      const auto end = column + static_cast<std::size_t>(out.column_span);
      if (out.row_span > 1) {
        if (tall.size() < end) tall.resize(end);
        for (std::size_t c = column; c < end; ++c) tall[c] = {out.row_span - 1, out.place};
      }
      column = end;
      filled |= !out.text.empty();
      row.cells.push_back(std::move(out));
    }
    skip_covered();
    if (filled) source_.rows.push_back(std::move(row));
  }

  std::string_view html_;
  Source& source_;
  std::vector<std::size_t> starts_;  // of lines
  std::size_t inline_from_ = 0, inline_to_ = 0;
};

}  // namespace

Result<Source> read_html_source(std::string_view bytes) {
  auto text = read_text_source(bytes, {});
  if (!text) return text.error();
  Source source;
  source.format = SourceFormat::Html, source.layout = SourceLayout::Cells;
  source.lines = std::move(text->lines);
  std::string html;
  for (const SourceLine& line : source.lines) html += line.text + '\n';
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  const auto destroy = [&](GumboOutput* output) { gumbo_destroy_output(&options, output); };
  const std::unique_ptr<GumboOutput, decltype(destroy)> output(
      gumbo_parse_with_options(&options, html.data(), html.size()), destroy);
  PageReader(html, source).read(output->root);
  if (source.rows.empty()) return Error{ErrorCode::SourceEmpty, "the page shows no text", {}, 0, 0};
  return source;
}

}  // namespace pia
