// A cell becomes pieces at marks that surely separate (numbers, 、 / 及び), then at line breaks and
// white space where both sides are complete names, then inside a piece where a second legal form
// shows that two names run together.

#include <algorithm>

#include "dicts/company_internal.h"
#include "dicts/company_name.h"
#include "dicts/normalizer.h"
#include "dicts/utf8.h"

namespace pia {
namespace {

using company::Form;
using Pieces = std::vector<std::u32string>;

constexpr std::u32string_view kAbsent[] = {U"未定",
                                           U"なし",
                                           U"無し",
                                           U"無",
                                           U"該当なし",
                                           U"該当無し",
                                           U"特になし",
                                           U"委託していない",
                                           U"委託しない",
                                           U"委託なし",
                                           U"委託先なし",
                                           U"調整中",
                                           U"検討中",
                                           U"選定中",
                                           U"入札予定",
                                           U"空欄",
                                           U"非公開",
                                           U"非公表",
                                           U"非開示",
                                           U"不開示",
                                           U"予定なし",
                                           U"委託は行っていない",
                                           U"委託を行っていない",
                                           U"現在未定",
                                           U"未契約",
                                           U"契約前",
                                           U"契約締結前",
                                           U"契約手続中",
                                           U"選定手続中",
                                           U"選定前"};

bool is_mark(char32_t c) {
  constexpr std::u32string_view kMarks = U"-ー()[]。、,.・*/~_=…";
  return kMarks.find(c) != std::u32string_view::npos;
}

bool says_nobody(std::u32string_view text) {
  const std::u32string joined = company::without_spaces(text);
  std::u32string bare;
  for (char32_t c : joined) {
    if (!is_mark(c)) bare += c;
  }
  if (bare.empty()) return true;
  if (std::find(std::begin(kAbsent), std::end(kAbsent), bare) != std::end(kAbsent)) return true;
  if (company::find_form(joined).found()) return false;
  // 令和7年度に入札により決定(未定)
  for (std::u32string_view word :
       {U"未定", U"入札により", U"していない", U"行っていない", U"する予定", U"を予定", U"決定する",
        U"決定後", U"により選定", U"により決定", U"行わない"}) {
    if (joined.find(word) != std::u32string_view::npos) return true;
  }
  return false;
}

bool begins_number(std::u32string_view text, std::size_t at) {
  const char32_t c = text[at];
  if ((c >= 0x2460 && c <= 0x2473) || (c >= 0x2474 && c <= 0x2487) || (c >= 0x2776 && c <= 0x277F))
    return true;
  // (1) or 1. or 1) behind white space or at the beginning
  const bool start = at == 0 || utf8::is_space(text[at - 1]);
  std::size_t i = at;
  const bool open = text[i] == '(' || text[i] == U'（';
  if (open) ++i;
  const std::size_t digits = i;
  const auto digit = [&](char32_t d) { return utf8::is_digit(d) || (d >= U'０' && d <= U'９'); };
  while (i < text.size() && digit(text[i])) ++i;
  if (!start || i == digits || i - digits > 2 || i == text.size()) return false;
  return open ? text[i] == ')' || text[i] == U'）'
              : text[i] == '.' || text[i] == U'．' || text[i] == ')' || text[i] == U'）';
}

Pieces split_at_numbers(const std::u32string& text) {
  Pieces pieces(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (begins_number(text, i)) pieces.emplace_back();
    pieces.back() += text[i];
  }
  return pieces;
}

// 、 , / ; and 及び outside of brackets.
Pieces split_at_marks(const std::u32string& text) {
  constexpr std::u32string_view kMarks = U"、，,；;／/";
  constexpr std::u32string_view kOpen = U"(（「";
  constexpr std::u32string_view kClose = U")）」";
  Pieces pieces(1);
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (kOpen.find(c) != std::u32string_view::npos) ++depth;
    if (kClose.find(c) != std::u32string_view::npos) depth = std::max(0, depth - 1);
    bool cut = depth == 0 && kMarks.find(c) != std::u32string_view::npos;
    std::size_t skip = 1;
    for (std::u32string_view word : {U"及び", U"および", U"並びに", U"又は", U"または"}) {
      if (depth == 0 && std::u32string_view(text).substr(i, word.size()) == word) {
        cut = true;
        skip = word.size();
      }
    }
    if (!cut) {
      pieces.back() += c;
      continue;
    }
    pieces.emplace_back();
    i += skip - 1;
  }
  return pieces;
}

bool complete(std::u32string_view text) {
  return company::is_complete(company::clean(utf8::encode(text)));
}

bool is_bare_form(std::u32string_view text) {
  const std::u32string clean = company::without_spaces(company::clean(utf8::encode(text)));
  const Form form = company::find_form(clean);
  return form.found() && form.at == 0 && form.size == clean.size();
}

bool form_first(std::u32string_view text) {
  const Form form = company::find_form(company::clean(utf8::encode(text)));
  return form.found() && form.at == 0;
}

// Words by white space, joined again until each piece is a complete name. A word that is complete
// itself, or a bare form before a name, begins the next piece.
Pieces split_at_spaces(const std::u32string& text) {
  const std::vector<std::u32string> parts = company::words(text);
  Pieces pieces;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool next_is_name =
        complete(parts[i]) || (is_bare_form(parts[i]) && i + 1 < parts.size() && !pieces.empty() &&
                               form_first(pieces.back()));
    const bool begins = pieces.empty() || (complete(pieces.back()) && next_is_name);
    if (begins) {
      pieces.push_back(parts[i]);
    } else {
      pieces.back() += U' ';
      pieces.back() += parts[i];
    }
  }
  return pieces;
}

