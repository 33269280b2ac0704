#include "query/similar.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <utility>

#include "dicts/normalizer.h"
#include "query/compare.h"

namespace pia {
namespace {

constexpr std::size_t kShortestSentence = 24;  // bytes: eight kanji or kana
constexpr std::size_t kProbes = 10;            // pieces of a passage that are looked for
constexpr std::size_t kProbeCharacters = 9;
constexpr std::size_t kMaxCandidates = 400;
constexpr double kNear = 0.6;

std::uint64_t fnv(std::uint64_t hash, unsigned char byte) {
  return (hash ^ byte) * 0x100000001B3ull;
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Starts of the characters of a text.
std::vector<std::size_t> character_starts(std::string_view text) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_continuation(text[i])) starts.push_back(i);
  }
  return starts;
}

// Pieces of equal length spread over the text: a passage that shares two of them is worth a look.
std::vector<std::string> probes(std::string_view folded) {
  const auto starts = character_starts(folded);
  std::vector<std::string> out;
  if (starts.size() <= kProbeCharacters) {
    if (!folded.empty()) out.emplace_back(folded);
    return out;
  }
  const std::size_t last = starts.size() - kProbeCharacters;
  const std::size_t n = std::min(kProbes, last / kProbeCharacters + 1);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t at = n == 1 ? 0 : last * i / (n - 1);
    const std::size_t end =
        at + kProbeCharacters < starts.size() ? starts[at + kProbeCharacters] : folded.size();
    out.emplace_back(folded.substr(starts[at], end - starts[at]));
  }
  return out;
}

// Dice coefficient of the sets of character pairs: a cheap bound before the diff is made.
std::vector<std::uint64_t> pair_set(std::string_view folded) {
  const auto starts = character_starts(folded);
  std::vector<std::uint64_t> pairs;
  for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
    const std::size_t end = i + 2 < starts.size() ? starts[i + 2] : folded.size();
    std::uint64_t hash = 0xCBF29CE484222325ull;
    for (std::size_t k = starts[i]; k < end; ++k) {
      hash = fnv(hash, static_cast<unsigned char>(folded[k]));
    }
    pairs.push_back(hash);
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

double dice(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  if (a.empty() || b.empty()) return 0;
  std::size_t common = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      ++common, ++i, ++j;
    } else {
      ++(a[i] < b[j] ? i : j);
    }
  }
  return 2.0 * static_cast<double>(common) / static_cast<double>(a.size() + b.size());
}

struct Candidate {
  DocId doc = 0;
  std::uint32_t unit = 0;
  double nearness = 0;
};

// The nearest unit of a document, by character pairs.
Candidate nearest_unit(const LiteralIndex& literal, DocId doc,
                       const std::vector<std::uint64_t>& wanted, std::size_t bytes, ItemId item,
                       bool history) {
  Candidate best{doc, 0, -1};
  const std::uint32_t units = literal.unit_count(doc);
  for (std::uint32_t i = 0; i < units; ++i) {
    const Unit unit = literal.unit(doc, i);
    if (unit.history != history || unit.text.empty()) continue;
    // Lengths too far apart bound the coefficient below what is worth showing.
    const double ratio = static_cast<double>(std::min(unit.text.size(), bytes)) /
                         static_cast<double>(std::max(unit.text.size(), bytes));
    const bool same_item = unit.item == item;
    if (ratio < 0.25 && !same_item) continue;
    const double nearness = dice(wanted, pair_set(unit.text)) + (same_item ? 0.001 : 0);
    if (nearness > best.nearness) best = {doc, i, nearness};
  }
  return best;
}

// Documents that share pieces of the text; most shared pieces first.
std::vector<DocId> candidates(const Snapshot& index, std::string_view folded,
                              const DocSet& within) {
  const LiteralIndex& literal = index.literal(Table::Assessments);
  std::map<DocId, std::uint32_t> shared;
  LiteralScope scope;
  scope.within = &within;
  for (const auto& probe : probes(folded)) {
    literal.find(probe, scope).for_each([&](DocId doc) { ++shared[doc]; });
  }
  std::vector<std::pair<std::uint32_t, DocId>> order;
  for (const auto& [doc, count] : shared) order.emplace_back(count, doc);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<DocId> docs;
  for (std::size_t i = 0; i < order.size() && i < kMaxCandidates; ++i) {
    docs.push_back(order[i].second);
  }
  return docs;
}

