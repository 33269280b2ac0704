#include "query/spelling.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <vector>

#include "dicts/normalizer.h"
#include "dicts/reading.h"
#include "query/unicode.h"

namespace pia {
namespace {

struct KnownWord {
  std::u32string text;
  std::uint32_t documents = 0;
};

// As MeCab reads it, in katakana: cheaper than dicts' reading_of() for each word of the vocabulary.
std::string plain_reading(const Tokenizer& tokenizer, std::string_view folded) {
  std::string out;
  for (const Token& token : tokenizer.tokenize(folded))
    out += token.reading.empty() ? std::string(token.text) : token.reading;
  return to_katakana(out);
}

bool has_kanji_or_katakana(std::u32string_view text) {
  return std::ranges::any_of(text, [](char32_t c) { return is_kanji(c) || is_katakana(c); });
}

std::size_t allowed_edits(std::size_t characters) { return characters < 7 ? 1 : 2; }

}  // namespace

std::size_t edit_distance(std::u32string_view a, std::u32string_view b, std::size_t limit) {
  const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > limit) return limit + 1;
  std::vector<std::size_t> two(b.size() + 1), one(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) one[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    std::size_t least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({one[j] + 1, row[j - 1] + 1, one[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], two[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
    std::swap(two, one);
    std::swap(one, row);
  }
  return one[b.size()];
}

struct SpellingAdvice::Impl {
  const Tokenizer& tokenizer;
  std::vector<KnownWord> words;
  std::unordered_multimap<std::string, std::size_t> by_reading;  // katakana -> word

  void add(std::string_view text, std::uint32_t documents, std::string reading) {
    const auto decoded = decode_utf8(text);
    if (!decoded || decoded->size() < 2 || decoded->size() > 24) return;
    if (!std::ranges::all_of(*decoded, is_word_character)) return;
    if (!reading.empty() && has_kanji_or_katakana(*decoded))
      by_reading.emplace(std::move(reading), words.size());
    words.push_back({*decoded, documents});
  }
};

SpellingAdvice::SpellingAdvice(const Snapshot& index, const Tokenizer& tokenizer)
    : impl_(std::make_unique<Impl>(Impl{tokenizer, {}, {}})) {
  for (const Word& word : index.vocabulary())
    impl_->add(word.word, word.documents, plain_reading(tokenizer, word.word));
  for (const schema::Field field : {schema::Field::Contractor, schema::Field::Municipality,
                                    schema::Field::System, schema::Field::Category}) {
    const Column& column = *index.column(Table::Assessments, field);
    const auto counts = column.count(index.scope(Table::Assessments, Versions::All));
    for (ValueId id = 0; id < column.distinct(); ++id)
      impl_->add(column.value(id).folded, counts[id], to_katakana(column.value(id).reading));
  }
}
SpellingAdvice::~SpellingAdvice() = default;

std::optional<std::string> SpellingAdvice::instead_of(std::string_view folded) const {
  const std::u32string asked = decode_utf8(fold_literal_text(folded)).value_or(U"");
  if (asked.size() < 2) return std::nullopt;
  const KnownWord* best = nullptr;
  double best_score = 0;
  // Nearer is better, then more frequent; a word that sounds the same is as near as one edit.
  const auto offer = [&](const KnownWord& word, double distance) {
    const double score =
        static_cast<double>(word.documents) / (1.0 + static_cast<double>(word.documents)) +
        2.0 * (3.0 - distance);
    if (score <= best_score || word.text == asked) return;
    best_score = score;
    best = &word;
  };
  const auto [from, to] = impl_->by_reading.equal_range(plain_reading(impl_->tokenizer, folded));
  for (auto it = from; it != to; ++it) offer(impl_->words[it->second], 0.6);
  const std::size_t limit = allowed_edits(asked.size());
  for (const KnownWord& word : impl_->words) {
    // Of two characters the first must be right, or everything would be near.
    if (asked.size() == 2 && (word.text.size() != 2 || word.text[0] != asked[0])) continue;
    const std::size_t distance = edit_distance(asked, word.text, limit);
    if (distance <= limit) offer(word, static_cast<double>(distance));
  }
  if (!best) return std::nullopt;
  return encode_utf8(best->text);
}

}  // namespace pia
