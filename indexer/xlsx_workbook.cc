#include "indexer/xlsx_workbook.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <utility>

#include "indexer/archive.h"
#include "indexer/xlsx_controls.h"
#include "indexer/xlsx_number.h"

namespace pia {
namespace {

constexpr int kMostRows = 200'000, kMostColumns = 1000;
constexpr std::size_t kMostComparisons = 100'000'000;  // of controls and cells; a form has 1e6

Error damaged(std::string reason) {
  return {ErrorCode::SourceDamaged, std::move(reason), {}, 0, 0};
}
Error too_big(std::string reason) { return {ErrorCode::SourceTooBig, std::move(reason), {}, 0, 0}; }

// The name of an element without its namespace prefix.
bool is(pugi::xml_node node, const char* name) {
  const char* colon = std::strchr(node.name(), ':');
  return std::strcmp(colon ? colon + 1 : node.name(), name) == 0;
}

pugi::xml_node child(pugi::xml_node node, const char* name) {
  for (pugi::xml_node c : node.children()) {
    if (is(c, name)) return c;
  }
  return {};
}

bool is_true(pugi::xml_attribute attribute) { return attribute.as_bool(); }

// Text of a string item: plain <t> and rich text runs <r><t>; phonetic guides <rPh> are not shown.
std::string shown_text(pugi::xml_node item) {
  std::string text;
  for (pugi::xml_node part : item.children()) {
    if (is(part, "t"))
      text += part.text().get();
    else if (is(part, "r"))
      text += shown_text(part);
  }
  return text;
}

// Excel writes control characters as _x000D_.
std::string unescaped(std::string text) {
  for (std::size_t at = 0; (at = text.find("_x", at)) != std::string::npos; ++at) {
    if (at + 7 > text.size() || text[at + 6] != '_') continue;
    const std::string digits = text.substr(at + 2, 4);
    if (digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) continue;
    const int code = std::stoi(digits, nullptr, 16);
    if (code < 0x80)
      text.replace(at, 7, code == 0x0D ? "" : std::string(1, static_cast<char>(code)));
  }
  std::erase(text, '\r');
  return text;
}

// "xl/worksheets/../drawings/a.vml" → "xl/drawings/a.vml"
std::string without_dots(std::string path) {
  for (std::size_t at = 0; (at = path.find("/../")) != std::string::npos;) {
    const std::size_t folder = at == 0 ? std::string::npos : path.rfind('/', at - 1);
    const std::size_t from = folder == std::string::npos ? 0 : folder + 1;
    path.erase(from, at + 4 - from);
  }
  return path;
}

struct Style {
  std::string format;
  bool check_box = false;  // the newest Excel shows TRUE and FALSE as boxes
  bool left = false, right = false, top = false, bottom = false;
};

struct Range {
  int row = 0, column = 0, last_row = 0, last_column = 0;
};

class WorkbookReader {
 public:
  WorkbookReader(Archive& archive, const ReadLimits& limits) : archive_(archive), limits_(limits) {}

  Result<std::vector<Sheet>> read() {
    const std::string root = workbook_path();
    auto workbook = load(root);
    if (!workbook) return workbook.error();
    const pugi::xml_node top = (*workbook)->document_element();
    since_1904_ = is_true(child(top, "workbookPr").attribute("date1904"));
    const std::string folder = root.substr(0, root.rfind('/') + 1);
    auto targets = relations(folder + "_rels/" + root.substr(folder.size()) + ".rels", folder);
    if (!targets) return targets.error();
    if (Status done = read_strings(folder); !done) return done.error();
    if (Status done = read_styles(folder); !done) return done.error();
    std::vector<Sheet> sheets;
    for (pugi::xml_node node : child(top, "sheets").children()) {
      if (std::string_view(node.attribute("state").value()).find("idden") != std::string_view::npos)
        continue;
      const auto target = targets->find(attribute_by_local_name(node, "id"));
      if (target == targets->end()) continue;
      auto sheet = read_sheet(target->second);
      if (!sheet) return sheet.error();
      sheet->name = node.attribute("name").value();
      sheets.push_back(std::move(*sheet));
    }
    if (sheets.empty())
      return Error{ErrorCode::SourceEmpty, "the workbook has no visible sheet", {}, 0, 0};
    return sheets;
  }

 private:
  using Document = std::unique_ptr<pugi::xml_document>;

