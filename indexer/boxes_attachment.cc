// The lines are read downwards; a short line that begins with a number and has one of the words
// below opens a part of the case, 事案n or ケースn a case. Example:
//
//   事案１ 申請書の紛失
//   １ 事案の内容
//   （１） 発生（発覚）時期
//   令和６年４月８日

#include "indexer/boxes_attachment.h"

#include <array>

#include "dicts/japanese_date.h"
#include "indexer/boxes_build.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

using View = std::u32string_view;

enum class CasePart { None, Date, Summary, Cause, Impact, Response, Prevention };

struct Heading {
  View word;
  CasePart part;
};
constexpr std::array<Heading, 17> kHeadings{{
    {U"再発防止", CasePart::Prevention},
    {U"発生日", CasePart::Date},
    {U"発生時期", CasePart::Date},
    {U"発生(発覚)", CasePart::Date},
    {U"発覚日", CasePart::Date},
    {U"発生年月日", CasePart::Date},
    {U"原因", CasePart::Cause},
    {U"影響", CasePart::Impact},
    {U"被害", CasePart::Impact},
    {U"対応", CasePart::Response},
    {U"経過", CasePart::Response},
    {U"経緯", CasePart::Response},
    {U"事案の概要", CasePart::Summary},
    {U"事故の内容", CasePart::Summary},
    {U"概要", CasePart::Summary},
    {U"事案の内容", CasePart::None},
    {U"内容", CasePart::Summary},
}};

// The part that a heading line opens; nullopt if the line is no heading.
std::optional<CasePart> heading_of(View k) {
  if (k.size() > 24 || k.size() < 3) return std::nullopt;
  std::size_t i = 0;
  const bool bracket = k[0] == '(';
  while (i < k.size() &&
         (k[i] == '(' || k[i] == ')' || is_digit(k[i]) || k[i] == '.' || circled_number(k[i]) != 0))
    ++i;
  if (i == 0 || k.back() == U'。') return std::nullopt;
  const View rest = k.substr(i);
  // "１ 事故の概要" above （１） is a heading of headings.
  if (!bracket && (rest == U"事故の概要" || rest == U"事案の概要" || rest == U"事案の内容"))
    return CasePart::None;
  for (const Heading& h : kHeadings) {
    if (rest.find(h.word) != View::npos) return h.part;
  }
  return std::nullopt;
}

// Behind "事案１", "ケース2", "【ケース１】", "（事故1）": where the case's title begins; 0 if the
// line opens no case.
std::size_t case_title(View k) {
  std::size_t i = k.starts_with(U"【") || k.starts_with(U"(") ? 1 : 0;
  for (const View word : {U"事案", U"ケ-ス", U"事例", U"事故", U"案件"}) {
    if (!k.substr(i).starts_with(word)) continue;
    i += word.size();
    const std::size_t digits = i;
    while (i < k.size() && is_digit(k[i])) ++i;
    if (i == digits) return 0;
    while (i < k.size() && View(U"】):.").find(k[i]) != View::npos) ++i;
    return i;
  }
  return 0;
}

std::string behind(std::string_view line, std::size_t characters) {
  const Chars chars = decode(line);
  std::size_t i = 0;
  for (; i < chars.size() && characters > 0; ++i) characters -= !is_space(chars.folded[i]);
  return std::string(trim(line.substr(chars.offset[i])));
}

class AttachmentReader {
 public:
  explicit AttachmentReader(const Source& source) : source_(source) {}

  void line(const Piece& piece) {
    const std::u32string k = key(piece.text);
    if (k.empty() || k == U"別紙") return;
    const std::size_t at = case_title(k);
    if (at == 0 && title_.empty() && cases_.empty() && k.find(U"事故") != View::npos) {
      title_ = std::string(trim(piece.text));
      return where(piece);
    }
    if (at > 0) {
      open_case();
      if (std::string title = behind(piece.text, at); !title.empty())
        cases_.back().title = std::move(title);
      return where(piece);
    }
    if (const auto part = heading_of(k)) {
      if (cases_.empty() || (*part == CasePart::Date && cases_.back().occurred_on)) open_case();
      flush();
      part_ = *part;
      return where(piece);
    }
    if (cases_.empty()) return;
    where(piece);
    text_.push_back(piece.text);
  }