// A株式会社・B株式会社; A株式会社B株式会社; 株式会社A株式会社B. `text` is clean.
Pieces split_at_forms(const std::u32string& text) {
  const Form first = company::find_form(text);
  if (!first.found()) return {text};
  const Form second = company::find_form(text, first.end());
  if (!second.found()) return {text};
  const std::size_t dot = text.find(U'・', first.end());
  std::size_t cut = first.at == 0 ? second.at : first.end();
  if (dot != std::u32string::npos && dot < second.at) cut = dot;
  const std::u32string head = text.substr(0, cut);
  std::u32string tail = text.substr(cut);
  constexpr std::u32string_view kBetween = U"・と&+ ";
  while (!tail.empty() && kBetween.find(tail.front()) != std::u32string_view::npos)
    tail.erase(0, 1);
  if (!company::is_complete(head) || !company::is_complete(tail.substr(0, 40))) return {text};
  Pieces pieces = split_at_forms(tail);
  pieces.insert(pieces.begin(), head);
  return pieces;
}

constexpr std::u32string_view kConsortium[] = {
    U"特定業務共同企業体", U"業務共同企業体",       U"共同企業体", U"共同事業体",
    U"コンソーシアム",     U"ジョイントベンチャー", U"JV",         U"ＪＶ"};

bool is_consortium(std::u32string_view text) {
  for (std::u32string_view word : kConsortium) {
    if (text.find(word) != std::u32string_view::npos) return true;
  }
  return false;
}

void erase_all(std::u32string& text, std::u32string_view word) {
  for (std::size_t at; (at = text.find(word)) != std::u32string::npos;) text.erase(at, word.size());
}

// ○○共同企業体（代表 A株式会社、構成員 B株式会社） -> the members as text; nothing if none is
// named.
std::u32string members(const std::u32string& text) {
  const std::size_t open = text.find_first_of(U"(（");
  if (open == std::u32string::npos) return {};
  std::u32string inside = text.substr(open + 1);
  while (!inside.empty() &&
         (inside.back() == ')' || inside.back() == U'）' || utf8::is_space(inside.back()))) {
    inside.pop_back();
  }
  for (std::u32string_view label : {U"代表構成員", U"代表構成企業", U"代表企業", U"代表者",
                                    U"構成企業", U"構成員", U"代表", U"：", U":"}) {
    erase_all(inside, label);
  }
  return company::find_form(company::clean(utf8::encode(inside))).found() ? inside
                                                                          : std::u32string{};
}

class Collector {
 public:
  void add_cell(const std::u32string& text) {
    if (is_consortium(text)) {
      const std::u32string inner = members(text);
      if (!inner.empty()) return add_numbered(inner);
    }
    // A㈱・㈱B共同企業体: the companies are the members.
    std::u32string names = text;
    if (company::find_form(company::clean(utf8::encode(text))).found()) {
      for (std::u32string_view word : kConsortium) erase_all(names, word);
    }
    add_numbered(names);
  }

  std::vector<std::string> take() { return std::move(out_); }

 private:
  void add_numbered(const std::u32string& text) {
    for (const std::u32string& numbered : split_at_numbers(text)) {
      for (const std::u32string& marked : split_at_marks(numbered)) {
        for (const std::u32string& spaced : split_at_spaces(marked)) add_piece(spaced);
      }
    }
  }

  // Printed text is kept unless two names run together.
  void add_piece(const std::u32string& text) {
    const std::u32string clean = company::clean(utf8::encode(text));
    const Pieces pieces = split_at_forms(clean);
    if (pieces.size() == 1) return add(utf8::encode(text), clean);
    for (const std::u32string& piece : pieces) add(utf8::encode(piece), piece);
  }

  void add(const std::string& printed, const std::u32string& clean) {
    static constexpr std::u32string_view kRest[] = {U"等", U"他", U"ほか", U"外", U"など"};
    if (clean.empty() || says_nobody(clean)) return;
    if (std::find(std::begin(kRest), std::end(kRest), clean) != std::end(kRest)) return;
    if (company::is_branch(company::without_spaces(clean)) && !out_.empty()) return;
    if (std::find(out_.begin(), out_.end(), printed) == out_.end()) out_.push_back(printed);
  }

  std::vector<std::string> out_;
};

}  // namespace

bool says_no_company(std::string_view text) { return says_nobody(company::clean(text)); }

std::vector<std::string> split_companies(std::string_view printed) {
  if (says_no_company(printed)) return {};
  Collector collector;
  collector.add_cell(utf8::decode(mend_radicals(printed)));
  return collector.take();
}

}  // namespace pia