  static std::string attribute_by_local_name(pugi::xml_node node, std::string_view name) {
    for (pugi::xml_attribute a : node.attributes()) {
      std::string_view full = a.name();
      if (full.size() > name.size() && full.ends_with(name) &&
          full[full.size() - name.size() - 1] == ':')
        return a.value();
    }
    return {};
  }

  // A part that is not there is an empty document.
  Result<Document> load(const std::string& path) {
    auto document = std::make_unique<pugi::xml_document>();
    const ArchiveMember* member = archive_.find(path);
    if (!member) return document;
    auto xml = archive_.read(*member);
    if (!xml) return xml.error();
    if (xml->find("<!DOCTYPE") != std::string::npos || xml->find("<!ENTITY") != std::string::npos) {
      return damaged(path + " declares XML entities, which no workbook needs: refused");
    }
    const auto parsed = document->load_buffer(xml->data(), xml->size(),
                                              pugi::parse_default | pugi::parse_ws_pcdata_single);
    if (!parsed)
      return damaged(path + " is no well-formed XML (" + parsed.description() +
                     "); fetch the file again");
    return document;
  }

  std::string workbook_path() {
    auto rels = relations("_rels/.rels", "");
    if (rels) {
      for (const auto& [id, target] : *rels) {
        if (target.ends_with("workbook.xml")) return target;
      }
    }
    return "xl/workbook.xml";
  }

  Result<std::map<std::string, std::string>> relations(const std::string& path,
                                                       const std::string& folder) {
    auto document = load(path);
    if (!document) return document.error();
    std::map<std::string, std::string> targets;
    for (pugi::xml_node node : (*document)->document_element().children()) {
      std::string target = node.attribute("Target").value();
      if (target.starts_with('/'))
        target.erase(0, 1);
      else
        target.insert(0, folder);
      targets[node.attribute("Id").value()] = without_dots(std::move(target));
    }
    return targets;
  }

  Status read_strings(const std::string& folder) {
    auto document = load(folder + "sharedStrings.xml");
    if (!document) return document.error();
    for (pugi::xml_node item : (*document)->document_element().children()) {
      if (is(item, "si")) strings_.push_back(unescaped(shown_text(item)));
    }
    return Done{};
  }

  Status read_styles(const std::string& folder) {
    auto document = load(folder + "styles.xml");
    if (!document) return document.error();
    const pugi::xml_node top = (*document)->document_element();
    std::map<int, std::string> formats;
    for (pugi::xml_node node : child(top, "numFmts").children()) {
      formats[node.attribute("numFmtId").as_int()] = node.attribute("formatCode").value();
    }
    std::vector<Style> borders;
    for (pugi::xml_node node : child(top, "borders").children()) {
      const auto drawn = [&](const char* side, const char* other) {
        pugi::xml_node edge = child(node, side);
        if (!edge) edge = child(node, other);
        const std::string_view style = edge.attribute("style").value();
        return !style.empty() && style != "none";
      };
      borders.push_back({{},
                         false,
                         drawn("left", "start"),
                         drawn("right", "end"),
                         drawn("top", "top"),
                         drawn("bottom", "bottom")});
    }
    for (pugi::xml_node node : child(top, "cellXfs").children()) {
      const auto border = node.attribute("borderId").as_uint();
      Style style = border < borders.size() ? borders[border] : Style{};
      const int format = node.attribute("numFmtId").as_int();
      const auto own = formats.find(format);
      style.check_box = node.find_node([](pugi::xml_node n) { return is(n, "xfComplement"); });
      style.format = own != formats.end() ? own->second : builtin_number_format(format);
      styles_.push_back(std::move(style));
    }
    return Done{};
  }

  const Style& style_of(pugi::xml_node cell) const {
    static const Style kPlain;
    const auto index = cell.attribute("s").as_uint();
    return index < styles_.size() ? styles_[index] : kPlain;
  }

  std::string text_of(pugi::xml_node cell) const {
    const std::string_view type = cell.attribute("t").value();
    if (type == "inlineStr") return unescaped(shown_text(child(cell, "is")));
    const char* value = child(cell, "v").text().get();
    if (!*value) return {};
    if (type == "s") {
      const auto index = static_cast<std::size_t>(std::strtoul(value, nullptr, 10));
      return index < strings_.size() ? strings_[index] : std::string();
    }
    if (type == "str" || type == "e" || type == "d") return unescaped(value);
    if (type == "b" && style_of(cell).check_box) return *value == '1' ? "☑" : "☐";
    if (type == "b") return *value == '1' ? "TRUE" : "FALSE";
    char* end = nullptr;
    const double number = std::strtod(value, &end);
    return *end ? std::string(value) : format_number(number, style_of(cell).format, since_1904_);
  }

