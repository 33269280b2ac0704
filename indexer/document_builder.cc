// One pass over the JSON. Texts are folded twice: fold() for words, because MeCab needs the white
// space, and fold_literal() for literal search, which must not have it.

#include "indexer/document_builder.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "dicts/normalizer.h"

namespace pia {
namespace {

using Json = nlohmann::ordered_json;
using schema::Field;
using schema::Zone;

constexpr std::size_t kCacheBytes = 50 * 1000 * 1000;

// The member, or null. Absent, null and of another type are all "nothing" for the index.
const Json& member(const Json& object, const char* key) {
  static const Json kNull;
  if (!object.is_object()) return kNull;
  const auto found = object.find(key);
  return found == object.end() ? kNull : *found;
}

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return std::to_string(value.get<long long>());
  return {};
}
std::string text_of(const Json& object, const char* key) { return text_of(member(object, key)); }

// Strings with broken UTF-8 must not stop a run: they are replaced, not thrown at.
std::string dump(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void add_value(BuiltDocument& document, Field field, std::string_view printed) {
  auto text = field_text(printed);
  if (!text.empty()) document.values.emplace_back(field, std::move(text));
}

Field role_field(std::string_view role) {
  if (role == "former contractor") return Field::FormerContractor;
  if (role == "contractor by history") return Field::HistoryContractor;
  return Field::Organisation;
}

// Every 委託事項 of every file, with the file's name.
template <typename Visit>
void for_each_contract(const Json& record, Visit&& visit) {
  for (const auto& file : member(record, "files")) {
    for (const auto& row : member(member(file, "contracts"), "rows")) visit(file, row);
  }
}

}  // namespace

bool is_history_item(std::string_view item) {
  return item.find("変更箇所") != std::string_view::npos;
}

std::int32_t date_number(std::string_view iso) {
  std::int32_t parts[3] = {0, 0, 0};
  std::size_t part = 0;
  for (const char c : iso) {
    if (c == '-') {
      if (++part == 3) return 0;
    } else if (c >= '0' && c <= '9' && parts[part] < 10000) {
      parts[part] = parts[part] * 10 + (c - '0');
    } else {
      return 0;
    }
  }
  return parts[0] * 10000 + parts[1] * 100 + parts[2];
}

std::string field_text(std::string_view printed) {
  std::string out;
  bool space = false;
  for (const char c : nfkc(printed)) {
    if (std::isspace(static_cast<unsigned char>(c))) {
      space = true;
      continue;
    }
    if (space && !out.empty()) out += ' ';
    space = false;
    out += c;
  }
  return out;
}

struct DocumentBuilder::Impl {
  explicit Impl(const Tokenizer& t) : tokenizer(t) {}

  using Words = std::vector<std::pair<std::string, std::uint32_t>>;

  // The words of a text with their counts; particles and auxiliaries, a fifth of all words, are
  // left out: no search binds them and they say nothing about a document.
  const Words& words_of(std::string_view text) {
    const std::string key(text);
    if (const auto found = cache.find(key); found != cache.end()) return found->second;
    if (cached > kCacheBytes) {
      cache.clear();
      cached = 0;
    }
    std::map<std::string, std::uint32_t> counts;
    for (auto& term : tokenizer.search_terms(fold_text(text))) {
      if (term.word_class == WordClass::Particle || term.word_class == WordClass::Auxiliary)
        continue;
      ++counts[std::move(term.text)];
    }
    cached += key.size() * 2 + counts.size() * 32;
    return cache[key] = Words(counts.begin(), counts.end());
  }

  void add_words(BuiltDocument& document, Zone zone, std::string_view text) {
    if (text.empty()) return;
    for (const auto& [word, count] : words_of(text)) {
      document.terms[schema::word_term(zone, word)] += count;
      if (zone == Zone::Body) document.words += count;
    }
  }

