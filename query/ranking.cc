#include "query/ranking.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>

#include "query/similar.h"
#include "query/word_reader.h"

namespace pia {
namespace {

constexpr std::size_t kLookedAt = 100;  // hits whose passages are looked at

struct ZoneWeight {
  Zone zone;
  double weight;
};

std::array<ZoneWeight, 6> zones(const RankWeights& w) {
  return {{{Zone::Body, w.body},
           {Zone::History, w.history},
           {Zone::Title, w.title},
           {Zone::Process, w.process},
           {Zone::Contractor, w.contractor},
           {Zone::Item, w.item}}};
}

class Ranker {
 public:
  Ranker(const Snapshot& index, Matcher& matcher, Table table, const DocSet& hits,
         const RankWeights& weights)
      : index_(index),
        matcher_(matcher),
        table_(table),
        hits_(hits),
        weights_(weights),
        scores_(index.size(table), 0.0F) {}

  Status add_words(const WordReading& reading) {
    for (const WantedWord& word : reading.wanted) {
      if (auto added = add_terms(word, 1.0); !added) return added;
      add_in_a_row(word);
    }
    for (const WantedWord& word : reading.weighing) {
      if (auto added = add_terms(word, weights_.weighing); !added) return added;
    }
    return Done{};
  }

  void add_named(const DocSet& docs) { add_everywhere(docs & hits_, weights_.named); }

  void add_whole_question(const std::string& folded) {
    LiteralScope scope;
    scope.within = &hits_;
    add_everywhere(index_.literal(table_).find(folded, scope), weights_.whole_question);
  }

  std::vector<RankedDoc> sorted(const std::vector<const WantedWord*>& wanted) {
    std::vector<RankedDoc> out;
    hits_.for_each([&](DocId doc) {
      const bool old = !index_.latest(index_.assessment_of(table_, doc));
      out.push_back({doc, scores_[doc] * static_cast<float>(old ? weights_.old_version : 1.0)});
    });
    const auto better = [](const RankedDoc& a, const RankedDoc& b) {
      return a.score != b.score ? a.score > b.score : a.doc < b.doc;
    };
    std::ranges::sort(out, better);
    if (wanted.size() < 2) return out;
    const std::size_t looked = std::min(out.size(), kLookedAt);
    for (std::size_t i = 0; i < looked; ++i)
      out[i].score += static_cast<float>(weights_.together * together(out[i].doc, wanted));
    std::sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(looked), better);
    return out;
  }

 private:
  Status add_terms(const WantedWord& word, double factor) {
    const double share =
        word.terms.empty() ? 1.0 : 1.0 / std::sqrt(static_cast<double>(word.terms.size()));
    for (const std::string& term : word.terms) {
      for (const auto& [zone, weight] : zones(weights_)) {
        if (auto added =
                index_.add_scores(table_, zone, term, weight * factor * share, &hits_, scores_);
            !added)
          return added;
      }
    }
    return Done{};
  }

  void add_in_a_row(const WantedWord& word) {
    if (word.parts.empty() && !word.date) return;
    LiteralScope scope;
    scope.within = &hits_;
    const DocSet all = matcher_.documents_with_string(word, table_, scope);
    const double n = static_cast<double>(index_.size(table_)),
                 df = static_cast<double>(all.count());
    const double rarity = std::log(1.0 + (n - df + 0.5) / (df + 0.5)) + 0.5;
    if (table_ != Table::Assessments) return add_everywhere(all, weights_.in_a_row * rarity);
    scope.part = LiteralScope::Part::Body;
    const DocSet body = matcher_.documents_with_string(word, table_, scope);
    add_everywhere(body, weights_.in_a_row * rarity);
    add_everywhere(all - body, weights_.in_history * rarity);
  }

  void add_everywhere(const DocSet& docs, double bonus) {
    docs.for_each([&](DocId doc) {
      if (hits_.has(doc)) scores_[doc] += static_cast<float>(bonus);
    });
  }

