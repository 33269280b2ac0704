// gumbo parses what is really HTML. Before it runs, every '<' that does not open or close a known
// element is escaped, because the forms' own headings stand in angle brackets: <選択肢>.

#include "indexer/cell_text.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <vector>

#include "indexer/utf8.h"

namespace pia {
namespace {

constexpr std::array<std::string_view, 50> kElements = {
    "a",       "b",        "big",   "blockquote", "body", "br",  "caption", "center", "code",
    "col",     "colgroup", "dd",    "del",        "div",  "dl",  "dt",      "em",     "font",
    "form",    "h1",       "h2",    "h3",         "h4",   "h5",  "h6",      "hr",     "i",
    "img",     "input",    "ins",   "label",      "li",   "ol",  "p",       "pre",    "s",
    "section", "small",    "span",  "strong",     "sub",  "sup", "table",   "tbody",  "td",
    "tfoot",   "th",       "thead", "tr",         "u"};
constexpr std::array<std::string_view, 3> kMoreElements = {"ul", "html", "head"};

// The element's name behind '<' or '</', if there is one.
bool opens_element(std::string_view text, std::size_t lt) {
  std::size_t at = lt + 1;
  if (at < text.size() && text[at] == '/') ++at;
  std::string name;
  while (at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0 &&
         name.size() < 11) {
    name += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at++])));
  }
  if (name.empty() || at >= text.size()) return false;
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
  return std::find(kElements.begin(), kElements.end(), name) != kElements.end() ||
         std::find(kMoreElements.begin(), kMoreElements.end(), name) != kMoreElements.end();
}

std::string escape_text_brackets(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size() + 16);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<' && !opens_element(text, i)) {
      escaped += "&lt;";
    } else {
      escaped += text[i];
    }
  }
  return escaped;
}

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_CAPTION:
      return true;
    default:
      return false;
  }
}

void break_line(std::string& out) {
  while (!out.empty() && out.back() == ' ') out.pop_back();
  if (!out.empty() && out.back() != '\n') out += '\n';
}

void append_collapsed(std::string& out, std::string_view text) {
  for (char c : text) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
      if (!out.empty() && out.back() != ' ' && out.back() != '\n') out += ' ';
    } else {
      out += c;
    }
  }
}

void append_box(std::string& out, const GumboElement& input) {
  const GumboAttribute* type = gumbo_get_attribute(&input.attributes, "type");
  const std::string_view kind = type != nullptr ? type->value : "checkbox";
  if (kind != "checkbox" && kind != "radio") return;
  const bool checked = gumbo_get_attribute(&input.attributes, "checked") != nullptr;
  if (!out.empty() && out.back() == '[') {  // "[<input …>": the brackets are printed
    out.pop_back();
  } else if (out.ends_with("［")) {
    out.resize(out.size() - 3);
  }
  out += checked ? "[○]" : "[ ]";
}

// "[<input …>]": the printed closing bracket behind a box that brought its own.
std::string_view without_closing(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && text[at] == ' ') ++at;
  if (text.substr(at).starts_with("]")) return text.substr(at + 1);
  if (text.substr(at).starts_with("］")) return text.substr(at + 3);
  return text;
}

// Iterative: fragments nest as deep as an attacker likes.
void append_tree(std::string& out, const GumboNode* root) {
  struct Step {
    const GumboNode* node;
    unsigned next;
  };
  std::vector<Step> stack = {{root, 0}};
  bool after_box = false;
  while (!stack.empty()) {
    Step& step = stack.back();
    const GumboNode* node = step.node;
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) {
      std::string_view text = node->v.text.text;
      if (after_box) text = without_closing(text);
      after_box = false;
      append_collapsed(out, text);
      stack.pop_back();
      continue;
    }
    if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_DOCUMENT) {
      stack.pop_back();
      continue;
    }
    const bool element = node->type == GUMBO_NODE_ELEMENT;
    const GumboTag tag = element ? node->v.element.tag : GUMBO_TAG_UNKNOWN;
    const GumboVector& children = element ? node->v.element.children : node->v.document.children;
    if (step.next == 0) {
      if (is_block(tag)) break_line(out);
      if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) append_collapsed(out, " ");
      if (tag == GUMBO_TAG_INPUT) {
        append_box(out, node->v.element);
        after_box = true;
      }
    }
    if (step.next < children.length) {
      const auto* child = static_cast<const GumboNode*>(children.data[step.next++]);
      stack.push_back({child, 0});
      continue;
    }
    if (is_block(tag)) break_line(out);
    stack.pop_back();
  }
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

bool is_mark(char32_t c) {
  switch (c) {
    case U'○':
    case U'〇':
    case U'◯':
    case U'●':
    case U'◎':
    case U'レ':
    case U'✓':
    case U'✔':
    case U'☑':
    case U'☒':
    case U'■':
    case U'√':
    case U'ﾚ':
    case U'x':
    case U'X':
    case U'×':
    case U'v':
    case U'V':
    case U'O':
    case U'o':
    case U'0':
    case U'Ｏ':
      return true;
    default:
      return false;
  }
}

}  // namespace

bool has_html(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (opens_element(text, at)) return true;
  }
  return false;
}

std::string html_cell_text(std::string_view html) {
  if (!has_html(html)) {
    return html.find('&') == std::string_view::npos
               ? trimmed(html)
               : html_cell_text("<p>" + std::string(html) + "</p>");
  }
  const std::string escaped = escape_text_brackets(html);
  GumboOptions options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_BODY;
  options.fragment_namespace = GUMBO_NAMESPACE_HTML;
  const auto destroy = [&](GumboOutput* output) { gumbo_destroy_output(&options, output); };
  const std::unique_ptr<GumboOutput, decltype(destroy)> output(
      gumbo_parse_with_options(&options, escaped.data(), escaped.size()), destroy);
  std::string text;
  text.reserve(html.size());
  append_tree(text, output->root);
  return trimmed(text);
}

std::string normalise_ticks(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 8);
  // First bytes of [ and of what else may begin a box: ☐ ☑ ☒ and ［.
  constexpr std::string_view kFirstBytes = "[\xE2\xEF";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t plain = std::min(text.find_first_of(kFirstBytes, at), text.size());
    out.append(text, at, plain - at);
    if (plain == text.size()) break;
    at = plain;
    const std::size_t begin = at;
    const char32_t c = next_char(text, at);
    if (c == U'☐' || c == U'☑' || c == U'☒') {
      if (c != U'☒' && out.ends_with("[")) {  // "[☑]"
        std::size_t close = at;
        while (close < text.size() && text[close] == ' ') ++close;
        if (text.substr(close).starts_with("]")) {
          out.pop_back();
          at = close + 1;
        }
      }
      out += c == U'☐' ? "[ ]" : "[○]";
      continue;
    }
    if (c != U'[' && c != U'［') {
      out.append(text.substr(begin, at - begin));
      continue;
    }
    // A bracket with nothing or one mark in it.
    std::size_t here = at;
    bool marked = false;
    bool box = false;
    while (here < text.size()) {
      const char32_t inner = next_char(text, here);
      if (inner == U']' || inner == U'］') {
        box = true;
        break;
      }
      if (inner == U'\n' || (!is_label_space(inner) && (marked || !is_mark(inner)))) break;
      if (!is_label_space(inner)) marked = true;
    }
    if (box) {
      out += marked ? "[○]" : "[ ]";
      at = here;
    } else {
      out.append(text.substr(begin, at - begin));
    }
  }
  return out;
}

}  // namespace pia
