// gumbo parses what is really HTML, unless the markup is plain (cell_markup.h). Before it runs,
// every '<' that does not open or close a known element is escaped, because the forms' own headings
// stand in angle brackets: <選択肢>.

#include "indexer/cell_text.h"

#include <gumbo.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "indexer/cell_markup.h"
#include "indexer/utf8.h"

namespace pia {
namespace {

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

void add_input(CellText& out, const GumboElement& input) {
  const GumboAttribute* type = gumbo_get_attribute(&input.attributes, "type");
  out.add_input(type != nullptr ? type->value : "checkbox",
                gumbo_get_attribute(&input.attributes, "checked") != nullptr);
}

// Iterative: fragments nest as deep as an attacker likes.
void append_tree(CellText& out, const GumboNode* root) {
  struct Step {
    const GumboNode* node;
    unsigned next;
  };
  std::vector<Step> stack = {{root, 0}};
  while (!stack.empty()) {
    Step& step = stack.back();
    const GumboNode* node = step.node;
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) {
      out.add_text(node->v.text.text);
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
      if (is_block(tag)) out.break_line();
      if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) out.add_space();
      if (tag == GUMBO_TAG_INPUT) add_input(out, node->v.element);
    }
    if (step.next < children.length) {
      const auto* child = static_cast<const GumboNode*>(children.data[step.next++]);
      stack.push_back({child, 0});
      continue;
    }
    if (is_block(tag)) out.break_line();
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
  if (const auto plain = plain_markup_text(html)) return trimmed(*plain);
  const std::string escaped = escape_text_brackets(html);
  GumboOptions options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_BODY;
  options.fragment_namespace = GUMBO_NAMESPACE_HTML;
  const auto destroy = [&](GumboOutput* output) { gumbo_destroy_output(&options, output); };
  const std::unique_ptr<GumboOutput, decltype(destroy)> output(
      gumbo_parse_with_options(&options, escaped.data(), escaped.size()), destroy);
  CellText text(html.size());
  append_tree(text, output->root);
  return trimmed(text.text());
}

std::string normalise_ticks(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 8);
  // First bytes of [ and of what else may begin a box: ☐ ☑ ☒ and ［.
  const auto may_begin_box = [](char c) { return c == '[' || c == '\xE2' || c == '\xEF'; };
  for (std::size_t at = 0; at < text.size();) {
    const auto plain = static_cast<std::size_t>(
        std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), may_begin_box) -
        text.begin());
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
