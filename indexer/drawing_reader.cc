// The page description language, as far as lines need it: q Q cm, re m l h, the painting
// operators, colours (a white rule is none) and Do. Strings, arrays, dictionaries and inline
// images are passed over.

#include <algorithm>
#include <charconv>
#include <cmath>

#include "indexer/pdf_drawing.h"

namespace pia {
namespace {

constexpr double kThin = 3.2;      // points: a filled rectangle as thin as this is a rule
constexpr double kStraight = 0.8;  // points that an end of a rule may be off
constexpr std::size_t kMostSaved = 256;
constexpr std::size_t kMostRules = 200'000;
constexpr std::size_t kMostRuns = 200'000;
constexpr std::size_t kMostOperands = 64;

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}
bool is_delimiter(char c) {
  return std::string_view("()<>[]{}/%").find(c) != std::string_view::npos;
}
bool is_regular(char c) { return !is_space(c) && !is_delimiter(c); }

// Cuts instructions into tokens.
class Tokens {
 public:
  enum class Kind { End, Number, Name, Word, String, Other };
  explicit Tokens(std::string_view text) : text_(text) {}

  Kind next() {
    skip_space();
    if (at_ >= text_.size()) return Kind::End;
    const std::size_t from = at_;
    const char c = text_[at_];
    if (c == '(') return string(from);
    if (c == '<' && peek(1) != '<') return hex_string(from);
    if (c == '/') {
      ++at_;
      while (at_ < text_.size() && is_regular(text_[at_])) ++at_;
      return cut(from + 1, Kind::Name);
    }
    if (is_delimiter(c)) {
      ++at_;
      return cut(from, Kind::Other);
    }
    while (at_ < text_.size() && is_regular(text_[at_])) ++at_;
    cut(from, Kind::Word);
    const bool digits = (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
    return digits && parse_number() ? Kind::Number : Kind::Word;
  }

  std::string_view token() const { return token_; }
  double number() const { return number_; }

  // After "ID": past the image's bytes, to behind the "EI" that stands alone.
  void skip_inline_image() {
    while (at_ + 2 < text_.size()) {
      const std::size_t found = text_.find("EI", at_);
      if (found == std::string_view::npos) break;
      at_ = found + 2;
      const bool before = found > 0 && is_space(text_[found - 1]);
      if (before && (at_ >= text_.size() || !is_regular(text_[at_]))) return;
    }
    at_ = text_.size();
  }

 private:
  char peek(std::size_t n) const { return at_ + n < text_.size() ? text_[at_ + n] : '\0'; }

  Kind cut(std::size_t from, Kind kind) {
    token_ = text_.substr(from, at_ - from);
    return kind;
  }

  void skip_space() {
    while (at_ < text_.size() && (is_space(text_[at_]) || text_[at_] == '%')) {
      if (text_[at_] == '%')
        at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
      else
        ++at_;
    }
  }

  Kind string(std::size_t from) {
    int depth = 0;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\')
        ++at_;
      else if (text_[at_] == '(')
        ++depth;
      else if (text_[at_] == ')' && --depth == 0)
        break;
    }
    at_ = std::min(at_ + 1, text_.size());
    return cut(from, Kind::String);
  }

  Kind hex_string(std::size_t from) {
    at_ = std::min(text_.find('>', at_), text_.size() - 1) + 1;
    return cut(from, Kind::String);
  }

  bool parse_number() {
    std::string_view digits = token_;
    if (digits.starts_with('+')) digits.remove_prefix(1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number_);
    return error == std::errc() && end == digits.data() + digits.size() && std::isfinite(number_);
  }

  std::string_view text_, token_;
  std::size_t at_ = 0;
  double number_ = 0;
};

}  // namespace

Matrix operator*(const Matrix& m, const Matrix& n) {
  return {m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d,       m.c * n.a + m.d * n.c,
          m.c * n.b + m.d * n.d, m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f};
}

