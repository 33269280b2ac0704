// The printed text is cut into pieces at 。！？ and line ends; the snippet is the run of pieces
// that fits and weighs most. A single piece that is too long is cut at the nearest 、 or character.

#include "query/snippet.h"

#include <algorithm>
#include <array>

#include "dicts/normalizer.h"
#include "query/unicode.h"

namespace pia {
namespace {

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '\'':
      out += "&#39;";
      break;
    default:
      out += c;
  }
}

struct Piece {
  std::size_t begin = 0, end = 0;  // bytes
  std::size_t characters = 0;
  double weight = 0;
};

std::size_t end_of_sentence(std::string_view text, std::size_t from) {
  constexpr std::array<std::string_view, 5> kEnds = {"。", "！", "？", "\n", "\r"};
  std::size_t end = text.size();
  for (const std::string_view mark : kEnds) {
    const std::size_t at = text.find(mark, from);
    if (at != std::string_view::npos) end = std::min(end, at + mark.size());
  }
  // A closing bracket belongs to the sentence before it.
  for (const std::string_view close : {"」", "）", ")"}) {
    if (text.substr(end).starts_with(close)) end += close.size();
  }
  return end;
}

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_sentence(text, at);
    pieces.push_back({at, end, count_characters(text.substr(at, end - at)), 0});
    at = end;
  }
  return pieces;
}

// Distinct marks count fully, repeats little: a piece with two of the words beats one word twice.
double weight_between(const std::vector<MarkedSpan>& marks, std::size_t begin, std::size_t end) {
  double weight = 0;
  std::vector<double> seen;
  for (const MarkedSpan& mark : marks) {
    if (mark.begin >= end || mark.end <= begin) continue;
    const bool repeated = std::ranges::find(seen, mark.weight) != seen.end();
    weight += repeated ? mark.weight * 0.1 : mark.weight;
    seen.push_back(mark.weight);
  }
  return weight;
}

struct Window {
  std::size_t begin = 0, end = 0;
};

bool is_lead(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

std::size_t back(std::string_view text, std::size_t at, std::size_t characters) {
  while (at > 0 && characters > 0) {
    if (is_lead(text[--at])) --characters;
  }
  return at;
}
std::size_t forth(std::string_view text, std::size_t at, std::size_t characters) {
  while (at < text.size() && characters > 0) {
    ++at;
    while (at < text.size() && !is_lead(text[at])) ++at;
    --characters;
  }
  return at;
}

// Part of one long piece, around the mark from which the most weight fits.
Window inside_piece(std::string_view text, const Piece& piece, const std::vector<MarkedSpan>& marks,
                    std::size_t characters) {
  Window best{piece.begin, std::min(piece.end, forth(text, piece.begin, characters))};
  double most = weight_between(marks, best.begin, best.end);
  for (const MarkedSpan& mark : marks) {
    if (mark.begin < piece.begin || mark.end > piece.end) continue;
    const std::size_t begin = std::max(piece.begin, back(text, mark.begin, characters / 5));
    const std::size_t end = std::min(piece.end, forth(text, begin, characters));
    const double weight = weight_between(marks, begin, end);
    if (weight <= most) continue;
    most = weight;
    best = {begin, end};
  }
  // Begin behind a comma if there is one before the first mark.
  if (best.begin > piece.begin) {
    std::size_t first = best.end;
    for (const MarkedSpan& mark : marks) {
      if (mark.begin >= best.begin) first = std::min<std::size_t>(first, mark.begin);
    }
    const std::size_t comma = text.substr(0, first).rfind("、");
    if (comma != std::string_view::npos && comma > best.begin)
      best.begin = comma + std::string_view("、").size();
  }
  return best;
}

Window choose(std::string_view text, const std::vector<MarkedSpan>& marks, std::size_t characters) {
  std::vector<Piece> pieces = pieces_of(text);
  for (Piece& piece : pieces) piece.weight = weight_between(marks, piece.begin, piece.end);
  Window best;
  double most = -1;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].weight == 0 && most >= 0) continue;
    std::size_t length = 0, last = i;
    for (std::size_t j = i; j < pieces.size() && length + pieces[j].characters <= characters; ++j) {
      length += pieces[j].characters;
      last = j;
    }
    const Window window = pieces[i].characters > characters
                              ? inside_piece(text, pieces[i], marks, characters)
                              : Window{pieces[i].begin, pieces[last].end};
    const double weight = weight_between(marks, window.begin, window.end);
    if (weight > most) {
      most = weight;
      best = window;
    }
  }
  return best;
}

