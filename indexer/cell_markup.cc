// In HTML a <div> or <ul> closes the <p> that it stands in, and the </p> behind it makes an empty
// paragraph: every tag of a block ends the line at its own place, nested or not. Two things an HTML
// parser does otherwise are left to it: it ignores an end tag that closes nothing, and it closes an
// <li> at the next one.

#include "indexer/cell_markup.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace pia {
namespace {

constexpr std::array<std::string_view, 53> kElements = {
    "a",       "b",        "big",   "blockquote", "body", "br",  "caption", "center", "code",
    "col",     "colgroup", "dd",    "del",        "div",  "dl",  "dt",      "em",     "font",
    "form",    "h1",       "h2",    "h3",         "h4",   "h5",  "h6",      "hr",     "i",
    "img",     "input",    "ins",   "label",      "li",   "ol",  "p",       "pre",    "s",
    "section", "small",    "span",  "strong",     "sub",  "sup", "table",   "tbody",  "td",
    "tfoot",   "th",       "thead", "tr",         "u",    "ul",  "html",    "head"};
constexpr std::size_t kLongestElement = 10;

bool is_element(std::string_view name) {
  return std::find(kElements.begin(), kElements.end(), name) != kElements.end();
}

// Characters that a parser replaces: controls and noncharacters. Those of four bytes, too, are rare
// enough to be left to it.
bool holds_odd_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&](std::size_t k) {
      return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U;
    };
    const unsigned c = byte(0);
    if (c == 0x7F || c >= 0xF0) return true;
    if (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') return true;
    if (c == 0xC2 && byte(1) < 0xA0) return true;
    if (c == 0xEF && (byte(1) == 0xB7 || (byte(1) == 0xBF && byte(2) >= 0xBE))) return true;
  }
  return false;
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

struct Tag {
  std::string_view name;
  bool end = false;
  std::string_view type;  // attributes of an input
  bool has_type = false;
  bool checked = false;
};

// A tag in lower case with attributes that stand apart and have their values in double quotes.
class TagReader {
 public:
  TagReader(std::string_view text, std::size_t lt) : text_(text), at_(lt + 1) {}

  bool read(Tag& tag) {
    tag.end = take('/');
    tag.name = name();
    if (tag.name.empty()) return false;
    while (true) {
      const bool apart = skip_spaces();
      if (take('>')) return true;
      if (take('/')) return !tag.end && is_void(tag.name) && take('>');
      if (!apart || tag.end || !attribute(tag)) return false;
    }
  }

  static bool is_void(std::string_view name) { return name == "br" || name == "input"; }
  std::size_t end() const { return at_; }

 private:
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) { return here() == c && ++at_ > 0; }

  bool skip_spaces() {
    const std::size_t begin = at_;
    while (is_space(here())) ++at_;
    return at_ > begin;
  }

  std::string_view name() {
    const std::size_t begin = at_;
    while (is_letter(here()) || here() == '-') ++at_;
    return text_.substr(begin, at_ - begin);
  }

  bool attribute(Tag& tag) {
    const std::string_view key = name();
    if (key.empty()) return false;
    std::string_view value;
    if (take('=')) {
      if (!take('"')) return false;
      const std::size_t close = text_.find('"', at_);
      if (close == std::string_view::npos) return false;
      value = text_.substr(at_, close - at_);
      at_ = close + 1;
    }
    if (key == "type" && !tag.has_type) tag.type = value, tag.has_type = true;
    tag.checked = tag.checked || key == "checked";
    return true;
  }

  std::string_view text_;
  std::size_t at_;
};

class PlainMarkup {
 public:
  explicit PlainMarkup(std::string_view html) : html_(html), out_(html.size()) {}

  bool read() {
    std::size_t text = 0;  // where the run of text begins
    for (std::size_t lt = html_.find('<'); lt != std::string_view::npos; lt = html_.find('<', lt)) {
      if (!opens_element(html_, lt)) {
        ++lt;
        continue;
      }
      if (lt > text) out_.add_text(html_.substr(text, lt - text));
      TagReader reader(html_, lt);
      Tag tag;
      if (!reader.read(tag) || !add(tag)) return false;
      text = lt = reader.end();
    }
    if (text < html_.size()) out_.add_text(html_.substr(text));
    return true;
  }