  std::optional<IncidentAttachment> finish() {
    flush();
    if (cases_.empty()) return std::nullopt;
    IncidentAttachment out;
    if (!title_.empty()) out.title = title_;
    out.cases = std::move(cases_);
    out.where = where_;
    return out;
  }

 private:
  void where(const Piece& piece) { extend(where_, place_of(source_, piece.line, piece.line)); }

  void open_case() {
    flush();
    cases_.emplace_back();
    part_ = CasePart::None;
  }

  void flush() {
    const std::string text = join_lines(text_);
    const std::vector<std::string_view> lines = std::move(text_);
    text_ = {};
    if (cases_.empty() || text.empty()) return;
    IncidentCase& c = cases_.back();
    switch (part_) {
      case CasePart::Date:
        if (const auto dates = find_dates(text); !dates.empty())
          c.occurred_on = dates.front().date.iso();
        return;
      case CasePart::Summary:
        return add(c.summary, text);
      case CasePart::Cause:
        return add(c.cause, text);
      case CasePart::Impact:
        return add(c.impact, text);
      case CasePart::Prevention:
        return add(c.prevention, text);
      case CasePart::Response:
        return responses(c, lines);
      case CasePart::None:
        return;
    }
  }

  static void add(Text& field, const std::string& text) {
    field = field ? *field + "\n" + text : text;
  }

  // "令和６年５月１日  報道発表": a new entry for each line that begins with a date.
  static void responses(IncidentCase& c, const std::vector<std::string_view>& lines) {
    for (const std::string_view raw : lines) {
      const std::string line(trim(raw));
      const auto dates = find_dates(line);
      const bool dated = !dates.empty() && dates.front().offset <= 6;
      if (!dated) {
        if (c.response.empty()) c.response.push_back({});
        Text& what = c.response.back().what;
        what = what ? *what + line : line;
        continue;
      }
      std::string_view rest =
          std::string_view(line).substr(dates.front().offset + dates.front().length);
      if (const std::size_t space = rest.find(' ');
          rest.starts_with("～") || rest.starts_with("〜")) {
        rest = space == std::string_view::npos ? std::string_view{} : rest.substr(space);
      }
      IncidentResponse response;
      response.date = dates.front().date.iso();
      if (!trim(rest).empty()) response.what = std::string(trim(rest));
      c.response.push_back(std::move(response));
    }
  }

  const Source& source_;
  std::string title_;
  std::vector<IncidentCase> cases_;
  std::vector<std::string_view> text_;
  CasePart part_ = CasePart::None;
  Place where_;
};

}  // namespace

bool tells_incidents(const Page& page) {
  for (const Box& box : page.boxes) {
    for (const Piece& piece : box.pieces) {
      const std::u32string k = key(piece.text);
      if (k.size() > 45) continue;
      const bool about = k.find(U"事故") != View::npos || k.find(U"漏えい") != View::npos ||
                         k.find(U"紛失") != View::npos;
      if (about && (k.starts_with(U"別紙") || k.starts_with(U"(別紙") || k.ends_with(U"について")))
        return true;
    }
  }
  return false;
}

std::optional<IncidentAttachment> read_attachment(std::span<const Page> pages,
                                                  const Source& source) {
  bool incident = false;
  for (const Page& page : pages) {
    for (const Box& box : page.boxes) {
      for (const Piece& piece : box.pieces)
        incident = incident || key(piece.text).find(U"事故") != View::npos;
    }
  }
  if (!incident) return std::nullopt;
  AttachmentReader reader(source);
  for (const Page& page : pages) {
    for (const Box& box : page.boxes) {
      for (const Piece& piece : box.pieces) reader.line(piece);
    }
  }
  return reader.finish();
}

}  // namespace pia::boxes