  // "D12" or "A1:D12".
  static Range range_of(std::string_view reference) {
    Range range;
    int* column = &range.column;
    int* row = &range.row;
    for (const char c : reference) {
      if (c >= 'A' && c <= 'Z' && *column < 100'000)
        *column = *column * 26 + (c - 'A' + 1);
      else if (c >= '0' && c <= '9' && *row < 100'000'000)
        *row = *row * 10 + (c - '0');
      else if (c == ':')
        column = &range.last_column, row = &range.last_row;
    }
    if (range.last_row == 0) range.last_row = range.row, range.last_column = range.column;
    // Any two opposite corners name a range.
    if (range.row > range.last_row) std::swap(range.row, range.last_row);
    if (range.column > range.last_column) std::swap(range.column, range.last_column);
    return range;
  }

  Result<Sheet> read_sheet(const std::string& path) {
    auto document = load(path);
    if (!document) return document.error();
    const pugi::xml_node top = (*document)->document_element();
    std::vector<bool> hidden_columns(kMostColumns + 1, false);
    SheetMetrics metrics;
    for (pugi::xml_node node : child(top, "cols").children()) {
      const int last = std::min(node.attribute("max").as_int(), kMostColumns);
      if (const double width = node.attribute("width").as_double(); width > 0) {
        for (int c = std::max(1, node.attribute("min").as_int()); c <= last; ++c)
          metrics.columns[c] = width * 8 + 5;  // characters of 11 points, as pixels
      }
      if (!is_true(node.attribute("hidden"))) continue;
      for (int c = std::max(1, node.attribute("min").as_int()); c <= last; ++c)
        hidden_columns[static_cast<std::size_t>(c)] = true;
    }
    Sheet sheet;
    std::map<std::pair<int, int>, SheetCell> cells;
    int row = 0;
    for (pugi::xml_node line : child(top, "sheetData").children()) {
      row = line.attribute("r") ? line.attribute("r").as_int() : row + 1;
      int column = 0;
      if (const double height = line.attribute("ht").as_double(); height > 0)
        metrics.rows[row] = height * 4 / 3;
      if (is_true(line.attribute("hidden"))) metrics.rows[row] = 0;
      for (pugi::xml_node node : line.children()) {
        const Range at = range_of(node.attribute("r").value());
        column = at.column ? at.column : column + 1;
        if (column > kMostColumns || row > kMostRows || row < 1) continue;
        const Style& style = style_of(node);
        SheetCell cell{row, column, 1, 1, {}, style.left, style.right, style.top, style.bottom};
        const bool shown =
            !is_true(line.attribute("hidden")) && !hidden_columns[static_cast<std::size_t>(column)];
        if (shown) cell.text = text_of(node);
        if (cell.text.empty() && !cell.left && !cell.right && !cell.top && !cell.bottom) continue;
        cells[{row, column}] = std::move(cell);
        if (++cells_ > limits_.cells)
          return too_big(fmt::format("the workbook has more than {} filled cells", limits_.cells));
      }
    }
    merge(child(top, "mergeCells"), cells);
    if (Status done = add_controls(path, top, metrics, cells, sheet); !done) return done.error();
    for (auto& [at, cell] : cells) {
      sheet.last_row = std::max(sheet.last_row, cell.row + cell.row_span - 1);
      sheet.last_column = std::max(sheet.last_column, cell.column + cell.column_span - 1);
      sheet.cells.push_back(std::move(cell));
    }
    return sheet;
  }

  // Check boxes that are controls. Property parts, where there are, have the later state.
  Status add_controls(const std::string& path, pugi::xml_node top, const SheetMetrics& metrics,
                      std::map<std::pair<int, int>, SheetCell>& cells, Sheet& sheet) {
    const std::string drawing = attribute_by_local_name(child(top, "legacyDrawing"), "id");
    if (drawing.empty()) return Done{};
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    auto targets = relations(folder + "_rels/" + path.substr(folder.size()) + ".rels", folder);
    if (!targets) return targets.error();
    const ArchiveMember* member = archive_.find((*targets)[drawing]);
    if (!member) return Done{};
    auto vml = archive_.read(*member);
    if (!vml) return vml.error();
    std::vector<FormControl> controls = read_vml_controls(*vml);
    if (controls.size() * cells.size() > kMostComparisons) return Done{};
    std::map<int, std::string> properties;  // part by shape
    collect_controls(top, *targets, properties);
    std::erase_if(controls, [&](const FormControl& control) {
      const auto height = metrics.rows.find(control.row + 1);
      return height != metrics.rows.end() && height->second == 0;
    });
    for (FormControl& control : controls) {
      const auto part = properties.find(control.shape);
      auto document = part == properties.end() ? load("") : load(part->second);
      if (!document && document.error().code == ErrorCode::SourceTooBig) return document.error();
      if (!document) continue;  // a broken part of a drawing is no reason to refuse the sheets
      if (const pugi::xml_node facts = (*document)->document_element()) {
        control.checked = std::string_view(facts.attribute("checked").value()) == "Checked";
        control.link = facts.attribute("fmlaLink").value();
      }
      // What the linked cell repeats (TRUE, FALSE) is no text of the form.
      const Range link = range_of(control.link.substr(control.link.rfind('!') + 1));
      const auto linked = cells.find({link.row, link.column});
      if (linked == cells.end()) continue;
      if (linked->second.text == "TRUE") control.checked = true;
      if (linked->second.text == "TRUE" || linked->second.text == "FALSE")
        linked->second.text.clear();
    }
    sheet.unclear_controls = put_controls(controls, metrics, cells);
    std::erase_if(cells, [](const auto& entry) {
      const SheetCell& cell = entry.second;
      return cell.text.empty() && !cell.left && !cell.right && !cell.top && !cell.bottom;
    });
    return Done{};
  }

  // <control shapeId="1025" r:id="rId4">, wherever compatibility wrappers put it.
  static void collect_controls(pugi::xml_node node,
                               const std::map<std::string, std::string>& targets,
                               std::map<int, std::string>& properties) {
    for (pugi::xml_node part : node.children()) {
      if (is(part, "AlternateContent") || is(part, "Choice") || is(part, "controls"))
        collect_controls(part, targets, properties);
      if (!is(part, "control")) continue;
      const auto target = targets.find(attribute_by_local_name(part, "id"));
      if (target != targets.end()) properties[part.attribute("shapeId").as_int()] = target->second;
    }
  }

  // One cell a range; its borders are those of the covered cells at its sides.
  void merge(pugi::xml_node list, std::map<std::pair<int, int>, SheetCell>& cells) {
    for (pugi::xml_node node : list.children()) {
      const Range range = range_of(node.attribute("ref").value());
      if (range.row < 1 || range.column < 1 || range.last_row > kMostRows ||
          range.last_column > kMostColumns)
        continue;
      SheetCell whole{range.row,
                      range.column,
                      range.last_row - range.row + 1,
                      range.last_column - range.column + 1,
                      {}};
      if (const auto first = cells.find({range.row, range.column}); first != cells.end())
        whole.text = std::move(first->second.text);
      for (auto it = cells.lower_bound({range.row, 0});
           it != cells.end() && it->first.first <= range.last_row;) {
        const SheetCell& cell = it->second;
        if (cell.column < range.column || cell.column > range.last_column) {
          ++it;
          continue;
        }
        whole.left |= cell.left && cell.column == range.column;
        whole.right |= cell.right && cell.column == range.last_column;
        whole.top |= cell.top && cell.row == range.row;
        whole.bottom |= cell.bottom && cell.row == range.last_row;
        it = cells.erase(it);
      }
      cells[{range.row, range.column}] = std::move(whole);
    }
  }

  Archive& archive_;
  const ReadLimits& limits_;
  std::vector<std::string> strings_;
  std::vector<Style> styles_;
  bool since_1904_ = false;
  int cells_ = 0;
};

}  // namespace

std::string cell_address(int row, int column) {
  std::string letters;
  for (int c = column; c > 0; c = (c - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (c - 1) % 26));
  return letters + std::to_string(row);
}

Result<std::vector<Sheet>> read_workbook(std::string_view bytes, const ReadLimits& limits) {
  auto archive = Archive::open(bytes, limits.unpacked_bytes);
  if (!archive) return archive.error();
  try {
    return WorkbookReader(*archive, limits).read();
  } catch (const std::bad_alloc&) {
    return too_big("the workbook needs more memory than a reader may have");
  }
}

}  // namespace pia
