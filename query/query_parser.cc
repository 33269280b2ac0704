// Recursive descent over code points; there is no separate list of tokens, because what a character
// means depends on where it stands ('-' begins a NOT only before a word, ':' ends a field's name
// only if there is such a field).

#include "query/query_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "query/unicode.h"
#include "query/value_parser.h"

namespace pia {
namespace {

constexpr std::u32string_view kQuotes = U"\"“”„‟";  // each closes each; ＂ arrives narrowed
constexpr std::u32string_view kLegalForms[] = {U"株",   U"有",   U"財", U"社", U"一財", U"一社",
                                               U"公財", U"公社", U"合", U"名", U"資",   U"同",
                                               U"独",   U"学",   U"医", U"福", U"特非"};

bool is_quote(char32_t c) { return kQuotes.find(narrow(c)) != std::u32string_view::npos; }
bool is_corner(char32_t c) { return c == U'「' || c == U'『' || c == U'｢'; }
bool is_bar(char32_t c) { return narrow(c) == U'|'; }
bool is_minus(char32_t c) { return narrow(c) == U'-' || c == U'−' || c == U'‐'; }

char32_t closing_corner(char32_t open) {
  return open == U'「' ? U'」' : open == U'『' ? U'』' : U'｣';
}

class Parser {
 public:
  explicit Parser(std::u32string text) : text_(std::move(text)) {}

  Result<ParsedQuery> run() {
    skip_blanks();
    if (at_end()) return ParsedQuery{};
    auto tree = either();
    if (!tree) return tree.error();
    if (!at_end()) return fail(at_, "閉じ括弧「)」に対応する開き括弧「(」がありません");
    return ParsedQuery{std::move(*tree), std::move(notices_)};
  }

 private:
  // either := both (OR both)*
  Result<Query> either() {
    const std::size_t begin = at_;
    std::vector<Query> children;
    while (true) {
      auto child = both();
      if (!child) return child;
      children.push_back(std::move(*child));
      if (!take_or()) break;
    }
    return placed(any_of(std::move(children)), begin);
  }

  // both := not (AND? not)*
  Result<Query> both() {
    const std::size_t begin = at_;
    std::vector<Query> children;
    while (true) {
      skip_blanks();
      if (!children.empty() && take_keyword(U"AND")) {
        skip_blanks();
        if (at_end() || closes_group()) return fail(at_, "AND の後に語がありません");
      } else if (!children.empty() && (at_end() || closes_group() || before_or())) {
        break;
      }
      auto child = negation();
      if (!child) return child;
      children.push_back(std::move(*child));
    }
    return placed(all_of(std::move(children)), begin);
  }

  Result<Query> negation() {
    skip_blanks();
    const std::size_t begin = at_;
    if (!at_end() && is_minus(text_[at_]) && (at_ + 1 == text_.size() || is_blank(text_[at_ + 1])))
      return fail(begin, "「-」(NOT) のすぐ後に、除く語を空白なしで書いてください");
    if (!take_not()) return item();
    skip_blanks();
    if (at_end() || closes_group()) return fail(begin, "「-」(NOT) の後に除く語がありません");
    if (auto too_deep = enter(begin)) return *too_deep;
    auto child = negation();
    --depth_;
    if (!child) return child;
    return placed(none_of(std::move(*child)), begin);
  }

  Result<Query> item() {
    if (at_end()) return fail(at_, "語がありません");
    if (before_or()) return fail(at_, "OR の前に語がありません");
    if (keyword_at(U"AND")) return fail(at_, "AND の前に語がありません");
    if (narrow(text_[at_]) == U')') return fail(at_, "「)」の前に語がありません");
    if (narrow(text_[at_]) == U'(' && !legal_form_at(at_)) return group();
    if (is_quote(text_[at_]) || is_corner(text_[at_])) return quotation();
    if (field_ == QueryField::None) {
      if (auto field = take_field_name()) return field_value(field->first, field->second);
    }
    return plain_word();
  }

  Result<Query> group() {
    const std::size_t begin = at_;
    if (auto too_deep = enter(begin)) return *too_deep;
    ++at_;
    skip_blanks();
    if (at_end()) return fail(begin, "開き括弧「(」が閉じていません");
    if (closes_group()) return fail(at_, "括弧の中に語がありません");
    auto inner = either();
    --depth_;
    if (!inner) return inner;
    if (at_end()) return fail(begin, "開き括弧「(」が閉じていません");
    ++at_;
    return inner;
  }