// White space becomes one space, but none between Japanese characters (a joined line break).
bool needs_space(char32_t before, char32_t after) { return before < 0x3000 && after < 0x3000; }

std::string render(std::string_view text, Window window, const std::vector<MarkedSpan>& marks) {
  std::string out;
  bool open = false, blank = false;
  char32_t last = U'　';
  std::size_t at = window.begin;
  std::size_t next = 0;
  while (next < marks.size() && marks[next].end <= at) ++next;
  while (at < window.end) {
    const std::size_t end = forth(text, at, 1);
    const auto decoded = decode_utf8(text.substr(at, end - at));
    const char32_t c = decoded && !decoded->empty() ? decoded->front() : U'\uFFFD';
    if (open && at >= marks[next].end) {
      out += "</mark>";
      open = false;
      while (next < marks.size() && marks[next].end <= at) ++next;
    }
    if (is_blank(c)) {
      blank = true;
      at = end;
      continue;
    }
    if (blank && needs_space(last, c)) out += ' ';
    blank = false;
    if (!open && next < marks.size() && at >= marks[next].begin && at < marks[next].end) {
      out += "<mark>";
      open = true;
    }
    for (const char byte : text.substr(at, end - at)) append_escaped(out, byte);
    last = c;
    at = end;
  }
  if (open) out += "</mark>";
  return out;
}

bool only_blank(std::string_view text) {
  const auto decoded = decode_utf8(text);
  return decoded && std::ranges::all_of(*decoded, is_blank);
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) append_escaped(out, c);
  return out;
}

std::vector<MarkedSpan> find_needles(std::string_view printed, const std::vector<Needle>& needles) {
  const Folded folded = fold_literal(printed);
  std::vector<MarkedSpan> found;
  for (const Needle& needle : needles) {
    if (needle.text.empty()) continue;
    for (std::size_t at = folded.text.find(needle.text); at != std::string::npos;
         at = folded.text.find(needle.text, at + needle.text.size())) {
      const auto [begin, end] = folded.original(at, at + needle.text.size());
      found.push_back({begin, end, needle.weight});
    }
  }
  std::ranges::sort(found, [](const MarkedSpan& a, const MarkedSpan& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<MarkedSpan> joined;
  for (const MarkedSpan& span : found) {
    if (!joined.empty() && span.begin < joined.back().end) {
      joined.back().end = std::max(joined.back().end, span.end);
      joined.back().weight = std::max(joined.back().weight, span.weight);
    } else {
      joined.push_back(span);
    }
  }
  return joined;
}

std::string snippet(std::string_view printed, const std::vector<Needle>& needles,
                    std::size_t characters) {
  const auto marks = find_needles(printed, needles);
  const Window window = count_characters(printed) <= characters
                            ? Window{0, printed.size()}
                            : choose(printed, marks, characters);
  std::string out = render(printed, window, marks);
  if (!only_blank(printed.substr(0, window.begin))) out = "…" + out;
  if (!only_blank(printed.substr(window.end))) out += "…";
  return out;
}

std::string marked(std::string_view printed, const std::vector<Needle>& needles) {
  return render(printed, {0, printed.size()}, find_needles(printed, needles));
}

}  // namespace pia
