// A text file: bytes → UTF-8 → lines → layout. Two layouts circulate as text and are told apart by
// looking: tab-separated rows of label and value (with HTML inside the cells), and the text of a
// PDF, box by box, which has no tabs. Example rows of the first:
//
//   ③対象人数<TAB><p>[10万人以上30万人未満]</p> <p><選択肢> 1) 1,000人未満 …</p>
//   <TAB>使用者数<TAB>…                     an empty first cell: goes on below ④使用の主体

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "indexer/cell_text.h"
#include "indexer/columns_rows.h"
#include "indexer/extract.h"
#include "indexer/form.h"
#include "indexer/utf8.h"

namespace pia {
namespace {

bool valid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      ++i;
      continue;
    }
    const auto tail = [&](std::size_t k) {
      return (static_cast<unsigned char>(text[k]) & 0xC0) == 0x80;
    };
    if (c > 0xE0 && c < 0xED && i + 3 <= text.size()) {  // kana and kanji: nothing to exclude
      if (!tail(i + 1) || !tail(i + 2)) return false;
      i += 3;
      continue;
    }
    const std::size_t length = c >= 0xC2 && c < 0xE0   ? 2
                               : c >= 0xE0 && c < 0xF0 ? 3
                               : c >= 0xF0 && c < 0xF5 ? 4
                                                       : 0;
    if (length == 0 || i + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if (!tail(i + k)) return false;
    }
    const auto second = static_cast<unsigned char>(text[i + 1]);
    if ((c == 0xE0 && second < 0xA0) || (c == 0xED && second > 0x9F) ||
        (c == 0xF0 && second < 0x90) || (c == 0xF4 && second > 0x8F)) {
      return false;  // overlong forms, surrogates, beyond Unicode
    }
    i += length;
  }
  return true;
}

// Strict: one undecodable byte refuses the whole.
std::optional<std::string> decode(std::string_view bytes, const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(encoding, &status),
                                                                     &ucnv_close);
  if (U_FAILURE(status)) return std::nullopt;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::u16string units(bytes.size() + 1, u'\0');
  UChar* target = units.data();
  const char* from = bytes.data();
  ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &from,
                 bytes.data() + bytes.size(), nullptr, true, &status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string text;
  icu::UnicodeString(units.data(), static_cast<int32_t>(target - units.data())).toUTF8String(text);
  return text;
}

// How much of a text could stand in a Japanese document: 0 to 1.
double plausibility(std::string_view text) {
  std::size_t good = 0, all = 0;
  for (std::size_t at = 0; at < text.size() && all < 20'000;) {
    const char32_t c = next_char(text, at);
    ++all;
    const bool control = c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
    // Kana and common kanji; half-width katakana and rare planes are what wrong decodings give.
    if (!control && (c < 0x7F || (c >= 0x3000 && c <= 0x30FF) || (c >= 0x4E00 && c <= 0x9FA5) ||
                     (c >= 0xFF01 && c <= 0xFF5E) || (c >= 0x2010 && c <= 0x2500))) {
      ++good;
    }
  }
  return all == 0 ? 0 : static_cast<double>(good) / static_cast<double>(all);
}

// What ICU's detector proposes, best first; CP932 for every Shift_JIS.
std::vector<std::string> proposals(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status),
                                                                            &ucsdet_close);
  std::vector<std::string> names;
  ucsdet_setText(detector.get(), bytes.data(),
                 static_cast<int32_t>(std::min<std::size_t>(bytes.size(), 1 << 20)), &status);
  int32_t found = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &found, &status);
  for (int32_t i = 0; U_SUCCESS(status) && i < found; ++i) {
    const std::string name = ucsdet_getName(matches[i], &status);
    if (name == "Shift_JIS") names.emplace_back("ibm-943_P15A-2003");
    if (name == "UTF-16LE" || name == "UTF-16BE" || name == "EUC-JP" || name == "ISO-2022-JP")
      names.push_back(name);
  }
  for (const char* name : {"ibm-943_P15A-2003", "EUC-JP", "UTF-16LE", "UTF-16BE"}) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
  }
  return names;
}

