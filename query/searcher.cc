// One search: plan -> sets of documents -> facets, order, one page of hits with their passages; and
// if there is none, what to change.

#include "query/searcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "dicts/normalizer.h"
#include "dicts/tokenizer.h"
#include "query/facets.h"
#include "query/field_values.h"
#include "query/index_reader.h"
#include "query/matcher.h"
#include "query/passages.h"
#include "query/ranking.h"
#include "query/recognise.h"
#include "query/search_plan.h"
#include "query/snippet.h"
#include "query/spelling.h"

namespace pia {
namespace {

using Json = nlohmann::json;

std::string text_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return {};
  if (found->is_string()) return found->get<std::string>();
  return found->is_number_integer() ? std::to_string(found->get<long long>()) : std::string();
}

std::optional<bool> flag_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_boolean()) return std::nullopt;
  return found->get<bool>();
}

std::string dumped(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? std::string() : found->dump();
}

Result<Json> card_of(const Snapshot& index, Table table, DocId doc) {
  const auto text = index.card(table, doc);
  if (!text) return text.error();
  Json json = Json::parse(*text, nullptr, false);
  if (!json.is_object())
    return Error{ErrorCode::IndexDamaged, "索引の中の一件が読めません (作り直してください)", "", 0,
                 0};
  return json;
}

void fill_assessment(Hit& hit, const Json& card) {
  hit.id = text_at(card, "id");
  hit.series = text_at(card, "series");
  hit.title = text_at(card, "title");
  hit.kind = text_at(card, "kind");
  hit.municipality = text_at(card, "municipality");
  hit.prefecture = text_at(card, "prefecture");
  hit.code = text_at(card, "code");
  hit.process = text_at(card, "process");
  hit.category = text_at(card, "category");
  hit.published_on = text_at(card, "published_on");
  hit.body_printed = text_at(card, "body_printed");
  hit.number = text_at(card, "number");
  hit.people = text_at(card, "people");
  hit.incident = flag_at(card, "incident");
  hit.url = "/assessments/" + hit.id;
  if (const auto names = card.find("contractors"); names != card.end() && names->is_array()) {
    for (const Json& name : *names) {
      if (name.is_string()) hit.contractors.push_back(name.get<std::string>());
    }
  }
}

void fill_contract(Hit& hit, const Json& card) {
  if (const auto no = card.find("no"); no != card.end() && no->is_number_integer())
    hit.contract_no = no->get<int>();
  hit.file = text_at(card, "file");
  hit.contract_title = text_at(card, "title");
  hit.contract_description = text_at(card, "description");
  hit.contract_staff = text_at(card, "staff");
  if (const auto rows = card.find("contractors"); rows != card.end() && rows->is_array()) {
    for (const Json& row : *rows) {
      if (row.is_object())
        hit.contract_contractors.push_back(
            {text_at(row, "printed"), text_at(row, "name"), text_at(row, "branch")});
    }
  }
  if (const auto sub = card.find("subcontract"); sub != card.end() && sub->is_object()) {
    hit.subcontract = flag_at(*sub, "used");
    hit.subcontract_approval = text_at(*sub, "approval");
    hit.subcontract_scope = text_at(*sub, "scope");
  }
  hit.where_json = dumped(card, "where");
}

void fill_revision(Hit& hit, const Json& card) {
  if (const auto no = card.find("no"); no != card.end() && no->is_number_integer())
    hit.revision_no = no->get<int>();
  hit.revision_date = text_at(card, "date");
  hit.revision_item = text_at(card, "item");
  hit.revision_before = text_at(card, "before");
  hit.revision_after = text_at(card, "after");
  hit.revision_timing = text_at(card, "timing");
  hit.revision_note = text_at(card, "note");
  hit.where_json = dumped(card, "where");
}

Status fill_source(const Snapshot& index, DocId assessment, Hit& hit) {
  const auto sources = index.sources(assessment);
  if (!sources) return sources.error();
  const Json json = Json::parse(*sources, nullptr, false);
  if (!json.is_array() || json.empty() || !json.front().is_object()) return Done{};
  hit.source_path = text_at(json.front(), "path");
  hit.source_url = text_at(json.front(), "url");
  return Done{};
}

using AdviceSource = std::function<std::shared_ptr<const SpellingAdvice>()>;

// One search while it runs.
class Search {
 public:
  Search(const Snapshot& index, const WordReader& words, const SearchRequest& request,
         const SearchPlan& plan)
      : index_(index),
        request_(request),
        plan_(plan),
        table_(table_of(request.view)),
        matcher_(index, words, request.raw) {
    const auto leaves = free_leaves(plan.root);
    matcher_.prepare(leaves, leaves.size() < plan.root.children.size());
    hits_ = matcher_.match_parts(plan.root, plan.parts_without(""), table_) &
            index.scope(table_, request.versions);
  }

