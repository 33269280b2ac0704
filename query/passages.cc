#include "query/passages.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <utility>

#include "dicts/normalizer.h"
#include "query/snippet.h"
#include "query/unicode.h"
#include "query/wishes.h"

namespace pia {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kPassageCharacters = 180;
constexpr std::size_t kCellCharacters = 90;
constexpr std::size_t kLookedAt =
    12;  // best candidates of an assessment, before repeats are left out
// What a contract row is about although its cells do not say so; folded like everything else.
constexpr std::string_view kContractLabels =
    "委託事項 委託先 委託先名 委託内容 再委託の有無 再委託事項 取扱者数 委託業者";
constexpr std::string_view kRevisionLabels = "変更箇所 変更前 変更後 変更日";

// memmem(), because std::string_view::find() looks for the first byte, and all kana begin alike.
bool contains(std::string_view text, std::string_view part) {
  return memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

// How much of a wish a text holds: 1 all of it in a row, less if only its parts.
double held(std::string_view text, const Wish& wish) {
  const auto inside = [&](const std::string& s) { return contains(text, s); };
  for (std::size_t i = 0; i < wish.strings.size(); ++i) {
    if (inside(wish.strings[i])) return i < wish.own ? 1.0 : 0.85;
  }
  if (wish.parts.empty()) return 0;
  std::size_t found = 0;
  for (const auto& writings : wish.parts) found += std::ranges::any_of(writings, inside) ? 1 : 0;
  if (found == wish.parts.size()) return 0.75;
  return 0.3 * static_cast<double>(found) / static_cast<double>(wish.parts.size());
}

// A unit of the assessment or a row of one of its tables, while it is weighed.
struct Candidate {
  Table table = Table::Assessments;
  DocId doc = 0;           // of its table
  std::uint32_t unit = 0;  // Assessments only
  bool history = false;
  std::uint32_t shingle = 0;
  std::string_view text;     // folded; cells of a row with '\n' between
  std::string_view heading;  // folded
  double score = 0;
  std::vector<double> degree;  // for each wanted wish
};

// Bytes from the first to the last wanted word of the tightest place; 0 if fewer than two are
// there.
std::size_t tightest_span(std::string_view text, const std::vector<Wish>& wishes) {
  std::vector<std::pair<std::size_t, std::size_t>> found;  // position, wish
  for (std::size_t w = 0; w < wishes.size(); ++w) {
    for (const std::string& needle : wishes[w].strings) {
      std::string_view rest = text;
      for (std::size_t many = 0; many < 50; ++many) {
        const void* at = memmem(rest.data(), rest.size(), needle.data(), needle.size());
        if (!at) break;
        const auto offset = static_cast<std::size_t>(static_cast<const char*>(at) - text.data());
        found.emplace_back(offset, w);
        rest = text.substr(offset + needle.size());
      }
    }
  }
  std::ranges::sort(found);
  std::map<std::size_t, std::size_t> last;  // wish -> latest position
  for (const auto& [at, w] : found) last[w] = at;
  const std::size_t distinct = last.size();
  if (distinct < 2) return 0;
  last.clear();
  std::size_t best = text.size();
  for (const auto& [at, w] : found) {
    last[w] = at;
    if (last.size() < distinct) continue;
    std::size_t first = at;
    for (const auto& entry : last) first = std::min(first, entry.second);
    best = std::min(best, at - first + 1);
  }
  return best;
}

double similarity(const std::string& a, const std::string& b) {
  const auto pairs = [](const std::string& text) {
    const std::u32string chars = decode_utf8(text).value_or(U"");
    std::set<std::pair<char32_t, char32_t>> out;
    for (std::size_t i = 0; i + 1 < chars.size(); ++i) out.emplace(chars[i], chars[i + 1]);
    return out;
  };
  const auto x = pairs(a), y = pairs(b);
  if (x.empty() || y.empty()) return a == b ? 1 : 0;
  std::size_t common = 0;
  for (const auto& pair : x) common += y.count(pair);
  return static_cast<double>(common) / static_cast<double>(std::min(x.size(), y.size()));
}

std::string without_tags(std::string_view html) {
  std::string out;
  bool tag = false;
  for (const char c : html) {
    if (c == '<') tag = true;
    if (!tag) out += c;
    if (c == '>') tag = false;
  }
  return out;
}

std::string text_at(const Json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

struct PassageFinder::Impl {
  Impl(const Snapshot& snapshot, Matcher& m, const SearchPlan& p)
      : index(snapshot), matcher(m), plan(p), wishes(make_wishes(m, p)) {
    if (!wishes.asks_contract_row) return;
    std::vector<const Query*> parts;
    for (const Query& part : plan.root.children) {
      if (asks_for_contract(part)) parts.push_back(&part);
    }
    proving_rows = matcher.match_rows(plan.root, parts);
  }

  // --- candidates ------------------------------------------------------------------------------
  // `own` keeps the joined texts of rows, to which the candidates point.
  std::vector<Candidate> candidates(DocId assessment, std::deque<std::string>& own) const {
    std::vector<Candidate> out;
    const LiteralIndex& literal = index.literal(Table::Assessments);
    const std::uint32_t units = literal.unit_count(assessment);
    for (std::uint32_t i = 0; i < units; ++i) {
      const Unit unit = literal.unit(assessment, i);
      Candidate candidate;
      candidate.doc = assessment;
      candidate.unit = i;
      candidate.history = unit.history;
      candidate.shingle = unit.shingle;
      candidate.text = unit.text;
      candidate.heading = literal.folded_item(unit.item);
      out.push_back(std::move(candidate));
    }
    add_rows(out, own, Table::Contracts, assessment, kContractLabels);
    add_rows(out, own, Table::Revisions, assessment, kRevisionLabels);
    return out;
  }

  void add_rows(std::vector<Candidate>& out, std::deque<std::string>& own, Table table,
                DocId assessment, std::string_view labels) const {
    const LiteralIndex& literal = index.literal(table);
    const auto [begin, end] = index.rows_of(table, assessment);
    for (DocId row = begin; row < end; ++row) {
      Candidate candidate;
      candidate.table = table;
      candidate.doc = row;
      candidate.history = table == Table::Revisions;
      std::string& text = own.emplace_back();
      std::string& heading = own.emplace_back(labels);
      for (std::uint32_t i = 0; i < literal.unit_count(row); ++i) {
        const Unit cell = literal.unit(row, i);
        text += cell.text;
        text += '\n';
        if (literal.item(cell.item) == "項目") heading += cell.text;
      }
      candidate.text = text;
      candidate.heading = heading;
      out.push_back(std::move(candidate));
    }
  }

  // --- scoring ---------------------------------------------------------------------------------
  bool labelled(const Candidate& candidate, const Wish& wish) const {
    return std::ranges::any_of(
        wish.labels, [&](const std::string& label) { return contains(candidate.heading, label); });
  }

  double degree_of(const Candidate& candidate, const Wish& wish) const {
    const double in_text = wish.only_labelled ? 0 : held(candidate.text, wish);
    if (wish.field != QueryField::None) {
      const bool right_place = labelled(candidate, wish);
      if (wish.only_labelled) return right_place ? 1.0 : 0;
      if (right_place) return in_text > 0 ? in_text : 0.3;
      // A choice's words stand in the list of choices of every form: elsewhere they prove little.
      const bool choice = field_info(wish.field).kind == ValueKind::Choice;
      return in_text * (choice && candidate.table == Table::Assessments ? 0.15 : 0.5);
    }
    const double in_heading = held(candidate.heading, wish);
    return std::max(in_text + (in_text > 0 ? 0.15 * in_heading : 0), 0.55 * in_heading);
  }

  // Words that are everywhere in the assessment tell little about where the answer is.
  std::vector<double> rarities(const std::vector<Candidate>& all) const {
    std::vector<double> out;
    for (std::size_t w = 0; w < wishes.wanted.size(); ++w) {
      std::size_t with = 0;
      for (const Candidate& candidate : all) with += candidate.degree[w] >= 0.7 ? 1 : 0;
      out.push_back(
          std::log(2.0 + static_cast<double>(all.size()) / (1.0 + static_cast<double>(with))));
    }
    return out;
  }

  double score_of(const Candidate& candidate, const std::vector<double>& rarity) const {
    double got = 0, total = 0;
    for (std::size_t w = 0; w < rarity.size(); ++w) {
      got += rarity[w] * candidate.degree[w];
      total += rarity[w];
    }
    for (const Wish& wish : wishes.weighing) got += 0.35 * held(candidate.text, wish);
    if (got <= 0) return 0;
    double score = got * (total > 0 ? 0.4 + 0.6 * std::min(1.0, got / total) : 1.0);
    const auto present = std::ranges::count_if(candidate.degree, [](double d) { return d >= 0.7; });
    const std::size_t span = present < 2 ? 0 : tightest_span(candidate.text, wishes.wanted);
    if (span > 0) score *= 1.0 + 0.35 * std::exp(-static_cast<double>(span) / 240.0);
    if (!wishes.whole_question.empty() && contains(candidate.text, wishes.whole_question))
      score *= 1.3;
    if (wishes.negated && has_empty_box(candidate.text)) score *= 2.2;
    const double characters = static_cast<double>(candidate.text.size()) / 3.0;
    score /= 1.0 + 0.12 * std::log2(1.0 + characters / 150.0);
    return score * place_factor(candidate);
  }

  // [ ]内部監査: a box without its tick before a wanted word.
  bool has_empty_box(std::string_view text) const {
    return std::ranges::any_of(wishes.wanted, [&](const Wish& wish) {
      return std::ranges::any_of(
          wish.strings, [&](const std::string& string) { return contains(text, "[]" + string); });
    });
  }

  // Beside the row that proves a 委託事項, a passage under the right label with another value
  // (委託先名 of the next contract) is no answer.
  bool only_a_label(const Candidate& candidate) const {
    return wishes.asks_contract_row && candidate.table == Table::Assessments &&
           std::ranges::none_of(candidate.degree, [](double degree) { return degree >= 0.5; });
  }

  double place_factor(const Candidate& candidate) const {
    if (candidate.table == Table::Contracts) {
      if (!wishes.asks_contract_row) return 1.15;
      return proving_rows.has(candidate.doc) ? 3.0 : 0.3;
    }
    if (!candidate.history) return 1.0;
    if (!wishes.asks_history) return 0.6;
    double factor = candidate.table == Table::Revisions ? 1.25 : 0.9;
    if (wishes.from >= 0 && candidate.table == Table::Revisions)
      factor *= direction_factor(candidate.doc);
    return factor;
  }

  // Whether 変更前 has the one and 変更後 the other, as "A から B に" asks.
  double direction_factor(DocId row) const {
    const LiteralIndex& literal = index.literal(Table::Revisions);
    std::string before, after;
    for (std::uint32_t i = 0; i < literal.unit_count(row); ++i) {
      const Unit unit = literal.unit(row, i);
      const std::string_view cell = literal.item(unit.item);
      if (cell == "変更前の記載") before += unit.text;
      if (cell == "変更後の記載") after += unit.text;
    }
    const Wish& from = wishes.wanted[static_cast<std::size_t>(wishes.from)];
    const Wish& to = wishes.wanted[static_cast<std::size_t>(wishes.to)];
    if (held(before, from) >= 1 && held(after, to) >= 1) return 2.0;
    return held(before, to) >= 1 && held(after, from) >= 1 ? 0.6 : 0.8;
  }

  std::vector<Candidate> best(DocId assessment) const {
    std::deque<std::string> own;
    std::vector<Candidate> all = candidates(assessment, own);
    for (Candidate& candidate : all) {
      for (const Wish& wish : wishes.wanted) candidate.degree.push_back(degree_of(candidate, wish));
    }
    const auto rarity = rarities(all);
    for (Candidate& candidate : all) candidate.score = score_of(candidate, rarity);
    std::erase_if(all, [](const Candidate& c) { return c.score <= 0; });
    std::ranges::stable_sort(
        all, [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    if (all.size() > kLookedAt) all.resize(kLookedAt);
    return all;  // the texts of rows are gone with `own`: nobody reads them from here on
  }

  // --- output ----------------------------------------------------------------------------------
  Result<PassageHit> hit_of(const Candidate& candidate, const StoredPassage* passage) const {
    if (candidate.table == Table::Contracts) return contract_hit(candidate.doc);
    if (candidate.table == Table::Revisions) return revision_hit(candidate.doc);
    PassageHit hit;
    hit.index = candidate.unit;
    hit.item = passage->item;
    hit.where_json = passage->where_json;
    hit.history = candidate.history;
    hit.html = snippet(passage->text, wishes.needles, kPassageCharacters);
    return hit;
  }

  void add_cell(std::string& html, std::string_view label, const std::string& text) const {
    if (text.empty()) return;
    if (!html.empty()) html += " ／ ";
    if (!label.empty()) html += std::string(label) + ": ";
    html += snippet(text, wishes.needles, kCellCharacters);
  }
  void add_cell_if_marked(std::string& html, std::string_view label,
                          const std::string& text) const {
    if (!find_needles(text, wishes.needles).empty()) add_cell(html, label, text);
  }

  Result<PassageHit> contract_hit(DocId row) const {
    const auto card = index.card(Table::Contracts, row);
    if (!card) return card.error();
    const Json json = Json::parse(*card, nullptr, false);
    PassageHit hit;
    const std::string title = text_at(json, "title");
    const int no = json.is_object() && json.value("no", Json()).is_number_integer()
                       ? json["no"].get<int>()
                       : 0;
    hit.item = "委託事項" + (no > 0 ? std::to_string(no) : std::string());
    if (json.is_object() && json.contains("where")) hit.where_json = json["where"].dump();
    add_cell(hit.html, "", title);
    std::string printed;
    if (json.is_object() && json.contains("contractors") && json["contractors"].is_array()) {
      for (const Json& contractor : json["contractors"])
        printed += (printed.empty() ? "" : "、") + text_at(contractor, "printed");
    }
    add_cell(hit.html, "委託先名", printed);
    add_cell(hit.html, "取扱者数", text_at(json, "staff"));
    const Json subcontract = json.is_object() ? json.value("subcontract", Json()) : Json();
    if (subcontract.is_object() && subcontract.value("used", Json()).is_boolean())
      add_cell(hit.html, "再委託の有無",
               subcontract["used"].get<bool>() ? "再委託する" : "再委託しない");
    add_cell_if_marked(hit.html, "委託内容", text_at(json, "description"));
    add_cell_if_marked(hit.html, "再委託の許諾方法", text_at(subcontract, "approval"));
    add_cell_if_marked(hit.html, "再委託事項", text_at(subcontract, "scope"));
    const DocId assessment = index.assessment_of(Table::Contracts, row);
    hit.index = unit_with(assessment, {printed, title}, LiteralScope::Part::Body);
    return hit;
  }

  Result<PassageHit> revision_hit(DocId row) const {
    const auto card = index.card(Table::Revisions, row);
    if (!card) return card.error();
    const Json json = Json::parse(*card, nullptr, false);
    PassageHit hit;
    hit.history = true;
    hit.item = "変更箇所";
    if (const std::string date = text_at(json, "date"); !date.empty()) hit.item += " " + date;
    if (json.is_object() && json.contains("where")) hit.where_json = json["where"].dump();
    add_cell(hit.html, "項目", text_at(json, "item"));
    add_cell(hit.html, "変更前", text_at(json, "before"));
    add_cell(hit.html, "変更後", text_at(json, "after"));
    add_cell_if_marked(hit.html, "説明", text_at(json, "note"));
    const DocId assessment = index.assessment_of(Table::Revisions, row);
    hit.index = unit_with(assessment,
                          {text_at(json, "after"), text_at(json, "before"), text_at(json, "item")},
                          LiteralScope::Part::History);
    return hit;
  }

  // The first passage that holds one of the texts, so that a page can be opened at it.
  std::uint32_t unit_with(DocId assessment, const std::vector<std::string>& texts,
                          LiteralScope::Part part) const {
    LiteralScope scope;
    scope.part = part;
    for (const std::string& text : texts) {
      const std::string folded = fold_literal_text(text);
      if (folded.size() < 6) continue;
      const auto matches = index.literal(Table::Assessments).matches(assessment, folded, scope, 1);
      if (!matches.empty()) return matches.front().unit;
    }
    return 0;
  }

  const Snapshot& index;
  Matcher& matcher;
  const SearchPlan& plan;
  Wishes wishes;
  DocSet proving_rows;  // contract rows that answer the row fields; empty unless asked
};

PassageFinder::PassageFinder(const Snapshot& index, Matcher& matcher, const SearchPlan& plan)
    : impl_(std::make_unique<Impl>(index, matcher, plan)) {}
PassageFinder::~PassageFinder() = default;

Result<std::vector<PassageHit>> PassageFinder::of_assessment(DocId assessment, std::size_t limit) {
  std::vector<PassageHit> out;
  if (impl_->wishes.wanted.empty() && impl_->wishes.weighing.empty()) return out;
  const std::vector<Candidate> best = impl_->best(assessment);
  if (best.empty()) return out;
  std::vector<std::uint32_t> units;
  for (const Candidate& candidate : best) {
    if (candidate.table == Table::Assessments) units.push_back(candidate.unit);
  }
  const auto stored = impl_->index.passages(assessment, units);
  if (!stored) return stored.error();
  std::vector<std::string> shown;
  std::set<std::uint32_t> shingles;
  std::size_t next = 0;  // of `stored`
  for (const Candidate& candidate : best) {
    const StoredPassage* passage =
        candidate.table == Table::Assessments ? &(*stored)[next++] : nullptr;
    if (out.size() >= limit || candidate.score < best.front().score * 0.25) break;
    if (!out.empty() && impl_->only_a_label(candidate)) continue;
    if (candidate.shingle != 0 && !shingles.insert(candidate.shingle).second) continue;
    auto hit = impl_->hit_of(candidate, passage);
    if (!hit) return hit.error();
    const std::string plain = without_tags(hit->html);
    if (std::ranges::any_of(shown,
                            [&](const std::string& s) { return similarity(s, plain) > 0.8; }))
      continue;
    shown.push_back(plain);
    out.push_back(std::move(*hit));
  }
  return out;
}

Result<std::vector<PassageHit>> PassageFinder::of_row(Table table, DocId row) {
  auto hit = table == Table::Contracts ? impl_->contract_hit(row) : impl_->revision_hit(row);
  if (!hit) return hit.error();
  return std::vector<PassageHit>{std::move(*hit)};
}

std::vector<std::string> PassageFinder::mark(const std::vector<std::string>& texts) const {
  std::vector<std::string> out;
  for (const std::string& text : texts) out.push_back(marked(text, impl_->wishes.needles));
  return out;
}

}  // namespace pia
