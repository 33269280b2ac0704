#include "query/suggest.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>

#include "dicts/normalizer.h"
#include "dicts/reading.h"
#include "query/compare.h"

namespace pia {
namespace {

struct Entry {
  const char* kind;
  const char* field;  // Japanese name in the query language
  std::string value, folded, reading;
  std::string key;  // reading_key of the reading: one spelling for kana and every romaji
  std::uint32_t count;
};

struct Source {
  Field field;
  const char* kind;
};
constexpr std::array kSources = {
    Source{Field::Municipality, "municipality"}, Source{Field::Prefecture, "prefecture"},
    Source{Field::Contractor, "contractor"},     Source{Field::Process, "process"},
    Source{Field::Category, "category"},         Source{Field::System, "system"},
};

// Everything that can be suggested of one generation, most frequent first.
class Entries {
 public:
  static std::shared_ptr<const Entries> of(const Snapshot& index) {
    static std::mutex mutex;
    static std::shared_ptr<const Entries> kept;
    static const Snapshot* kept_for = nullptr;
    static std::uint64_t kept_generation = 0;
    const std::lock_guard lock(mutex);
    if (!kept || kept_for != &index || kept_generation != index.generation()) {
      kept = std::make_shared<Entries>(index);
      kept_for = &index;
      kept_generation = index.generation();
    }
    return kept;
  }

  explicit Entries(const Snapshot& index) {
    const DocSet& latest = index.scope(Table::Assessments, Versions::Latest);
    for (const auto& source : kSources) {
      const Column* column = index.column(Table::Assessments, source.field);
      if (column == nullptr) continue;
      const auto counts = column->count(latest);
      for (ValueId id = 0; id < counts.size(); ++id) {
        if (counts[id] == 0) continue;
        const auto& value = column->value(id);
        all.push_back({source.kind, schema::info(source.field).japanese, std::string(value.text),
                       std::string(value.folded), std::string(value.reading),
                       reading_key(value.reading), counts[id]});
      }
    }
    add_items(index.literal(Table::Assessments), static_cast<std::uint32_t>(latest.count()));
    std::stable_sort(all.begin(), all.end(),
                     [](const Entry& a, const Entry& b) { return a.count > b.count; });
  }

  std::vector<Entry> all;

 private:
  // Labels of the form: "Ⅱ-4 委託事項1 ③委託先名" is offered as 委託先名. They stand in nearly
  // every assessment; the count is the number of paths that end with the label, so that it ranks
  // but never claims more than the assessments there are.
  void add_items(const LiteralIndex& literal, std::uint32_t assessments) {
    std::map<std::string, std::uint32_t> labels;
    for (std::size_t id = 0; id < literal.items(); ++id) {
      const std::string label = item_label(literal.item(static_cast<ItemId>(id)));
      // A path may end in a section or row number (委託事項3, Ⅱ-6): no label.
      if (label.size() < 6 || (label.back() >= '0' && label.back() <= '9')) continue;
      ++labels[label];
    }
    const auto tokenizer = Tokenizer::open();
    for (const auto& [label, count] : labels) {
      const std::string reading = tokenizer ? reading_of(*tokenizer, label) : std::string();
      all.push_back({"item", "項目", label, fold_text(label), reading, reading_key(reading),
                     std::min(count, assessments)});
    }
  }
};

// Where the last word begins: after the last space that is in no quotes.
std::size_t last_word(std::string_view typed) {
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    if (typed[i] == '"') quoted = !quoted;
    if (quoted) continue;
    if (typed[i] == ' ' || typed[i] == '(') begin = i + 1;
    if (typed.compare(i, 3, "　") == 0) begin = i + 3;
  }
  return begin;
}

struct Typed {
  std::string_view before, field, word;
};

Typed split(std::string_view typed) {
  Typed out;
  const std::size_t begin = last_word(typed);
  out.before = typed.substr(0, begin);
  out.word = typed.substr(begin);
  for (const std::string_view colon : {std::string_view(":"), std::string_view("：")}) {
    const std::size_t at = out.word.find(colon);
    if (at == std::string_view::npos || at == 0) continue;
    out.field = out.word.substr(0, at);
    out.word = out.word.substr(at + colon.size());
    break;
  }
  while (!out.word.empty() && out.word.front() == '"') out.word.remove_prefix(1);
  while (!out.word.empty() && out.word.back() == '"') out.word.remove_suffix(1);
  return out;
}

// 0: not at all; 3: begins with it as written; 2: by reading; 1: contains it.
int closeness(const Entry& entry, const std::string& folded, const std::string& key) {
  if (entry.folded.compare(0, folded.size(), folded) == 0) return 3;
  if (!key.empty() && entry.key.compare(0, key.size(), key) == 0) return 2;
  // Inner parts from two characters on: one kana is inside of everything.
  if (folded.size() >= 4 && entry.folded.find(folded) != std::string::npos) return 1;
  return 0;
}

}  // namespace

Result<std::vector<Suggestion>> suggest(const Snapshot& index, std::string_view typed,
                                        std::size_t limit) {
  std::vector<Suggestion> out;
  const Typed parts = split(typed);
  const std::string folded = fold_text(parts.word);
  if (folded.empty()) return out;
  const std::string key = typed_key(parts.word);
  const auto entries = Entries::of(index);
  std::vector<std::pair<int, const Entry*>> found;
  for (const auto& entry : entries->all) {
    if (!parts.field.empty() && parts.field != entry.field && parts.field != entry.kind) continue;
    if (const int close = closeness(entry, folded, key); close > 0) {
      found.emplace_back(close, &entry);
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [close, entry] : found) {
    if (out.size() >= limit) break;
    Suggestion suggestion{entry->kind, entry->value, entry->reading, entry->count, {}};
    suggestion.query = std::string(parts.before) + entry->field + ":\"" + entry->value + "\"";
    out.push_back(std::move(suggestion));
  }
  return out;
}

}  // namespace pia