void DrawingReader::run(std::string_view content) {
  Tokens tokens(content);
  for (;;) {
    switch (tokens.next()) {
      case Tokens::Kind::End:
        return;
      case Tokens::Kind::Number:
        if (numbers_.size() < kMostOperands) numbers_.push_back(tokens.number());
        break;
      case Tokens::Kind::Name:
        name_ = tokens.token();
        break;
      case Tokens::Kind::String:
        out_.text_bytes += tokens.token().size() - 1;
        break;
      case Tokens::Kind::Other:
        break;
      case Tokens::Kind::Word:
        if (tokens.token() == "ID")
          tokens.skip_inline_image(), out_.images = true;
        else
          apply(tokens.token());
        numbers_.clear();
        break;
    }
  }
}

void DrawingReader::run_inside(std::string_view content, const Matrix& matrix) {
  const State before = state_;
  std::vector<State> saved;
  std::swap(saved, saved_);
  state_.matrix = matrix * state_.matrix;
  paths_.clear(), numbers_.clear();
  run(content);
  saved_ = std::move(saved), state_ = before;
  paths_.clear(), numbers_.clear();
}

double DrawingReader::number(std::size_t from_end) const {
  return from_end < numbers_.size() ? numbers_[numbers_.size() - 1 - from_end] : 0;
}

DrawingReader::Point DrawingReader::shown(double x, double y) const {
  const Matrix& m = state_.matrix;
  return {x * m.a + y * m.c + m.e, x * m.b + y * m.d + m.f};
}

void DrawingReader::move_to(Point p) { paths_.push_back({{p}}); }

void DrawingReader::line_to(Point p) {
  if (paths_.empty()) return move_to(p);
  if (paths_.back().closed) paths_.push_back({{paths_.back().points.front()}});
  paths_.back().points.push_back(p);
}

// Grey 1, RGB 1 1 1 or CMYK 0 0 0 0.
bool DrawingReader::is_white() const {
  if (numbers_.size() == 4)
    return std::ranges::all_of(numbers_, [](double v) { return v <= 0.01; });
  return !numbers_.empty() && std::ranges::all_of(numbers_, [](double v) { return v >= 0.99; });
}

void DrawingReader::apply(std::string_view op) {
  if (op == "q") {
    if (saved_.size() < kMostSaved) saved_.push_back(state_);
  } else if (op == "Q") {
    if (!saved_.empty()) state_ = saved_.back(), saved_.pop_back();
  } else if (op == "cm") {
    state_.matrix =
        Matrix{number(5), number(4), number(3), number(2), number(1), number(0)} * state_.matrix;
  } else if (op == "w") {
    state_.line_width = number(0);
  } else if (op == "m") {
    move_to(shown(number(1), number(0)));
  } else if (op == "l") {
    line_to(shown(number(1), number(0)));
  } else if (op == "c" || op == "v" || op == "y") {
    line_to(shown(number(1), number(0)));
    paths_.back().curved = true;
  } else if (op == "h") {
    if (!paths_.empty()) paths_.back().closed = true;
  } else if (op == "re") {
    const double x = number(3), y = number(2), w = number(1), h = number(0);
    paths_.push_back(
        {{shown(x, y), shown(x + w, y), shown(x + w, y + h), shown(x, y + h)}, false, true});
  } else if (op == "S" || op == "s") {
    if (op == "s" && !paths_.empty()) paths_.back().closed = true;
    paint(false, true);
  } else if (op == "f" || op == "F" || op == "f*") {
    paint(true, false);
  } else if (op == "B" || op == "B*" || op == "b" || op == "b*") {
    if (op[0] == 'b' && !paths_.empty()) paths_.back().closed = true;
    paint(true, true);
  } else if (op == "n") {
    if (clip_next_) clip();
    paths_.clear();
  } else if (op == "g" || op == "rg" || op == "k" || op == "sc" || op == "scn") {
    state_.white_fill = is_white();
  } else if (op == "G" || op == "RG" || op == "K" || op == "SC" || op == "SCN") {
    state_.white_stroke = is_white();
  } else if (op == "W" || op == "W*") {
    clip_next_ = true;
  } else if (op == "Do") {
    paint_object(name_);
  } else {
    apply_text(op);
  }
}

