// A table says for each character of the BMP what it folds to on its own; most text is one look-up
// a character. Characters that may join with the one before them (combining marks, half-width
// ﾞ and ﾟ, variation selectors, Hangul vowels) are marked in the table: they send the segment, from
// the last boundary to the next one, to ICU. Everything outside the BMP goes there too.
//
//   ICU's NFKC_Casefold  ->  dashes, tildes, dots, quotes  ->  dicts/data/variants.tsv
//
// The only rule that looks back is the dash: ー after kana (ヒュ－マン), - elsewhere. White space
// between does not count, since the sources break lines inside words.

#include "dicts/normalizer.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <array>
#include <cassert>
#include <cstring>
#include <unordered_map>

#include "dicts/data.h"
#include "dicts/utf8.h"

namespace pia {
namespace {

enum class Class : std::uint8_t { Other, Kana, Space, Dash, Keep, Join };

// Keep: leaves the state "after kana" as it is (a lone voice mark).
struct Entry {
  char bytes[6];
  std::uint8_t size;  // kLong: look into Tables::longer
  Class kind;
};
constexpr std::uint8_t kLong = 255;

const icu::Normalizer2& casefold() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = icu::Normalizer2::getNFKCCasefoldInstance(status);
  assert(U_SUCCESS(status));  // part of ICU's own data
  return *instance;
}

const icu::Normalizer2& compatibility() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = icu::Normalizer2::getNFKCInstance(status);
  assert(U_SUCCESS(status));
  return *instance;
}

std::string normalized(const icu::Normalizer2& form, std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString in = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  const icu::UnicodeString out = form.normalize(in, status);
  std::string result;
  out.toUTF8String(result);
  return result;
}

char32_t unify_symbol(char32_t c) {
  switch (c) {
    case 0x301C:
    case 0x223C:
    case 0x223E:
    case 0x3030:
    case 0x02DC:
    case 0xFF5E:
      return '~';
    case 0x00B7:
    case 0x2022:
    case 0x2027:
    case 0x2219:
    case 0x22C5:
    case 0x30FB:
    case 0xFF65:
      return 0x30FB;  // ・
    case 0x201C:
    case 0x201D:
    case 0x201F:
    case 0x2033:
    case 0x301D:
    case 0x301F:
      return '"';
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
    case 0x00B4:
    case 0x0060:
      return '\'';
    default:
      return utf8::is_dash(c) && c != 0x30FC ? U'-' : c;
  }
}

using CharMap = std::unordered_map<char32_t, char32_t>;

CharMap read_map(std::string_view name, std::string_view scope) {
  CharMap map;
  for (const data::Row& row : data::rows(name)) {
    if (!scope.empty() && row.at(2) != scope) continue;
    std::size_t from = 0;
    std::size_t to = 0;
    map[utf8::next(row.at(0), from)] = utf8::next(row.at(1), to);
  }
  return map;
}

char32_t mapped(const CharMap& map, char32_t c) {
  const auto found = map.find(c);
  return found == map.end() ? c : found->second;
}

Class class_of(char32_t c) {
  if (utf8::is_space(c)) return Class::Space;
  if (c == '-' || c == 0x30FC) return Class::Dash;
  if (c == 0x3099 || c == 0x309A) return Class::Keep;
  return utf8::is_hiragana(c) || utf8::is_katakana(c) ? Class::Kana : Class::Other;
}

struct Tables {
  CharMap radicals = read_map("radicals", "");
  CharMap variants = read_map("variants", "all");
  CharMap names = read_map("variants", "literal");
  std::array<Entry, 0x10000> words;
  std::array<Entry, 0x10000> literal;
  std::unordered_map<char32_t, std::string> longer, longer_literal;

  Tables() {
    for (char32_t c = 0; c < 0x10000; ++c) {
      words[c] = entry(c, false);
      literal[c] = entry(c, true);
    }
  }

