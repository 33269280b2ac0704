// <v:shape id="_x0000_s1025"><v:textbox>紙</v:textbox><x:ClientData ObjectType="Checkbox">
//   <x:Anchor>2, 5, 7, 3, 4, 0, 8, 2</x:Anchor> <x:Checked>1</x:Checked> …
// The anchor is column, pixels, row, pixels of the upper left corner and of the lower right one.

#include "indexer/xlsx_controls.h"

#include <array>
#include <cstring>
#include <pugixml.hpp>

#include "indexer/cell_text.h"

namespace pia {
namespace {

bool is(pugi::xml_node node, const char* name) {
  const char* colon = std::strchr(node.name(), ':');
  return std::strcmp(colon ? colon + 1 : node.name(), name) == 0;
}

std::string words_of(pugi::xml_node node) {
  if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) return node.value();
  std::string text;
  for (pugi::xml_node part : node.children()) text += words_of(part);
  return text;
}

std::string trimmed(std::string text) {
  const auto first = text.find_first_not_of(" \r\n\t");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \r\n\t") - first + 1);
}

bool read_anchor(const std::string& text, FormControl& control) {
  std::array<double, 8> n{};
  const char* at = text.c_str();
  for (double& value : n) {
    char* end = nullptr;
    value = std::strtod(at, &end);
    if (end == at || value < 0 || value > 1e6) return false;
    at = end + std::strspn(end, ", \r\n\t");
  }
  control.column = static_cast<int>(n[0]), control.dx = n[1];
  control.row = static_cast<int>(n[2]), control.dy = n[3];
  control.last_column = static_cast<int>(n[4]), control.last_dx = n[5];
  control.last_row = static_cast<int>(n[6]), control.last_dy = n[7];
  return true;
}

bool read_shape(pugi::xml_node shape, FormControl& control) {
  if (std::strstr(shape.attribute("style").value(), "visibility:hidden")) return false;
  const std::string_view id = shape.attribute("id").value();
  const std::size_t digits = id.find_last_not_of("0123456789");
  control.shape = std::atoi(std::string(id.substr(digits + 1)).c_str());
  bool box = false, placed = false;
  for (pugi::xml_node part : shape.children()) {
    if (is(part, "textbox")) control.caption = trimmed(words_of(part));
    if (!is(part, "ClientData")) continue;
    const std::string_view type = part.attribute("ObjectType").value();
    box = type == "Checkbox" || type == "Radio";
    for (pugi::xml_node fact : part.children()) {
      if (is(fact, "Anchor")) placed = read_anchor(fact.text().get(), control);
      if (is(fact, "Checked")) control.checked = fact.text().as_int() == 1;
      if (is(fact, "FmlaLink")) control.link = trimmed(fact.text().get());
    }
  }
  return box && placed;
}

double size_of(const std::map<int, double>& sizes, int index, double usual) {
  const auto own = sizes.find(index);
  return own == sizes.end() ? usual : own->second;
}

// 1-based. The row that most of the control lies in; the column where its box is, at its left.
std::pair<int, int> spot_of(const FormControl& c, const SheetMetrics& m) {
  int row = c.row + 1, column = c.column + 1;
  if (c.last_row > c.row) {
    double most = size_of(m.rows, row, m.row) - c.dy;
    for (int r = c.row + 2; r <= c.last_row + 1 && r <= c.row + 20; ++r) {
      const double share = r == c.last_row + 1 ? c.last_dy : size_of(m.rows, r, m.row);
      if (share > most) most = share, row = r;
    }
  }
  constexpr double kBox = 8;  // the middle of the drawn box is that far from the left
  if (c.dx + kBox > size_of(m.columns, column, m.column) && c.last_column > c.column) ++column;
  return {row, column};
}

using Cells = std::map<std::pair<int, int>, SheetCell>;

// The cell, or the merged range, that covers the spot; a new one if there is none.
SheetCell& cell_at(std::pair<int, int> spot, Cells& cells) {
  for (auto& [at, cell] : cells) {
    if (cell.row > spot.first) break;
    if (spot.first < cell.row + cell.row_span && spot.second >= cell.column &&
        spot.second < cell.column + cell.column_span)
      return cell;
  }
  SheetCell& made = cells[spot];
  made.row = spot.first, made.column = spot.second;
  return made;
}

// Between a cell that ends with "[" and one that begins with "]".
bool in_brackets(const SheetCell& cell, const Cells& cells) {
  const SheetCell *before = nullptr, *behind = nullptr;
  for (const auto& [at, other] : cells) {
    if (other.row > cell.row) break;
    if (other.row + other.row_span <= cell.row || other.text.empty() || &other == &cell) continue;
    if (other.column < cell.column && (!before || before->column < other.column)) before = &other;
    if (other.column > cell.column && (!behind || behind->column > other.column)) behind = &other;
  }
  return before && behind && before->text.ends_with('[') && behind->text.starts_with(']');
}

}  // namespace

std::vector<FormControl> read_vml_controls(std::string_view vml) {
  std::string xml(vml);  // Excel writes <br> without its end
  for (std::size_t at = 0; (at = xml.find("<br>", at)) != std::string::npos;)
    xml.insert(at + 3, "/");
  pugi::xml_document document;
  std::vector<FormControl> controls;
  if (xml.find("<!ENTITY") != std::string::npos || !document.load_buffer(xml.data(), xml.size()))
    return controls;
  for (pugi::xml_node node : document.document_element().children()) {
    FormControl control;
    if (is(node, "shape") && read_shape(node, control)) controls.push_back(std::move(control));
  }
  return controls;
}

int put_controls(const std::vector<FormControl>& controls, const SheetMetrics& metrics,
                 Cells& cells) {
  struct Put {
    const FormControl* control;
    SheetCell* cell;
  };
  std::vector<Put> all;
  std::map<const SheetCell*, int> unnamed;  // controls without a caption, by cell
  for (const FormControl& control : controls) {
    SheetCell& cell = cell_at(spot_of(control, metrics), cells);
    all.push_back({&control, &cell});
    unnamed[&cell] += control.caption.empty();
  }
  int unclear = 0;
  for (const auto& [control, cell] : all) {
    const char* mark = control->checked ? "○" : " ";
    const std::string box = std::string("[") + mark + "]";
    if (!control->caption.empty()) {
      cell->text += (cell->text.empty() ? "" : "　") + box + " " + control->caption;
    } else if (unnamed[cell] > 1) {
      ++unclear;
    } else if (cell->text.empty()) {
      cell->text = !in_brackets(*cell, cells) ? box : control->checked ? "○" : "";
    } else {
      std::string text = normalise_ticks(cell->text);
      const std::size_t blank = text.find("[ ]");
      if (blank == std::string::npos)
        text.insert(0, box + " ");
      else
        text.replace(blank, 3, box);
      cell->text = std::move(text);
    }
  }
  return unclear;
}

}  // namespace pia