// Behind the next full stop. The literal folding writes 。 as "."; one between digits is a point.
std::size_t sentence_end(std::string_view folded, std::size_t begin) {
  const auto digit = [&](std::size_t i) {
    return i < folded.size() && folded[i] >= '0' && folded[i] <= '9';
  };
  for (std::size_t at = folded.find('.', begin); at != std::string_view::npos;
       at = folded.find('.', at + 1)) {
    if (at == 0 || !digit(at - 1) || !digit(at + 1)) return at + 1;
  }
  return folded.size();
}

// A unit's folded text without the label that the form prints before the answer: its number moves
// between editions and would make every first sentence another one.
std::string_view answer_of(const LiteralIndex& literal, const Unit& unit) {
  const std::string label = fold_literal_text(item_label(literal.item(unit.item)));
  std::string_view text = unit.text;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  for (const std::size_t at : {std::size_t{0}, digits}) {
    if (!label.empty() && text.compare(at, label.size(), label) == 0) {
      return text.substr(at + label.size());
    }
  }
  return text;
}

std::string body_name(const Snapshot& index, DocId doc) {
  std::string name = first_value(index.column(Table::Assessments, Field::Municipality), doc);
  if (name.empty()) name = first_value(index.column(Table::Assessments, Field::Body), doc);
  return fold_literal_text(name);
}

}  // namespace

std::vector<Wording::Sentence> Wording::sentences(std::string_view folded,
                                                  std::string_view own_name) {
  std::vector<Sentence> out;
  std::size_t begin = 0;
  while (begin < folded.size()) {
    const std::size_t end = sentence_end(folded, begin);
    const std::string_view sentence = folded.substr(begin, end - begin);
    begin = end;
    if (sentence.size() < kShortestSentence) continue;
    std::uint64_t hash = 0xCBF29CE484222325ull;
    for (std::size_t i = 0; i < sentence.size();) {
      if (!own_name.empty() && sentence.compare(i, own_name.size(), own_name) == 0) {
        i += own_name.size();
        continue;
      }
      const auto byte = static_cast<unsigned char>(sentence[i++]);
      if (byte == ' ' || byte == '\n' || (byte >= '0' && byte <= '9')) continue;
      hash = fnv(hash, byte);
    }
    out.push_back({hash, sentence.size()});
  }
  return out;
}

std::shared_ptr<const Wording> Wording::of(const Snapshot& index) {
  static std::mutex mutex;
  static std::shared_ptr<const Wording> kept;
  static const Snapshot* kept_for = nullptr;
  static std::uint64_t kept_generation = 0;
  const std::lock_guard lock(mutex);
  if (kept && kept_for == &index && kept_generation == index.generation()) return kept;

  // (sentence, body) pairs of the newest publications, sorted: distinct bodies a sentence.
  auto table = std::make_shared<Wording>();
  std::vector<std::pair<std::uint64_t, std::uint32_t>> pairs;
  std::map<std::string, std::uint32_t> bodies;
  const LiteralIndex& literal = index.literal(Table::Assessments);
  index.scope(Table::Assessments, Versions::Latest).for_each([&](DocId doc) {
    const std::string name = body_name(index, doc);
    const std::uint32_t body = bodies
                                   .try_emplace(name.empty() ? "\x01" + std::to_string(doc) : name,
                                                static_cast<std::uint32_t>(bodies.size()))
                                   .first->second;
    const std::uint32_t units = literal.unit_count(doc);
    for (std::uint32_t i = 0; i < units; ++i) {
      for (const auto& sentence : sentences(answer_of(literal, literal.unit(doc, i)), name)) {
        pairs.emplace_back(sentence.hash, body);
      }
    }
  });
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  for (const auto& [hash, body] : pairs) {
    if (table->hashes_.empty() || table->hashes_.back() != hash) {
      table->hashes_.push_back(hash);
      table->counts_.push_back(0);
    }
    ++table->counts_.back();
  }
  table->all_ = static_cast<std::uint32_t>(bodies.size());
  kept = table;
  kept_for = &index;
  kept_generation = index.generation();
  return kept;
}