// Only where text begins is followed, not how far it goes: a clip does not change within a text.
bool DrawingReader::apply_text(std::string_view op) {
  const auto next_line = [&](double x, double y) {
    text_line_ = Matrix{1, 0, 0, 1, x, y} * text_line_;
  };
  if (op == "BT")
    text_line_ = {};
  else if (op == "Tm")
    text_line_ = {number(5), number(4), number(3), number(2), number(1), number(0)};
  else if (op == "Td")
    next_line(number(1), number(0));
  else if (op == "TD")
    leading_ = -number(0), next_line(number(1), number(0));
  else if (op == "TL")
    leading_ = number(0);
  else if (op == "T*")
    next_line(0, -leading_);
  else if (op == "Tj" || op == "TJ")
    show_text();
  else if (op == "'" || op == "\"")
    next_line(0, -leading_), show_text();
  else
    return false;
  return true;
}

void DrawingReader::show_text() {
  const Point at = shown(text_line_.e, text_line_.f);
  if (out_.runs.size() < kMostRuns) out_.runs.push_back({at.x, at.y, state_.clip});
}

// Clips of forms are rectangles; of any other shape its extent is taken.
void DrawingReader::clip() {
  Box extent{1e9, 1e9, -1e9, -1e9};
  for (const Path& path : paths_) {
    for (const Point& p : path.points) {
      extent = {std::min(extent.x0, p.x), std::min(extent.y0, p.y), std::max(extent.x1, p.x),
                std::max(extent.y1, p.y)};
    }
  }
  Box& now = state_.clip;
  if (!paths_.empty())
    now = {std::max(now.x0, extent.x0), std::max(now.y0, extent.y0), std::min(now.x1, extent.x1),
           std::min(now.y1, extent.y1)};
  clip_next_ = false;
}

void DrawingReader::paint(bool fill, bool stroke) {
  for (const Path& path : paths_) {
    if (path.curved || path.points.size() < 2) continue;
    if (stroke && !state_.white_stroke)
      add_stroked(path);
    else if (fill && !state_.white_fill)
      add_filled(path);
  }
  if (clip_next_) clip();
  paths_.clear();
}

void DrawingReader::add_filled(const Path& path) {
  Box box{1e9, 1e9, -1e9, -1e9};
  for (const Point& p : path.points) {
    box = {std::min(box.x0, p.x), std::min(box.y0, p.y), std::max(box.x1, p.x),
           std::max(box.y1, p.y)};
  }
  if (std::min(box.width(), box.height()) > kThin) return;
  if (box.width() >= box.height())
    add_line({box.x0, box.mid_y()}, {box.x1, box.mid_y()});
  else
    add_line({box.mid_x(), box.y0}, {box.mid_x(), box.y1});
}

void DrawingReader::add_stroked(const Path& path) {
  for (std::size_t i = 0; i + 1 < path.points.size(); ++i)
    add_line(path.points[i], path.points[i + 1]);
  if (path.closed && path.points.size() > 2) add_line(path.points.back(), path.points.front());
}

void DrawingReader::add_line(Point a, Point b) {
  if (out_.rules.size() >= kMostRules) return;
  const double dx = std::abs(a.x - b.x), dy = std::abs(a.y - b.y);
  if (dx < 0.1 && dy < 0.1) return;
  if (dy <= kStraight && dx > dy) {
    const double y = (a.y + b.y) / 2;
    out_.rules.push_back({{std::min(a.x, b.x), y, std::max(a.x, b.x), y}});
  } else if (dx <= kStraight) {
    const double x = (a.x + b.x) / 2;
    out_.rules.push_back({{x, std::min(a.y, b.y), x, std::max(a.y, b.y)}});
  }
}

}  // namespace pia