  Result<Query> quotation() {
    const std::size_t begin = at_;
    const std::size_t end = closing_quote(begin);
    if (end == std::u32string::npos) return fail(begin, "引用符が閉じていません");
    const std::u32string inside = text_.substr(begin + 1, end - begin - 1);
    if (std::ranges::all_of(inside, is_blank)) return fail(begin, "引用符の中に文字がありません");
    at_ = end + 1;
    return counted_leaf(phrase(encode_utf8(inside)), begin);
  }

  std::size_t closing_quote(std::size_t begin) const {
    const char32_t open = text_[begin];
    int depth = 0;
    for (std::size_t i = begin; i < text_.size(); ++i) {
      if (is_quote(open)) {
        if (i > begin && is_quote(text_[i])) return i;
      } else if (text_[i] == open) {
        ++depth;
      } else if (text_[i] == closing_corner(open) && --depth == 0) {
        return i;
      }
    }
    return std::u32string::npos;
  }

  // The name and its column, if what follows is a known name and a colon. A name that is no field
  // is left alone, with a notice.
  std::optional<std::pair<QueryField, std::size_t>> take_field_name() {
    const std::size_t begin = at_;
    std::size_t end = begin;
    while (end < text_.size() && !ends_word(end) && narrow(text_[end]) != U':') ++end;
    if (end == begin || end >= text_.size() || narrow(text_[end]) != U':') return std::nullopt;
    const std::string name = encode_utf8(std::u32string_view(text_).substr(begin, end - begin));
    if (const auto field = field_named(name)) {
      at_ = end + 1;
      return std::pair(*field, begin);
    }
    note_unknown(name);
    return std::nullopt;
  }

  void note_unknown(const std::string& name) {
    const std::string folded = fold_name(name);
    if (folded == "http" || folded == "https" ||
        std::ranges::all_of(folded, [](unsigned char c) { return std::isdigit(c) != 0; }))
      return;
    std::string notice =
        fmt::format("「{}」は項目の名前ではないので、ふつうの語として探します", name);
    if (std::ranges::find(notices_, notice) == notices_.end())
      notices_.push_back(std::move(notice));
  }

  Result<Query> field_value(QueryField field, std::size_t begin) {
    skip_blanks();
    const std::string label(field_info(field).japanese);
    if (at_end() || closes_group() || before_or() || keyword_at(U"AND") || keyword_at(U"NOT"))
      return fail(begin, fmt::format("「{}:」の後に値がありません", label));
    int negations = 0;  // 委託先:-みどり is -委託先:みどり, and as deep
    // A dash with nothing behind it is the value.
    const auto negates = [&](std::size_t next) {
      return next < text_.size() && !is_blank(text_[next]) && !is_bar(text_[next]) &&
             narrow(text_[next]) != U')';
    };
    for (; is_minus(text_[at_]) && negates(at_ + 1); ++at_) {
      if (auto too_deep = enter(at_)) return *too_deep;
      ++negations;
    }
    field_ = field;
    auto value = item();
    field_ = QueryField::None;
    depth_ -= negations;
    if (!value) return value;
    Query query = placed(in_field(field, std::move(*value)), begin);
    while (negations-- > 0) query = placed(none_of(std::move(query)), begin);
    return query;
  }

  Result<Query> plain_word() {
    const std::size_t begin = at_;
    if (keyword_at(U"OR") || keyword_at(U"AND") || keyword_at(U"NOT"))
      return fail(begin, "ここには語が要ります (演算子を探すなら引用符で囲んでください)");
    while (at_ < text_.size() && (!ends_word(at_) || legal_form_at(at_))) {
      at_ += legal_form_at(at_) ? legal_form_length(at_) : 1;
    }
    std::u32string written = text_.substr(begin, at_ - begin);
    if (written.empty()) return fail(begin, "ここでは使えない記号です");
    const std::size_t star = std::u32string_view(written).find_first_of(U"*＊");
    if (field_ != QueryField::None && star == 0 && written.size() == 1) {
      Query present;
      present.type = Query::Type::Present;
      return counted_leaf(std::move(present), begin);
    }
    if (star == std::u32string::npos) return counted_leaf(word(encode_utf8(written)), begin);
    if (star == 0) return fail(begin, "「*」の前に語の始まりが要ります (例: 日本電*)");
    if (star + 1 != written.size()) return fail(begin + star, "「*」は語の終わりにだけ書けます");
    written.pop_back();
    return counted_leaf(prefix(encode_utf8(written)), begin);
  }