std::uint32_t Wording::bodies(std::uint64_t sentence) const {
  const auto at = std::lower_bound(hashes_.begin(), hashes_.end(), sentence);
  if (at == hashes_.end() || *at != sentence) return 0;
  return counts_[static_cast<std::size_t>(at - hashes_.begin())];
}

double Wording::rarity(std::string_view folded, std::string_view own_name) const {
  double sum = 0;
  double weights = 0;
  const double others = all_ > 1 ? std::log(static_cast<double>(all_)) : 1.0;
  for (const auto& sentence : sentences(folded, own_name)) {
    const std::uint32_t with = bodies(sentence.hash);
    const double common = std::log(static_cast<double>(std::max<std::uint32_t>(with, 1)));
    const auto weight = static_cast<double>(sentence.length);
    sum += weight * (1.0 - std::min(1.0, common / others));
    weights += weight;
  }
  return weights == 0 ? -1.0 : sum / weights;
}

Result<std::vector<double>> rarity(const Snapshot& index, std::string_view id) {
  const auto doc = index.find(id);
  if (!doc) return Error{ErrorCode::NotFound, "no assessment has the id " + std::string(id)};
  const auto wording = Wording::of(index);
  const LiteralIndex& literal = index.literal(Table::Assessments);
  const std::string name = body_name(index, *doc);
  std::vector<double> out;
  for (std::uint32_t i = 0; i < literal.unit_count(*doc); ++i) {
    out.push_back(wording->rarity(answer_of(literal, literal.unit(*doc, i)), name));
  }
  return out;
}

Result<SimilarResult> similar(const Snapshot& index, std::string_view id, std::uint32_t passage,
                              std::size_t limit) {
  const auto doc = index.find(id);
  if (!doc) return Error{ErrorCode::NotFound, "no assessment has the id " + std::string(id)};
  const LiteralIndex& literal = index.literal(Table::Assessments);
  if (passage >= literal.unit_count(*doc)) {
    return Error{ErrorCode::NotFound, "the assessment has no passage " + std::to_string(passage)};
  }
  SimilarResult out;
  const auto ref = assessment_ref(index, *doc);
  if (!ref) return ref.error();
  const auto own = index.passage(*doc, passage);
  if (!own) return own.error();
  const Unit unit = literal.unit(*doc, passage);
  out.assessment = *ref;
  out.passage = passage;
  out.item = own->item;
  out.text = own->text;

  const auto wording = Wording::of(index);
  const std::string name = body_name(index, *doc);
  out.rarity = wording->rarity(answer_of(literal, unit), name);
  std::uint32_t fewest = 0;
  for (const auto& sentence : Wording::sentences(answer_of(literal, unit), name)) {
    const std::uint32_t bodies = wording->bodies(sentence.hash);
    fewest = fewest == 0 ? bodies : std::min(fewest, bodies);
  }
  out.same = fewest > 0 ? fewest - 1 : 0;

  DocSet others = index.scope(Table::Assessments, Versions::Latest);
  for (const DocId version : index.versions(*doc)) others.remove(version);
  out.of = static_cast<std::uint32_t>(others.count());

  const auto wanted = pair_set(unit.text);
  std::vector<Candidate> found;
  for (const DocId other : candidates(index, unit.text, others)) {
    const auto best =
        nearest_unit(literal, other, wanted, unit.text.size(), unit.item, unit.history);
    if (best.nearness > 0.2) found.push_back(best);
  }
  std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
    return a.nearness != b.nearness ? a.nearness > b.nearness : a.doc < b.doc;
  });
  out.near = static_cast<std::uint32_t>(std::count_if(
      found.begin(), found.end(), [](const Candidate& c) { return c.nearness >= kNear; }));
  if (found.size() > limit) found.resize(limit);
  for (const auto& candidate : found) {
    const auto other = assessment_ref(index, candidate.doc);
    if (!other) return other.error();
    const auto stored = index.passage(candidate.doc, candidate.unit);
    if (!stored) return stored.error();
    SimilarPassage row{*other, candidate.unit, stored->item, stored->text, stored->where_json, 0,
                       {}};
    row.diff = diff_texts(own->text, stored->text);
    row.similarity = diff_similarity(row.diff);
    if (row.similarity >= 1.0) row.diff.clear();
    out.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace pia