  Result<SearchResult> run(const AdviceSource& advice) {
    result_.text = request_.text;
    result_.parsed = describe(plan_.parsed.tree);
    result_.filters = request_.filters;
    result_.view = request_.view;
    result_.notices = plan_.parsed.notices;
    result_.total = static_cast<std::uint32_t>(hits_.count());
    count_bodies();
    count_answerable();
    count_facets();
    result_.recognised = recognise(index_, matcher_, plan_.parsed);
    collect_expanded();
    note_history_contractors();
    if (result_.total == 0) advise(advice);
    if (auto filled = fill_page(); !filled) return filled.error();
    return std::move(result_);
  }

  Matcher& matcher() { return matcher_; }
  FacetRequest facet_request() { return {index_, matcher_, plan_, request_, hits_}; }

 private:
  void count_bodies() {
    const Column* codes = index_.column(table_, schema::Field::Code);
    const Column* bodies = index_.column(table_, schema::Field::Body);
    std::set<std::pair<int, ValueId>> seen;
    hits_.for_each([&](DocId doc) {
      if (const auto code = codes->values_of(doc); !code.empty()) {
        seen.emplace(0, code.front());
      } else if (const auto body = bodies->values_of(doc); !body.empty()) {
        seen.emplace(1, body.front());
      }
    });
    result_.municipalities = static_cast<std::uint32_t>(seen.size());
  }

  // Assessments that answer everything else and whose form has a place for the answer:
  // 基礎項目評価書 have no 委託事項.
  void count_answerable() {
    std::vector<const Query*> others;
    bool contract = false;
    for (const Query& part : plan_.root.children) {
      if (asks_for_contract(part)) {
        contract |= asks_beyond_staff(part);
      } else {
        others.push_back(&part);
      }
    }
    DocSet scope = matcher_.match_parts(plan_.root, others, Table::Assessments) &
                   index_.scope(Table::Assessments, request_.versions);
    if (contract) {
      const Column& kinds = *index_.column(Table::Assessments, schema::Field::Kind);
      if (const auto basic = kinds.find("基礎項目")) scope -= kinds.docs_with(*basic);
    }
    result_.can_answer = static_cast<std::uint32_t>(scope.count());
  }

  static bool asks_beyond_staff(const Query& query) {
    if (query.type == Query::Type::InField)
      return field_info(query.field).in_contract && query.field != QueryField::Staff;
    return std::ranges::any_of(query.children, asks_beyond_staff);
  }

  void count_facets() {
    for (const std::string& name : request_.facets) {
      if (auto facet = count_facet(facet_request(), name, "", request_.facet_limit))
        result_.facets.push_back(std::move(*facet));
    }
  }

  void collect_expanded() {
    for (const Query* leaf : free_leaves(plan_.root)) {
      for (const Expanded& expanded : matcher_.reading(*leaf).expanded)
        result_.expanded.push_back(expanded);
    }
  }

  // 委託先: asks for present rows; what only the history tells is said beside it.
  void note_history_contractors() {
    if (find_field(plan_.root, QueryField::Contractor).empty()) return;
    matcher_.set_contractor_source(ContractorSource::History);
    const DocSet by_history =
        matcher_.match_parts(plan_.root, plan_.parts_without(""), Table::Assessments) &
        index_.scope(Table::Assessments, request_.versions);
    matcher_.set_contractor_source(ContractorSource::Present);
    const std::size_t more = (by_history - index_.to_assessments(table_, hits_)).count();
    if (more > 0)
      result_.notices.push_back(
          fmt::format("このほか、変更履歴からのみ読み取れる評価書 {} 件", more));
  }

  // --- nothing found: what to write instead, what to drop ----------------------------------------
  void advise(const AdviceSource& advice) {
    const DocSet& scope = index_.scope(table_, request_.versions);
    bool every_part_finds = true;
    for (std::size_t i = 0; i < plan_.root.children.size(); ++i) {
      const Query& part = plan_.root.children[i];
      if (!(matcher_.match(part, table_) & scope).empty()) continue;
      every_part_finds = false;
      if (part.type == Query::Type::Word) {
        name_words_without_hits(part, scope, advice);
      } else {
        result_.without_hits.push_back(describe(part));
      }
    }
    if (every_part_finds) name_what_to_drop(scope);
  }

  void name_words_without_hits(const Query& leaf, const DocSet& scope, const AdviceSource& advice) {
    bool named = false;
    for (const WantedWord& word : matcher_.reading(leaf).wanted) {
      if (!(matcher_.documents_with(word, table_) & scope).empty()) continue;
      named = true;
      result_.without_hits.push_back(word.written);
      if (result_.suggestion.empty()) suggest(word, leaf, *advice());
    }
    if (!named)
      result_.without_hits.push_back(leaf.text);  // each finds something, but not together
    if (result_.suggestion.empty())
      suggest_instead(leaf, 0, leaf.text.size(), advice()->instead_of(fold_text(leaf.text)));
  }