  // The share of the wanted words in the passage that has most of them; 0 if it has only one.
  double together(DocId doc, const std::vector<const WantedWord*>& wanted) const {
    std::vector<std::uint32_t> units;
    std::size_t best = 0;
    std::map<std::uint32_t, std::size_t> counts;
    for (const WantedWord* word : wanted) {
      std::set<std::uint32_t> with;
      for (const std::string& text : word->strings) {
        for (const LiteralMatch& match : index_.literal(table_).matches(doc, text, {}, 200))
          with.insert(match.unit);
      }
      for (const std::uint32_t unit : with) best = std::max(best, ++counts[unit]);
    }
    return best < 2 ? 0 : static_cast<double>(best) / static_cast<double>(wanted.size());
  }

  const Snapshot& index_;
  Matcher& matcher_;
  Table table_;
  const DocSet& hits_;
  const RankWeights& weights_;
  std::vector<float> scores_;
};

}  // namespace

Result<std::vector<RankedDoc>> rank(const Snapshot& index, Matcher& matcher, const SearchPlan& plan,
                                    Table table, const DocSet& hits,
                                    const std::vector<DocSet>& named, const RankWeights& weights) {
  Ranker ranker(index, matcher, table, hits, weights);
  std::vector<const WantedWord*> wanted;
  std::string question;
  for (const Query* leaf : free_leaves(plan.root)) {
    if (matcher.ignores(*leaf)) continue;
    const WordReading& reading = matcher.reading(*leaf);
    if (auto added = ranker.add_words(reading); !added) return added.error();
    for (const WantedWord& word : reading.wanted) {
      wanted.push_back(&word);
      question += word.strings.front();
    }
  }
  if (wanted.size() > 1) ranker.add_whole_question(question);
  for (const DocSet& docs : named) ranker.add_named(docs);
  return ranker.sorted(wanted);
}

std::vector<RankedDoc> sort_hits(const Snapshot& index, Table table, const DocSet& hits,
                                 Sort sort) {
  std::vector<RankedDoc> out;
  hits.for_each([&](DocId doc) { out.push_back({doc, 0}); });
  if (sort == Sort::Published) {
    // Rows of the change history are dated themselves.
    std::ranges::stable_sort(out, [&](const RankedDoc& a, const RankedDoc& b) {
      return index.date(table, a.doc) > index.date(table, b.doc);
    });
  } else if (sort == Sort::Municipality) {
    const Column* codes = index.column(table, schema::Field::Code);
    const Column* bodies = index.column(table, schema::Field::Body);
    const auto key = [&](DocId doc) {
      const auto code = codes->values_of(doc), body = bodies->values_of(doc);
      return std::tuple(code.empty(), code.empty() ? 0U : code.front(),
                        body.empty() ? 0U : body.front());
    };
    std::ranges::stable_sort(
        out, [&](const RankedDoc& a, const RankedDoc& b) { return key(a.doc) < key(b.doc); });
  }
  return out;
}

std::vector<RankedDoc> sort_by_rarity(const Snapshot& index, Table table,
                                      std::vector<RankedDoc> ranked,
                                      const std::vector<std::string>& strings) {
  constexpr std::size_t kCompared = 500;
  const auto wording = Wording::of(index);
  const LiteralIndex& literal = index.literal(table);
  const Column* names = index.column(table, schema::Field::Municipality);
  const auto units_asked = [&](DocId doc) {
    std::set<std::uint32_t> units;
    for (const std::string& text : strings) {
      for (const LiteralMatch& match : literal.matches(doc, text, {}, 50)) units.insert(match.unit);
    }
    for (std::uint32_t i = 0; strings.empty() && i < literal.unit_count(doc); ++i) units.insert(i);
    return units;
  };
  const std::size_t compared = std::min(ranked.size(), kCompared);
  for (std::size_t i = 0; i < compared; ++i) {
    const DocId doc = ranked[i].doc;
    const auto name = names->values_of(doc);
    const std::string_view own =
        name.empty() ? std::string_view() : names->value(name.front()).folded;
    double rarest = -1;
    for (const std::uint32_t unit : units_asked(doc))
      rarest = std::max(rarest, wording->rarity(literal.unit(doc, unit).text, own));
    ranked[i].score = static_cast<float>(rarest);
  }
  std::stable_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(compared),
                   [](const RankedDoc& a, const RankedDoc& b) { return a.score > b.score; });
  return ranked;
}

}  // namespace pia