std::optional<std::string> to_utf8(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF"))
    bytes.remove_prefix(3);
  else if (bytes.starts_with("\xFF\xFE"))
    return decode(bytes.substr(2), "UTF-16LE");
  else if (bytes.starts_with("\xFE\xFF"))
    return decode(bytes.substr(2), "UTF-16BE");
  const bool zeros = bytes.find('\0') != std::string_view::npos;
  if (!zeros && valid_utf8(bytes) && bytes.find("\x1B$") == std::string_view::npos)
    return std::string(bytes);
  std::optional<std::string> best;
  double best_score = 0.9;  // less is not text
  for (const std::string& name : proposals(bytes)) {
    std::optional<std::string> text = decode(bytes, name.c_str());
    if (!text || text->find('\0') != std::string::npos) continue;
    const double score = plausibility(*text);
    if (score > best_score + 0.02) {  // an earlier proposal wins a draw
      best_score = score;
      best = std::move(text);
    }
  }
  return best;
}

// Lines end at \n or \r\n (at \r in a text without \n). A form feed, which pdftotext puts before
// the first line of a page, stays in its line.
std::vector<SourceLine> split_lines(std::string_view text) {
  const char end_mark = text.find('\n') == std::string_view::npos ? '\r' : '\n';
  std::vector<SourceLine> lines;
  std::size_t count = 1;
  for (std::size_t at = text.find(end_mark); at != std::string_view::npos;
       at = text.find(end_mark, at + 1))
    ++count;
  lines.reserve(count);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(end_mark, begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    SourceLine& added = lines.emplace_back();
    added.text = line;
    added.place.first_line = added.place.last_line = static_cast<int>(lines.size());
    begin = end + 1;
  }
  return lines;
}

bool is_label(std::string_view cell) {
  if (cell.size() > 400) return false;
  const Label label = read_label(has_html(cell) ? html_cell_text(cell) : std::string(cell));
  if (label.key.empty()) return false;
  for (Kind kind : {Kind::Basic, Kind::Priority, Kind::Full}) {
    const Form& form = Form::of(kind);
    if (form.resolve(label, -1) >= 0) return true;
  }
  return false;
}

// Tab rows whose first or second cell is a label of the forms. Three of them decide.
bool looks_like_cells(const std::vector<SourceLine>& lines) {
  int labels = 0;
  for (const SourceLine& line : lines) {
    const std::size_t tab = line.text.find('\t');
    if (tab == std::string::npos) continue;
    const std::string_view text = line.text;
    std::string_view cell = text.substr(0, tab);
    if (cell.find_first_not_of(' ') == std::string_view::npos) {
      cell = text.substr(tab + 1);
      cell = cell.substr(0, cell.find('\t'));
    }
    if (is_label(cell) && ++labels >= 3) return true;
  }
  return false;
}

SourceRow row_of(const SourceLine& line) {
  SourceRow row;
  std::string_view rest = line.text;
  for (int column = 0;; ++column) {
    const std::size_t tab = rest.find('\t');
    SourceCell cell;
    cell.text = normalise_ticks(html_cell_text(rest.substr(0, tab)));
    cell.place = line.place;
    cell.column = column;
    row.cells.push_back(std::move(cell));
    if (tab == std::string_view::npos) return row;
    rest.remove_prefix(tab + 1);
  }
}

}  // namespace

Result<Source> read_text_source(std::string_view bytes, std::string_view path) {
  const auto fail = [&](ErrorCode code, std::string reason) {
    return Error{code, std::move(reason), std::string(path)};
  };
  if (bytes.empty()) return fail(ErrorCode::SourceEmpty, "the file is empty");
  const std::optional<std::string> text = to_utf8(bytes);
  if (!text) {
    return fail(ErrorCode::SourceNotText,
                "not text in UTF-8, UTF-16 or Shift_JIS (CP932), and no known binary format");
  }
  if (plausibility(*text) < 0.5) {
    return fail(ErrorCode::SourceNotText, "the bytes decode to control characters, not to text");
  }
  Source source;
  source.path = path;
  source.lines = split_lines(*text);
  const bool blank =
      std::all_of(source.lines.begin(), source.lines.end(), [](const SourceLine& line) {
        for (std::size_t at = 0; at < line.text.size();) {
          if (!is_label_space(next_char(line.text, at))) return false;
        }
        return true;
      });
  if (blank) return fail(ErrorCode::SourceEmpty, "the file holds nothing but white space");
  source.layout = looks_like_cells(source.lines) ? SourceLayout::Cells : SourceLayout::Boxes;
  if (source.layout == SourceLayout::Cells) {
    for (const SourceLine& line : source.lines) {
      if (line.text.find_first_not_of(" \t") != std::string::npos)
        source.rows.push_back(row_of(line));
    }
  } else {
    source.rows = rows_of_columns(source.lines);
    if (!source.rows.empty()) source.layout = SourceLayout::Cells;
  }
  return source;
}

}  // namespace pia