  void add_unit(BuiltDocument& document, std::string item, std::string_view text, bool history) {
    add_words(document, history ? Zone::History : Zone::Body, text);
    document.units.push_back({std::move(item), fold_literal_text(text), history});
  }

  // A cell of a row; empty ones are left out.
  void add_cell(BuiltDocument& document, const char* item, std::string_view text) {
    if (!text.empty()) add_unit(document, item, text, false);
  }

  void add_context(BuiltDocument& document, const Json& record);
  void add_contract_words(BuiltDocument& document, const Json& row);
  std::string add_passages(BuiltDocument& document, const Json& record);
  BuiltDocument build_contract(const Json& record, const Json& file, const Json& row);
  BuiltDocument build_revision(const Json& record, const Json& row, std::int32_t number);

  const Tokenizer& tokenizer;
  std::unordered_map<std::string, Words> cache;
  std::size_t cached = 0;
};

DocumentBuilder::DocumentBuilder(const Tokenizer& tokenizer)
    : impl_(std::make_unique<Impl>(tokenizer)) {}
DocumentBuilder::~DocumentBuilder() = default;
DocumentBuilder::DocumentBuilder(DocumentBuilder&&) noexcept = default;

namespace {

void add_contract_values(BuiltDocument& document, const Json& file, const Json& row) {
  add_value(document, Field::File, text_of(file, "name"));
  add_value(document, Field::Contract, text_of(row, "title"));
  add_value(document, Field::Staff, text_of(row, "staff"));
  for (const auto& contractor : member(row, "contractors")) {
    add_value(document, Field::Contractor, text_of(contractor, "name"));
  }
  const Json& used = member(member(row, "subcontract"), "used");
  if (used.is_boolean()) {
    add_value(document, Field::Subcontract,
              used.get<bool>() ? schema::kSubcontracts : schema::kSubcontractsNot);
  }
}

void add_assessment_values(BuiltDocument& document, const Json& record) {
  const Json& body = member(record, "body");
  const Json& process = member(record, "process");
  const Json& form = member(record, "form");
  const std::string published = text_of(record, "published_on");
  add_value(document, Field::Id, text_of(record, "id"));
  add_value(document, Field::Series, text_of(record, "series"));
  add_value(document, Field::Municipality, text_of(body, "municipality"));
  add_value(document, Field::Prefecture, text_of(body, "prefecture"));
  add_value(document, Field::Body, text_of(body, "printed"));
  add_value(document, Field::Code, text_of(body, "code"));
  add_value(document, Field::Process, text_of(process, "name"));
  add_value(document, Field::Category, text_of(process, "category"));
  add_value(document, Field::People, text_of(process, "people"));
  add_value(document, Field::Kind, text_of(record, "kind"));
  add_value(document, Field::Title, text_of(record, "title"));
  add_value(document, Field::Number, text_of(record, "number"));
  add_value(document, Field::Year, published.substr(0, 4));
  add_value(document, Field::Staff, text_of(member(record, "staff"), "count"));
  add_value(document, Field::Form, text_of(form, "edition") + " " + text_of(form, "name"));
  for (const auto& system : member(record, "systems")) {
    add_value(document, Field::System, text_of(system, "name"));
  }
  const Json& occurred = member(member(record, "incidents"), "occurred");
  if (occurred.is_boolean()) {
    add_value(document, Field::Incident,
              occurred.get<bool>() ? schema::kIncident : schema::kNoIncident);
  }
  for (const auto& file : member(record, "files")) {
    add_value(document, Field::File, text_of(file, "name"));
  }
  for (const auto& organisation : member(record, "organisations")) {
    const std::string name = text_of(organisation, "name");
    add_value(document, Field::Organisation, name);
    add_value(document, role_field(text_of(organisation, "role")), name);
  }
  for_each_contract(
      record, [&](const Json& file, const Json& row) { add_contract_values(document, file, row); });
}

std::string assessment_card(const Json& record) {
  const Json& body = member(record, "body");
  const Json& process = member(record, "process");
  Json card;
  for (const char* key : {"id", "series", "title", "kind", "number", "published_on"}) {
    card[key] = member(record, key);
  }
  for (const char* key : {"municipality", "prefecture", "code"}) card[key] = member(body, key);
  card["body_printed"] = member(body, "printed");
  card["process"] = member(process, "name");
  card["category"] = member(process, "category");
  card["people"] = member(process, "people");
  card["incident"] = member(member(record, "incidents"), "occurred");
  Json names = Json::array();
  for_each_contract(record, [&](const Json&, const Json& row) {
    for (const auto& contractor : member(row, "contractors")) {
      const Json& name = member(contractor, "name");
      if (name.is_string() && std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
  });
  card["contractors"] = std::move(names);
  // For the pages of contractors and incidents, which read many assessments at once.
  card["incidents"] = member(record, "incidents");
  card["organisations"] = member(record, "organisations");
  card["warnings"] = member(record, "warnings").size();
  return dump(card);
}

std::string contract_card(const Json& file, const Json& row) {
  Json card;
  for (const char* key : {"no", "title", "description", "staff", "contractors", "subcontract"}) {
    card[key] = member(row, key);
  }
  card["file"] = member(file, "name");
  card["where"] = member(row, "where");
  return dump(card);
}

// The record without the value of "sources": [before, after].
std::pair<std::string, std::string> split_record(const Json& record) {
  Json before = Json::object(), after = Json::object();
  bool found = false;
  for (const auto& [key, value] : record.items()) {
    if (key == "sources") {
      found = true;
    } else {
      (found ? after : before)[key] = value;
    }
  }
  if (!found) std::swap(before, after);
  std::string head = dump(before), tail = dump(after);
  head.back() = before.empty() ? ' ' : ',';
  head += "\"sources\":";
  tail.front() = after.empty() ? ' ' : ',';
  return {head, tail};
}

// Strings of the passages behind a directory of where each ends.
class PassageBlob {
 public:
  void add(std::string_view item, std::string_view text, std::string_view where) {
    for (const std::string_view part : {item, text, where}) {
      heap_ += part;
      ends_.push_back(static_cast<std::uint32_t>(heap_.size()));
    }
  }
  std::string bytes() const {
    const auto count = static_cast<std::uint32_t>(ends_.size() / 3);
    std::string out(sizeof count + ends_.size() * sizeof count, '\0');
    std::memcpy(out.data(), &count, sizeof count);
    if (!ends_.empty())
      std::memcpy(out.data() + sizeof count, ends_.data(), ends_.size() * sizeof count);
    return out + heap_;
  }

 private:
  std::string heap_;
  std::vector<std::uint32_t> ends_;
};

std::string joined(const Json& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : "\n") + text_of(text);
  return out;
}

}  // namespace

// What every document of an assessment is found by, rows too.
void DocumentBuilder::Impl::add_context(BuiltDocument& document, const Json& record) {
  const Json& body = member(record, "body");
  const Json& process = member(record, "process");
  add_words(document, Zone::Title, text_of(record, "title"));
  for (const char* key : {"printed", "municipality", "prefecture"}) {
    add_words(document, Zone::Title, text_of(body, key));
  }
  add_words(document, Zone::Process, text_of(process, "name"));
  add_words(document, Zone::Process, text_of(process, "category"));
}

void DocumentBuilder::Impl::add_contract_words(BuiltDocument& document, const Json& row) {
  add_words(document, Zone::Contractor, text_of(row, "title"));
  for (const auto& contractor : member(row, "contractors")) {
    add_words(document, Zone::Contractor, text_of(contractor, "printed"));
  }
}

// The passages as units and words; returns their blob.
std::string DocumentBuilder::Impl::add_passages(BuiltDocument& document, const Json& record) {
  PassageBlob blob;
  std::set<std::string> items;
  for (const auto& passage : member(record, "passages")) {
    const std::string item = text_of(passage, "item"), text = text_of(passage, "text");
    add_unit(document, item, text, is_history_item(item));
    blob.add(item, text, dump(member(passage, "where")));
    if (items.insert(item).second) add_words(document, Zone::Item, item);
  }
  return blob.bytes();
}

BuiltDocument DocumentBuilder::Impl::build_contract(const Json& record, const Json& file,
                                                    const Json& row) {
  BuiltDocument out;
  out.card = contract_card(file, row);
  add_contract_values(out, file, row);
  add_context(out, record);
  add_contract_words(out, row);
  add_cell(out, "委託事項", text_of(row, "title"));
  add_cell(out, "委託内容", text_of(row, "description"));
  for (const auto& contractor : member(row, "contractors")) {
    add_cell(out, "委託先名", text_of(contractor, "printed"));
  }
  add_cell(out, "取扱者数", text_of(row, "staff"));
  const Json& subcontract = member(row, "subcontract");
  const Json& used = member(subcontract, "used");
  if (used.is_boolean()) {
    add_cell(out, "再委託の有無",
             used.get<bool>() ? schema::kSubcontracts : schema::kSubcontractsNot);
  }
  add_cell(out, "再委託の許諾方法", text_of(subcontract, "approval"));
  add_cell(out, "再委託事項", text_of(subcontract, "scope"));
  add_cell(out, "取扱いを委託する特定個人情報ファイルの範囲", text_of(row, "extent"));
  add_cell(out, "対象となる本人の数", text_of(row, "people"));
  add_cell(out, "対象となる本人の範囲", text_of(row, "people_scope"));
  add_cell(out, "委託先名の確認方法", text_of(row, "disclosure"));
  add_cell(out, "提供方法", joined(member(row, "means")));
  return out;
}

BuiltDocument DocumentBuilder::Impl::build_revision(const Json& record, const Json& row,
                                                    std::int32_t number) {
  BuiltDocument out;
  const std::string date = text_of(row, "date");
  out.row = number;
  out.date = date_number(date);
  Json card = row;
  card["no"] = number;
  out.card = dump(card);
  add_value(out, Field::RevisionItem, text_of(row, "item"));
  add_value(out, Field::RevisionYear, date.substr(0, 4));
  add_value(out, Field::Timing, text_of(row, "timing"));
  add_context(out, record);
  add_words(out, Zone::Item, text_of(row, "item"));
  add_cell(out, "項目", text_of(row, "item"));
  add_cell(out, "変更前の記載", text_of(row, "before"));
  add_cell(out, "変更後の記載", text_of(row, "after"));
  add_cell(out, "提出時期", text_of(row, "timing"));
  add_cell(out, "提出時期に係る説明", text_of(row, "note"));
  return out;
}

BuiltAssessment DocumentBuilder::build(const Json& record) {
  BuiltAssessment out;
  out.id = text_of(record, "id");
  out.series = text_of(record, "series");
  std::tie(out.record_before, out.record_after) = split_record(record);

  BuiltDocument& main = out.assessment;
  main.date = date_number(text_of(record, "published_on"));
  main.card = assessment_card(record);
  add_assessment_values(main, record);
  impl_->add_context(main, record);
  out.passages = impl_->add_passages(main, record);

  for_each_contract(record, [&](const Json& file, const Json& row) {
    impl_->add_contract_words(main, row);
    out.contracts.push_back(impl_->build_contract(record, file, row));
    out.contracts.back().row = static_cast<std::int32_t>(out.contracts.size());
    out.contracts.back().date = main.date;
  });
  for (const auto& row : member(record, "revisions")) {
    const auto number = static_cast<std::int32_t>(out.revisions.size()) + 1;
    out.revisions.push_back(impl_->build_revision(record, row, number));
  }
  return out;
}

}  // namespace pia