  Entry entry(char32_t c, bool as_literal) {
    Entry e{};
    if (c >= 0xD800 && c <= 0xDFFF) c = utf8::kReplacement;
    if (!casefold().hasBoundaryBefore(static_cast<UChar32>(c))) {
      e.kind = Class::Join;
      return e;
    }
    std::string one;
    utf8::append(one, c);
    const std::string out = fold_one(c, one, as_literal);
    e.kind = out.empty() ? Class::Keep : Class::Other;
    for (std::size_t at = 0; at < out.size();) {
      const Class kind = class_of(utf8::next(out, at));
      // Only a dash that is the whole output is decided by its neighbour.
      e.kind = kind == Class::Dash && out.size() > 3 ? e.kind : kind;
    }
    if (out.size() <= sizeof e.bytes) {
      std::memcpy(e.bytes, out.data(), out.size());
      e.size = static_cast<std::uint8_t>(out.size());
    } else {
      e.size = kLong;
      (as_literal ? longer_literal : longer)[c] = out;
    }
    return e;
  }

  // Most characters are left alone: that shortens the start of every program. The literal
  // folding of one character follows from its folding for words.
  std::string fold_one(char32_t c, const std::string& bytes, bool as_literal) const {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString text(static_cast<UChar32>(c));
    const bool changes = radicals.contains(c) || casefold().quickCheck(text, status) != UNORM_YES;
    if (!as_literal && changes) return fold_segment(bytes, false);
    const std::string from = as_literal ? word_form(c) : bytes;
    std::string out;
    for (std::size_t at = 0; at < from.size();)
      append_unified(out, utf8::next(from, at), as_literal);
    return out;
  }

  // REQUIRES: words has its entry for c.
  std::string word_form(char32_t c) const {
    const Entry& e = words[c];
    return e.size == kLong ? longer.at(c) : std::string(e.bytes, e.size);
  }

  // A segment of ICU, folded. Mapping may make a new pair that composes (ヶ + ゛ -> ゲ): repeat.
  std::string fold_segment(std::string_view segment, bool as_literal) const {
    std::string text(segment);
    for (;;) {
      std::string before;
      for (std::size_t at = 0; at < text.size();) {
        utf8::append(before, mapped(radicals, utf8::next(text, at)));
      }
      before = normalized(casefold(), before);
      std::string after;
      for (std::size_t at = 0; at < before.size();) {
        append_unified(after, utf8::next(before, at), as_literal);
      }
      if (after == text) return text;
      text = std::move(after);
    }
  }

  void append_unified(std::string& out, char32_t c, bool as_literal) const {
    c = mapped(variants, unify_symbol(c));
    if (!as_literal) return utf8::append(out, c);
    if (utf8::is_space(c)) return;
    // A mark without a letter would join the one before the white space that is left out.
    if (out.empty() && !casefold().hasBoundaryBefore(static_cast<UChar32>(c))) return;
    if (c == '-') c = 0x30FC;
    if (c == 0x3001) c = ',';
    if (c == 0x3002) c = '.';
    utf8::append(out, mapped(names, c));
  }
};

const Tables& tables() {
  static const Tables instance;
  return instance;
}

// One pass over a text. Offsets are optional, so that fold_text does not pay for them.
template <bool kLiteral, bool kOffsets>
class Folder {
 public:
  explicit Folder(std::string_view text) : text_(text), tables_(tables()) {
    out_.reserve(text.size() + 8);
    if constexpr (kOffsets) source_.reserve(text.size() + 1);
  }

  Folded run() {
    while (at_ < text_.size()) step();
    if constexpr (kOffsets) source_.push_back(static_cast<std::uint32_t>(text_.size()));
    return {std::move(out_), std::move(source_)};
  }

 private:
  // Where the last segment began, to be taken back when a joining character follows it.
  struct Mark {
    std::size_t in = 0, out = 0;
    bool after_kana = false;
  };

  void step() {
    const std::size_t from = at_;
    const char32_t c = utf8::next(text_, at_);
    if (c > 0xFFFF) return fold_beyond(from, c);
    const Entry& e = (kLiteral ? tables_.literal : tables_.words)[c];
    if (e.kind == Class::Join) return join(from);
    mark_ = {from, out_.size(), after_kana_};
    emit(from, e, c);
  }

  void emit(std::size_t from, const Entry& e, char32_t c) {
    if (e.size == kLong) {
      put(from, (kLiteral ? tables_.longer_literal : tables_.longer).at(c));
    } else if (!kLiteral && e.kind == Class::Dash) {
      return put_dash(from);
    } else {
      put(from, {e.bytes, e.size});
    }
    note(e.kind);
  }