  const std::string& text() const { return out_.text(); }

 private:
  bool add(const Tag& tag) {
    if (tag.name == "input" && !tag.end) {
      out_.add_input(tag.has_type ? tag.type : "checkbox", tag.checked);
      return true;
    }
    if (tag.name == "br" && !tag.end) return out_.break_line(), true;
    if (tag.name != "p" && tag.name != "div" && tag.name != "ul" && tag.name != "ol" &&
        tag.name != "li")
      return false;
    out_.break_line();
    if (tag.end) {
      if (open_.empty() || open_.back() != tag.name) return false;
      open_.pop_back();
      return true;
    }
    const bool in_list = !open_.empty() && (open_.back() == "ul" || open_.back() == "ol");
    if (tag.name == "li" && !in_list && !open_.empty()) return false;
    open_.push_back(tag.name);
    return true;
  }

  std::string_view html_;
  CellText out_;
  std::vector<std::string_view> open_;
};

// "[<input …>]": the printed closing bracket behind a box that brought its own.
std::string_view without_closing(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && text[at] == ' ') ++at;
  if (text.substr(at).starts_with("]")) return text.substr(at + 1);
  if (text.substr(at).starts_with("］")) return text.substr(at + 3);
  return text;
}

}  // namespace

bool opens_element(std::string_view text, std::size_t lt) {
  std::size_t at = lt + 1;
  if (at < text.size() && text[at] == '/') ++at;
  std::array<char, kLongestElement + 1> name{};
  std::size_t size = 0;
  while (at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0 &&
         size < name.size()) {
    name[size++] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[at++])));
  }
  if (size == 0 || at >= text.size()) return false;
  const char next = text[at];
  // "<b 社>" would be odd, but "<A システム>" is a heading: attributes are ASCII.
  if (next != '>' && next != '/' && next != ' ') return false;
  const std::size_t close = text.find('>', at);
  if (close == std::string_view::npos) return false;
  const std::string_view inside = text.substr(at, close - at);
  if (std::any_of(inside.begin(), inside.end(),
                  [](char c) { return static_cast<unsigned char>(c) >= 0x80; }) &&
      inside.find('=') == std::string_view::npos) {
    return false;
  }
  return is_element(std::string_view(name.data(), size));
}

void CellText::add_text(std::string_view text) {
  append_collapsed(after_box_ ? without_closing(text) : text);
  after_box_ = false;
}

void CellText::add_space() { append_collapsed(" "); }

void CellText::break_line() {
  while (!out_.empty() && out_.back() == ' ') out_.pop_back();
  if (!out_.empty() && out_.back() != '\n') out_ += '\n';
}

void CellText::add_input(std::string_view type, bool checked) {
  after_box_ = true;
  if (type != "checkbox" && type != "radio") return;
  if (!out_.empty() && out_.back() == '[') {  // "[<input …>": the brackets are printed
    out_.pop_back();
  } else if (out_.ends_with("［")) {
    out_.resize(out_.size() - 3);
  }
  out_ += checked ? "[○]" : "[ ]";
}

void CellText::append_collapsed(std::string_view text) {
  while (!text.empty()) {
    const auto space = std::find_if(text.begin(), text.end(), is_space);
    out_.append(text.begin(), space);
    if (space == text.end()) return;
    if (!out_.empty() && out_.back() != ' ' && out_.back() != '\n') out_ += ' ';
    text.remove_prefix(static_cast<std::size_t>(space - text.begin()) + 1);
  }
}

std::optional<std::string> plain_markup_text(std::string_view html) {
  if (html.find('&') != std::string_view::npos || holds_odd_character(html)) return std::nullopt;
  PlainMarkup markup(html);
  if (!markup.read()) return std::nullopt;
  return markup.text();
}

}  // namespace pia