  // Inside a field the leaf becomes what the field holds: a choice, a date, a number.
  Result<Query> counted_leaf(Query leaf, std::size_t begin) {
    if (++leaves_ > kMaxQueryLeaves)
      return fail(begin, fmt::format("語が多すぎます (上限 {})", kMaxQueryLeaves));
    if (field_ != QueryField::None) {
      auto value = field_leaf(field_, std::move(leaf));
      if (!value) return fail(begin, value.error().reason);
      return placed(std::move(*value), begin);
    }
    return placed(std::move(leaf), begin);
  }

  // --- single characters -----------------------------------------------------------------------
  bool at_end() const { return at_ >= text_.size(); }
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  bool closes_group() const { return at_ < text_.size() && narrow(text_[at_]) == U')'; }

  bool ends_word(std::size_t at) const {
    const char32_t c = text_[at];
    return is_blank(c) || is_quote(c) || is_corner(c) || is_bar(c) || narrow(c) == U'(' ||
           narrow(c) == U')';
  }

  std::size_t legal_form_length(std::size_t at) const {
    if (at >= text_.size() || narrow(text_[at]) != U'(') return 0;
    for (const std::u32string_view form : kLegalForms) {
      const std::size_t end = at + 1 + form.size();
      if (end < text_.size() && narrow(text_[end]) == U')' &&
          text_.compare(at + 1, form.size(), form) == 0)
        return form.size() + 2;
    }
    return 0;
  }
  bool legal_form_at(std::size_t at) const { return legal_form_length(at) != 0; }

  bool keyword_at(std::u32string_view keyword) const {
    if (at_ + keyword.size() > text_.size()) return false;
    for (std::size_t i = 0; i < keyword.size(); ++i) {
      if (narrow(text_[at_ + i]) != keyword[i]) return false;
    }
    return at_ + keyword.size() == text_.size() || ends_word(at_ + keyword.size());
  }
  bool take_keyword(std::u32string_view keyword) {
    if (!keyword_at(keyword)) return false;
    at_ += keyword.size();
    return true;
  }

  bool before_or() const { return at_ < text_.size() && (is_bar(text_[at_]) || keyword_at(U"OR")); }
  bool take_or() {
    skip_blanks();
    if (!before_or()) return false;
    at_ += is_bar(text_[at_]) ? 1 : 2;
    return true;
  }
  // A dash is NOT only right before what it excludes; "NOT" needs its own word.
  bool take_not() {
    if (take_keyword(U"NOT")) return true;
    if (at_end() || !is_minus(text_[at_])) return false;
    ++at_;
    return true;
  }

  // --- bookkeeping -----------------------------------------------------------------------------
  static Query placed(Query query, std::size_t begin) {
    if (query.column == 0) query.column = static_cast<int>(begin) + 1;
    return query;
  }
  std::optional<Error> enter(std::size_t begin) {
    if (++depth_ <= kMaxQueryDepth) return std::nullopt;
    return fail(begin, fmt::format("括弧や NOT が深すぎます (上限 {})", kMaxQueryDepth));
  }
  static Error fail(std::size_t at, std::string reason) {
    Error error{ErrorCode::MalformedQuery, std::move(reason), "", 0, 0};
    error.column = static_cast<int>(at) + 1;
    return error;
  }

  std::u32string text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int leaves_ = 0;
  QueryField field_ = QueryField::None;  // whose value is being read
  std::vector<std::string> notices_;
};

}  // namespace

Result<ParsedQuery> parse_query(std::string_view text) {
  auto decoded = decode_utf8(text);
  if (!decoded) {
    return Error{ErrorCode::MalformedQuery, "検索語が UTF-8 の文字列ではありません", "", 0, 1};
  }
  if (decoded->size() > kMaxQueryCharacters) {
    return Error{
        ErrorCode::MalformedQuery,
        fmt::format("検索語が長すぎます ({} 文字、上限 {})", decoded->size(), kMaxQueryCharacters),
        "", 0, static_cast<int>(kMaxQueryCharacters) + 1};
  }
  return Parser(std::move(*decoded)).run();
}

}  // namespace pia