  void put(std::size_t from, std::string_view bytes) {
    out_.append(bytes);
    if constexpr (kOffsets)
      source_.insert(source_.end(), bytes.size(), static_cast<std::uint32_t>(from));
  }

  void put_dash(std::size_t from) { put(from, after_kana_ ? "ー" : "-"); }

  void note(Class kind) {
    if (kind == Class::Kana) after_kana_ = true;
    if (kind == Class::Other) after_kana_ = false;
  }

  bool joins(char32_t c) const { return !casefold().hasBoundaryBefore(static_cast<UChar32>(c)); }

  void fold_beyond(std::size_t from, char32_t c) {
    if (joins(c)) return join(from);
    mark_ = {from, out_.size(), after_kana_};
    segment(from);
  }

  // The character at `from` belongs to the segment that began at mark_.
  void join(std::size_t from) {
    if (mark_.in == from) return segment(from);  // nothing before it
    out_.resize(mark_.out);
    if constexpr (kOffsets) source_.resize(mark_.out);
    after_kana_ = mark_.after_kana;
    segment(mark_.in);
  }

  // Folds from `from` to the next boundary by ICU. at_ stands somewhere inside.
  void segment(std::size_t from) {
    while (at_ < text_.size()) {
      std::size_t next = at_;
      if (!joins(utf8::next(text_, next))) break;
      at_ = next;
    }
    std::string piece;  // well-formed
    for (std::size_t i = from; i < at_;) utf8::append(piece, utf8::next(text_, i));
    const std::string folded = tables_.fold_segment(piece, kLiteral);
    for (std::size_t i = 0; i < folded.size();) {
      const std::size_t start = i;
      const char32_t c = utf8::next(folded, i);
      const Class kind = class_of(c);
      if (!kLiteral && kind == Class::Dash) {
        put_dash(from);
      } else {
        put(from, std::string_view(folded).substr(start, i - start));
        note(kind);
      }
    }
  }

  std::string_view text_;
  const Tables& tables_;
  std::string out_;
  std::vector<std::uint32_t> source_;
  std::size_t at_ = 0;
  Mark mark_;
  bool after_kana_ = false;
};

}  // namespace

std::pair<std::uint32_t, std::uint32_t> Folded::original(std::size_t begin, std::size_t end) const {
  assert(begin < end && end <= text.size());
  std::size_t after = end;
  while (after < text.size() && source[after] == source[end - 1]) ++after;
  return {source[begin], source[after]};
}

std::pair<std::uint32_t, std::uint32_t> Folded::original(std::size_t begin, std::size_t end,
                                                         std::string_view original_text) const {
  auto [from, to] = original(begin, end);
  while (to > from) {
    std::size_t last = to - 1;
    while (last > from && (static_cast<unsigned char>(original_text[last]) & 0xC0) == 0x80) --last;
    std::size_t next = last;
    if (!utf8::is_space(utf8::next(original_text, next))) break;
    to = static_cast<std::uint32_t>(last);
  }
  return {from, to};
}

std::string nfkc(std::string_view text) { return normalized(compatibility(), mend_radicals(text)); }

std::string mend_radicals(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    // The radicals are E2 BA 80 to E2 BF 95.
    if (static_cast<unsigned char>(text[at]) != 0xE2 &&
        static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t from = at;
    const char32_t c = utf8::next(text, at);
    const bool radical = c >= 0x2E80 && c <= 0x2FDF;
    if (!radical && c != utf8::kReplacement) continue;
    out.append(text.substr(copied, from - copied));
    utf8::append(out, radical ? mapped(tables().radicals, c) : c);
    copied = at;
  }
  return out.append(text.substr(copied));
}

Folded fold(std::string_view text) { return Folder<false, true>(text).run(); }
std::string fold_text(std::string_view text) { return Folder<false, false>(text).run().text; }
Folded fold_literal(std::string_view text) { return Folder<true, true>(text).run(); }
std::string fold_literal_text(std::string_view text) {
  return Folder<true, false>(text).run().text;
}

std::string fold_names(std::string_view folded) {
  std::string out;
  out.reserve(folded.size());
  for (std::size_t at = 0; at < folded.size();) {
    utf8::append(out, mapped(tables().names, utf8::next(folded, at)));
  }
  return out;
}

}  // namespace pia
