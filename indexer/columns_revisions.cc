#include "indexer/columns_revisions.h"

#include <utility>

#include "indexer/columns_heads.h"
#include "indexer/columns_parts.h"
#include "indexer/columns_words.h"
#include "indexer/values.h"

namespace pia::columns {
namespace {

class Table {
 public:
  Table(const std::vector<Line>& lines, std::size_t begin) : lines_(lines), at_(begin) {}

  std::vector<SourceRow> read(std::size_t& end) {
    const std::size_t head_begin = at_;
    while (!main_heads(lines_[at_])) ++at_;
    std::size_t first = 0;
    head_lines(lines_, at_, first, at_);
    heads_ = read_heads(lines_, head_begin, at_);
    emit_heads();
    const std::vector<std::size_t> body = body_lines();
    columns_.measure(lines_, body);
    for (const std::size_t i : body) table_.push_back(read_line(lines_[i]));
    end = at_;
    std::vector<std::size_t> begins = part_rows(table_);
    if (begins.empty() && !table_.empty()) begins = {0, table_.size()};
    for (std::size_t k = 0; k + 1 < begins.size(); ++k) emit(begins[k], begins[k + 1]);
    return std::move(rows_);
  }

 private:
  void emit_heads() {
    SourceRow row;
    for (std::size_t k = 0; k < kHeads; ++k) {
      SourceCell cell;
      cell.column = static_cast<int>(k);
      cell.text = heads_[k].text;
      cell.place = heads_[k].place;
      row.cells.push_back(std::move(cell));
    }
    rows_.push_back(std::move(row));
  }

  // Page by page: the same column may begin elsewhere, and the heads may be printed again.
  std::vector<std::size_t> body_lines() {
    std::vector<std::size_t> body;
    while (at_ < lines_.size()) {
      std::size_t page_end = at_;
      while (page_end < lines_.size() && lines_[page_end].page == lines_[at_].page) ++page_end;
      Heads heads = heads_;
      std::size_t from = at_;
      for (std::size_t i = at_; i < page_end; ++i) {
        if (!main_heads(lines_[i])) continue;
        std::size_t head_begin = 0, head_end = 0;
        head_lines(lines_, i, head_begin, head_end);
        heads = read_heads(lines_, head_begin, head_end);
        from = head_end;
        break;
      }
      const Starts& start = columns_.starts()[lines_[at_].page] =
          column_starts(lines_, from, page_end, heads);
      for (std::size_t i = from; i < page_end; ++i) {
        if (lines_[i].words.empty()) continue;
        // Words in the column of dates that are no date: the table has ended.
        const Word& first = lines_[i].words.front();
        if (first.begin + 6 < start[kItem] && !date_piece(first.text)) {
          at_ = i;
          return body;
        }
        body.push_back(i);
      }
      at_ = page_end;
    }
    return body;
  }

  TableLine read_line(const Line& source) const {
    const std::vector<std::size_t> columns = columns_.columns_of(source);
    TableLine line;
    line.line = source.number;
    line.page = source.page;
    for (std::size_t w = 0; w < source.words.size(); ++w) {
      std::string& cell = line.cells[columns[w]];
      if (!cell.empty()) cell += ' ';
      cell += source.words[w].text;
    }
    return line;
  }

  void emit(std::size_t begin, std::size_t end) {
    SourceRow row;
    for (std::size_t k = 0; k < kHeads; ++k) {
      SourceCell cell;
      cell.column = static_cast<int>(k);
      for (std::size_t i = begin; i < end; ++i) {
        const std::string& text = table_[i].cells[k];
        if (text.empty()) continue;
        if (!cell.text.empty()) cell.text += '\n';
        cell.text += text;
        Place place;
        place.first_line = place.last_line = table_[i].line;
        cell.place = join(cell.place, place);
      }
      row.cells.push_back(std::move(cell));
    }
    rows_.push_back(std::move(row));
  }

  const std::vector<Line>& lines_;
  std::size_t at_;
  Heads heads_;
  WordColumns columns_;
  std::vector<TableLine> table_;
  std::vector<SourceRow> rows_;
};

}  // namespace

std::size_t find_table(const std::vector<Line>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!main_heads(lines[i]) || !only_heads(lines[i])) continue;
    std::size_t from = 0, to = 0;
    head_lines(lines, i, from, to);
    return from;
  }
  return lines.size();
}

std::vector<SourceRow> read_table(const std::vector<Line>& lines, std::size_t begin,
                                  std::size_t& end) {
  return Table(lines, begin).read(end);
}

}  // namespace pia::columns