  void suggest(const WantedWord& word, const Query& leaf, const SpellingAdvice& advice) {
    std::optional<std::string> instead = advice.instead_of(word.written);
    std::string wrong = word.written;
    // A long word may be wrong in some of its parts only: longer runs of them first.
    const std::size_t n = word.parts.size();
    for (std::size_t length = n; !instead && length > 0; --length) {
      for (std::size_t first = 0; !instead && first + length <= n; ++first) {
        wrong.clear();
        for (std::size_t i = first; i < first + length; ++i) wrong += word.parts[i].front();
        if (index_.literal(table_).find(wrong).empty()) instead = advice.instead_of(wrong);
      }
    }
    if (!instead) return;
    const Folded folded = fold(leaf.text);
    const std::size_t at = folded.text.find(wrong);
    if (at == std::string::npos) return;
    const auto [begin, end] = folded.original(at, at + wrong.size());
    suggest_instead(leaf, begin, end, instead);
  }

  // The whole query with bytes [begin, end) of one leaf replaced.
  void suggest_instead(const Query& leaf, std::size_t begin, std::size_t end,
                       const std::optional<std::string>& instead) {
    if (!instead) return;
    std::vector<Query> children = plan_.parsed.tree.type == Query::Type::And
                                      ? plan_.parsed.tree.children
                                      : std::vector<Query>{plan_.parsed.tree};
    for (Query& child : children) {
      if (child == leaf) child.text = leaf.text.substr(0, begin) + *instead + leaf.text.substr(end);
    }
    result_.suggestion = describe(all_of(std::move(children)));
  }

  void name_what_to_drop(const DocSet& scope) {
    const auto all = plan_.parts_without("");
    if (all.size() < 2) return;
    std::string options;
    for (const Query* dropped : all) {
      std::vector<const Query*> rest;
      for (const Query* part : all) {
        if (part != dropped) rest.push_back(part);
      }
      const std::size_t found = (matcher_.match_parts(plan_.root, rest, table_) & scope).count();
      if (found == 0) continue;
      options += fmt::format("{}「{}」を外すと {} 件", options.empty() ? "" : "、",
                             describe(*dropped), found);
    }
    if (!options.empty())
      result_.notices.push_back("すべてを満たすものはありません。" + options + "見つかります");
  }

  // --- the page ----------------------------------------------------------------------------------
  Result<std::vector<RankedDoc>> ordered() {
    if (request_.sort == Sort::Published || request_.sort == Sort::Municipality)
      return sort_hits(index_, table_, hits_, request_.sort);
    std::vector<DocSet> named;
    for (const Recognised& recognised : result_.recognised) {
      if (recognised.field != "published")
        named.push_back(documents_of(index_, matcher_, recognised, table_));
    }
    auto ranked = rank(index_, matcher_, plan_, table_, hits_, named);
    if (!ranked || request_.sort != Sort::Rarity) return ranked;
    std::vector<std::string> strings;
    for (const Query* leaf : free_leaves(plan_.root)) {
      if (matcher_.ignores(*leaf)) continue;
      for (const WantedWord& word : matcher_.reading(*leaf).wanted)
        strings.insert(strings.end(), word.strings.begin(), word.strings.end());
    }
    return sort_by_rarity(index_, table_, std::move(*ranked), strings);
  }

  Status fill_page() {
    if (request_.limit == 0 && !request_.unlimited) return Done{};
    const auto order = ordered();
    if (!order) return order.error();
    const std::size_t begin =
        request_.unlimited ? 0 : std::min<std::size_t>(request_.offset, order->size());
    const std::size_t end = request_.unlimited
                                ? order->size()
                                : std::min<std::size_t>(order->size(), begin + request_.limit);
    PassageFinder passages(index_, matcher_, plan_);
    for (std::size_t i = begin; i < end; ++i) {
      auto hit = hit_of((*order)[i], passages);
      if (!hit) return hit.error();
      result_.hits.push_back(std::move(*hit));
    }
    return Done{};
  }

  Result<Hit> hit_of(const RankedDoc& ranked, PassageFinder& finder) {
    Hit hit;
    const DocId assessment = index_.assessment_of(table_, ranked.doc);
    auto card = card_of(index_, Table::Assessments, assessment);
    if (!card) return card.error();
    fill_assessment(hit, *card);
    if (table_ != Table::Assessments) {
      auto row = card_of(index_, table_, ranked.doc);
      if (!row) return row.error();
      table_ == Table::Contracts ? fill_contract(hit, *row) : fill_revision(hit, *row);
    }
    if (auto filled = fill_source(index_, assessment, hit); !filled) return filled.error();
    hit.latest = index_.latest(assessment);
    hit.versions = index_.version_count(assessment);
    hit.score = ranked.score;
    auto found = table_ == Table::Assessments ? finder.of_assessment(assessment)
                                              : finder.of_row(table_, ranked.doc);
    if (!found) return found.error();
    hit.passages = std::move(*found);
    return hit;
  }

