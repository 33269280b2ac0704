// Headings are short lines with a number, a bracket or a label cell, known by a word in them. What
// follows up to the next heading is theirs.

#include "indexer/incident_cases.h"

#include <algorithm>
#include <array>
#include <optional>

#include "dicts/japanese_date.h"
#include "dicts/normalizer.h"
#include "indexer/cells_context.h"
#include "indexer/utf8.h"
#include "indexer/values.h"

namespace pia {
namespace {

enum class Part { None, Title, When, Summary, Cause, Impact, Response, Prevention };

std::size_t length(std::string_view text) {
  std::size_t n = 0;
  for (std::size_t at = 0; at < text.size(); ++n) next_char(text, at);
  return n;
}

bool has(const std::string& text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return find_word(text, w) != std::string::npos; });
}

// 事案1, 事案２, 事例①, 【事案１】, 案件1; the number's end.
std::optional<std::size_t> case_mark(const std::string& folded) {
  std::size_t at = 0;
  for (std::string_view open : {"【", "[", "(", "■", "●", "○", "◆", "・", "<", "〈", "「"}) {
    if (folded.starts_with(open)) at = open.size();
  }
  for (std::string_view word : {"事案", "事例", "事故", "案件", "ケース"}) {
    if (!std::string_view(folded).substr(at).starts_with(word)) continue;
    std::size_t here = at + word.size();
    while (here < folded.size() && folded[here] == ' ') ++here;
    const std::size_t digits = here;
    while (here < folded.size() && folded[here] >= '0' && folded[here] <= '9') ++here;
    if (here == digits) {
      std::size_t next = here;
      const char32_t c = here < folded.size() ? next_char(folded, next) : 0;
      if (std::u32string_view(U"一二三四五六七八九十").find(c) == std::u32string_view::npos ||
          c == 0)
        continue;
      here = next;
    }
    return here;
  }
  return std::nullopt;
}

// Without the number and brackets of a heading.
std::string heading_words(const std::string& text) {
  std::string words = trim(text);
  for (bool again = true; again && !words.empty();) {
    again = false;
    std::size_t at = 0;
    const char32_t c = next_char(words, at);
    const bool sign = c == U'【' || c == U'(' || c == U'（' || c == U'■' || c == U'●' ||
                      c == U'◆' || c == U'○' || c == U'・' || c == U'<' || c == U'＜' ||
                      c == U'.' || c == U'．' || c == U')' || c == U'）' || c == U'、' ||
                      c == U' ' || c == 0x3000 || c == U'-' || c == U'〇' || c == U'[' || c == U'#';
    const bool number = (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９') ||
                        (c >= U'①' && c <= U'⑳') ||
                        (c >= U'ア' && c <= U'エ' && words.size() > at + 1 &&
                         (words[at] == ' ' || words[at] == '\xE3'));
    if (sign || number) {
      words.erase(0, at);
      again = true;
    }
  }
  for (std::string_view close : {"】", ")", "）", "＞", ">", "：", ":", "]"}) {
    if (words.ends_with(close) &&
        (close == "：" || close == ":" || words.find("(") == std::string::npos)) {
      if (close == "）" && words.find("（") != std::string::npos) continue;
      words.resize(words.size() - close.size());
    }
  }
  return trim(words);
}

bool begins_with_number(const std::string& text) { return heading_words(text) != trim(text); }

Part part_of(const std::string& words) {
  if (has(words, {"再発防止", "防止策", "今後の対策"})) return Part::Prevention;
  if (has(words, {"対応", "経過", "経緯", "措置"})) return Part::Response;
  if (has(words, {"原因", "要因"})) return Part::Cause;
  if (has(words, {"影響", "被害", "漏えいした", "漏洩した", "含まれる情報", "対象者", "対象となる",
                  "件数"}))
    return Part::Impact;
  if (has(words, {"時期", "日時", "発生日", "発覚日", "年月日"})) return Part::When;
  if (has(words, {"概要", "事案の内容", "事故の内容", "内容"})) return Part::Summary;
  return Part::None;
}

struct Heading {
  Part part = Part::None;
  std::string words;
  bool opens_case = false;
  std::string value;  // behind the heading in the same line
};

std::optional<Heading> heading_of(const AttachmentLine& line) {
  if (line.cells.empty()) return std::nullopt;
  const std::string& text = line.cells[0];
  const std::string folded = nfkc(text);
  Heading heading;
  if (const auto end = case_mark(folded); end && length(folded) <= 60) {
    heading.opens_case = true;
    heading.part = Part::Title;
    heading.words = heading_words(text);
    return heading;
  }
  // "原因：○○": label and value in one line
  std::size_t colon = text.find("：");
  if (colon == std::string::npos) colon = text.find(':');
  std::string head = text;
  if (colon != std::string::npos && colon > 0 &&
      length(std::string_view(text).substr(0, colon)) <= 16) {
    head = text.substr(0, colon);
    heading.value =
        trim(std::string_view(text).substr(colon + (text.compare(colon, 1, ":") == 0 ? 1 : 3)));
  }
  heading.words = heading_words(head);
  const bool short_enough =
      length(heading.words) <= 24 && heading.words.find("。") == std::string::npos;
  const bool marked = begins_with_number(head) || line.cells.size() == 2 || !heading.value.empty();
  const bool sentence = head.starts_with("・") || head.starts_with("･");
  if (!short_enough || (sentence && heading.value.empty())) return std::nullopt;
  heading.part = part_of(heading.words);
  if (heading.part == Part::None) return std::nullopt;
  // Without a number only the bare word is a heading: 原因, 再発防止策.
  if (!marked && length(heading.words) > 10) return std::nullopt;
  if (line.cells.size() >= 2) {
    if (parse_date(text) || !find_dates(text).empty()) return std::nullopt;
    for (std::size_t i = 1; i < line.cells.size(); ++i)
      heading.value += (heading.value.empty() ? "" : "\n") + line.cells[i];
  }
  return heading;
}

void append(Text& text, const std::string& more) {
  if (trim(more).empty()) return;
  text = text && !text->empty() ? *text + "\n" + more : more;
}

// "令和6年4月8日～4月22日 …" or two cells: a dated step of the response.
std::optional<IncidentResponse> response_of(const AttachmentLine& line) {
  if (line.cells.empty()) return std::nullopt;
  const std::vector<FoundDate> dates = find_dates(line.cells[0]);
  if (dates.empty()) return std::nullopt;
  const std::string before = heading_words(line.cells[0].substr(0, dates[0].offset));
  if (length(before) > 2) return std::nullopt;
  IncidentResponse response;
  response.date = dates[0].date.iso();
  if (line.cells.size() >= 2) {
    std::string what;
    for (std::size_t i = 1; i < line.cells.size(); ++i)
      what += (what.empty() ? "" : " ") + line.cells[i];
    response.what = what;
  } else {
    std::string what =
        trim(std::string_view(line.cells[0]).substr(dates[0].offset + dates[0].length));
    for (std::string_view sign : {"：", ":", "、", "に、", "に"}) {
      if (what.starts_with(sign)) what = trim(std::string_view(what).substr(sign.size()));
    }
    if (what.empty()) return std::nullopt;
    response.what = what;
  }
  return response;
}

class AttachmentReader {
 public:
  std::vector<IncidentAttachment> read(const std::vector<AttachmentLine>& lines) {
    for (const AttachmentLine& line : lines) {
      if (!line.cells.empty()) read_line(line);
    }
    finish();
    return std::move(attachments_);
  }

 private:
  void read_line(const AttachmentLine& line) {
    const std::string& text = line.cells[0];
    if (is_title(line)) {
      finish();
      attachment_.title = one_line(text);
      attachment_.where = line.place;
      return;
    }
    attachment_.where = cover(attachment_.where, line.place);
    const std::optional<Heading> heading = heading_of(line);
    if (heading) return take(*heading, line);
    add(line);
  }

  // 別紙, 別紙1 …, 個人情報に関する重大事故について: begins an attachment.
  bool is_title(const AttachmentLine& line) const {
    if (line.cells.size() != 1) return false;
    const std::string text = heading_words(line.cells[0]);
    if (length(text) > 45 || text.find("。") != std::string::npos) return false;
    if (text.starts_with("別紙") && text.find("参照") == std::string::npos &&
        text.find("のとおり") == std::string::npos)
      return true;
    const bool about =
        text.ends_with("について") && has(text, {"重大事故", "漏えい", "漏洩", "紛失", "事故"});
    return about && attachment_.cases.empty() && !open_;
  }

  void take(const Heading& heading, const AttachmentLine& line) {
    if (heading.opens_case) {
      close_case();
      open_ = true;
      case_.title = title_of(heading.words);
      part_ = Part::Title;
      return;
    }
    // A second date or summary without a case mark begins the next case.
    const bool again = (heading.part == Part::When && case_.occurred_on) ||
                       (heading.part == Part::Summary && case_.summary);
    if (again && !marked_cases_) close_case();
    open_ = true;
    if (heading.part == Part::Prevention && part_ == Part::Prevention)
      append(case_.prevention, line.cells[0] + "\n");
    part_ = heading.part;
    ++headings_;
    if (!heading.value.empty()) add_text(heading.value, {{heading.value}, {}});
  }

  std::string title_of(const std::string& words) {
    marked_cases_ = true;
    const std::string folded = nfkc(words);
    const auto end = case_mark(folded);
    std::string rest = end ? trim(std::string_view(folded).substr(*end)) : folded;
    for (std::string_view sign : {"】", ":", ")", "]", ".", "」", "、"}) {
      if (rest.starts_with(sign)) rest = trim(std::string_view(rest).substr(sign.size()));
    }
    // As printed: the same characters from the end of the original.
    if (rest.empty()) return words;
    const Found found = find_words(words, rest);
    return found.at == std::string_view::npos ? rest : words.substr(found.at, found.length);
  }

  void add(const AttachmentLine& line) {
    std::string text;
    for (const std::string& cell : line.cells) text += (text.empty() ? "" : " ") + cell;
    add_text(text, line);
  }

  void add_text(const std::string& text, const AttachmentLine& line) {
    switch (part_) {
      case Part::None:
        break;
      case Part::Title:
        if (!case_.title || case_.title->empty()) case_.title = one_line(text);
        break;
      case Part::When: {
        const std::vector<FoundDate> dates = find_dates(text);
        if (!case_.occurred_on && !dates.empty()) case_.occurred_on = dates[0].date.iso();
        break;
      }
      case Part::Summary:
        append(case_.summary, text);
        break;
      case Part::Cause:
        append(case_.cause, text);
        break;
      case Part::Impact:
        append(case_.impact, text);
        break;
      case Part::Response:
        if (auto step = response_of(line))
          case_.response.push_back(std::move(*step));
        else if (!case_.response.empty() && case_.response.back().what)
          *case_.response.back().what += "\n" + text;
        else
          case_.response.push_back({std::nullopt, text});
        break;
      case Part::Prevention:
        append(case_.prevention, text);
        break;
    }
  }

  void close_case() {
    const bool filled = case_.summary || case_.cause || case_.impact || case_.occurred_on ||
                        !case_.response.empty();
    if (open_ && (filled || case_.prevention)) {
      for (Text* text : {&case_.summary, &case_.cause, &case_.impact, &case_.prevention}) {
        if (*text) **text = join_lines(**text);
      }
      attachment_.cases.push_back(std::move(case_));
    }
    case_ = {};
    part_ = Part::None;
    open_ = false;
  }

  void finish() {
    close_case();
    if (!attachment_.cases.empty() && headings_ >= 2)
      attachments_.push_back(std::move(attachment_));
    attachment_ = {};
    headings_ = 0;
    marked_cases_ = false;
  }

  std::vector<IncidentAttachment> attachments_;
  IncidentAttachment attachment_;
  IncidentCase case_;
  Part part_ = Part::None;
  bool open_ = false, marked_cases_ = false;
  int headings_ = 0;
};

}  // namespace

std::vector<IncidentAttachment> read_attachments(const std::vector<AttachmentLine>& lines) {
  return AttachmentReader().read(lines);
}

std::string attachment_heading(const AttachmentLine& line) {
  const std::optional<Heading> heading = heading_of(line);
  return heading ? heading->words : std::string();
}

}  // namespace pia