  const Snapshot& index_;
  const SearchRequest& request_;
  const SearchPlan& plan_;
  Table table_;
  Matcher matcher_;
  DocSet hits_;
  SearchResult result_;
};

Error unknown_facet(std::string_view name) {
  std::string names;
  for (const std::string& known : facet_names()) names += (names.empty() ? "" : ", ") + known;
  return {ErrorCode::Usage, fmt::format("「{}」という集計はありません ({} のどれか)", name, names),
          "", 0, 0};
}

}  // namespace

const std::vector<std::string>& facet_names() {
  static const std::vector<std::string> names = {"prefecture",
                                                 "municipality",
                                                 "kind",
                                                 "year",
                                                 "category",
                                                 "process",
                                                 "contractor",
                                                 "former_contractor",
                                                 "history_contractor",
                                                 "subcontract",
                                                 "staff",
                                                 "incident",
                                                 "people",
                                                 "system",
                                                 "contract",
                                                 "file",
                                                 "form",
                                                 "revision_item",
                                                 "revision_year",
                                                 "timing"};
  return names;
}

struct Searcher::Impl {
  Impl(IndexReader r, Tokenizer t)
      : reader(std::move(r)), tokenizer(std::move(t)), words(tokenizer) {}

  // Kept for the Snapshot it was made from.
  std::shared_ptr<const SpellingAdvice> advice(const std::shared_ptr<const Snapshot>& index) {
    const std::lock_guard lock(mutex);
    if (!spelling || spelling_of != index) {
      spelling = std::make_shared<SpellingAdvice>(*index, tokenizer);
      spelling_of = index;
    }
    return spelling;
  }

  IndexReader reader;
  Tokenizer tokenizer;
  WordReader words;
  std::mutex mutex;  // guards the two below
  std::shared_ptr<const SpellingAdvice> spelling;
  std::shared_ptr<const Snapshot> spelling_of;
};

Searcher::Searcher(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Searcher::~Searcher() = default;
Searcher::Searcher(Searcher&&) noexcept = default;
Searcher& Searcher::operator=(Searcher&&) noexcept = default;

Result<Searcher> Searcher::open(const std::filesystem::path& dir) {
  auto reader = IndexReader::open(dir);
  if (!reader) return reader.error();
  auto tokenizer = Tokenizer::open();
  if (!tokenizer) return tokenizer.error();
  return Searcher(std::make_unique<Impl>(std::move(*reader), std::move(*tokenizer)));
}

Result<bool> Searcher::reopen() { return impl_->reader.reopen(); }
std::shared_ptr<const Snapshot> Searcher::snapshot() const { return impl_->reader.snapshot(); }
const Tokenizer& Searcher::tokenizer() const { return impl_->tokenizer; }

Result<SearchResult> Searcher::search(const SearchRequest& request) const {
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& name : request.facets) {
    if (std::ranges::find(facet_names(), name) == facet_names().end()) return unknown_facet(name);
  }
  const auto plan = make_plan(request);
  if (!plan) return plan.error();
  const auto index = snapshot();
  auto result =
      Search(*index, impl_->words, request, *plan).run([&] { return impl_->advice(index); });
  if (!result) return result;
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  result->took_ms = took.count();
  return result;
}

Result<Facet> Searcher::facet(const SearchRequest& request, std::string_view name,
                              std::string_view part, std::uint32_t limit) const {
  if (std::ranges::find(facet_names(), name) == facet_names().end()) {
    Error error = unknown_facet(name);
    error.code = ErrorCode::NotFound;
    return error;
  }
  const auto plan = make_plan(request);
  if (!plan) return plan.error();
  const auto index = snapshot();
  Search search(*index, impl_->words, request, *plan);
  auto facet = count_facet(search.facet_request(), name, part, limit);
  if (!facet) {
    Facet none;
    none.name = std::string(name);
    return none;
  }
  return std::move(*facet);
}

std::vector<std::string> Searcher::mark(std::string_view query,
                                        const std::vector<std::string>& texts) const {
  SearchRequest request;
  request.text = std::string(query);
  const auto plan = make_plan(request);
  std::vector<std::string> out;
  if (!plan) {
    for (const std::string& text : texts) out.push_back(escape_html(text));
    return out;
  }
  const auto index = snapshot();
  Matcher matcher(*index, impl_->words, false);
  return PassageFinder(*index, matcher, *plan).mark(texts);
}

}  // namespace pia
