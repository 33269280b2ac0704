// find(): the pair lists of the needle's characters are intersected, shortest first; what is left
// holds all pairs somewhere, and its text is searched. The search looks for two bytes of the needle
// at once, the rarest ones, 32 places a step where the processor has AVX2.

#include "query/literal.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <map>
#include <numeric>
#include <span>
#include <string>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "dicts/normalizer.h"
#include "dicts/utf8.h"
#include "indexer/schema.h"
#include "query/mapped_file.h"

namespace pia {
namespace {

using Frequencies = std::array<std::uint64_t, 256>;

// What is searched for, with the places of its two rarest bytes.
struct Needle {
  std::string_view text;
  std::size_t first = 0, second = 0;
};

Needle prepare(std::string_view text, const Frequencies& frequencies) {
  Needle out{text, 0, 0};
  const auto rarity = [&](std::size_t i) {
    return frequencies[static_cast<unsigned char>(text[i])];
  };
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (rarity(i) < rarity(out.first)) out.first = i;
  }
  out.second = out.first ? 0 : text.size() - 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i != out.first && rarity(i) < rarity(out.second)) out.second = i;
  }
  return out;
}

const char* find_plain(const char* begin, const char* end, const Needle& needle) {
  return static_cast<const char*>(
      memmem(begin, static_cast<std::size_t>(end - begin), needle.text.data(), needle.text.size()));
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) const char* find_avx2(const char* begin, const char* end,
                                                      const Needle& needle) {
  const std::size_t size = needle.text.size();
  if (static_cast<std::size_t>(end - begin) < size + 31) return find_plain(begin, end, needle);
  const __m256i a = _mm256_set1_epi8(needle.text[needle.first]);
  const __m256i b = _mm256_set1_epi8(needle.text[needle.second]);
  const char* const last = end - size - 31;  // the last place where all 32 starts fit
  const char* at = begin;
  for (; at <= last; at += 32) {
    const auto load = [&](std::size_t i) __attribute__((target("avx2"))) {
      return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + i));
    };
    auto mask = static_cast<unsigned>(_mm256_movemask_epi8(_mm256_and_si256(
        _mm256_cmpeq_epi8(a, load(needle.first)), _mm256_cmpeq_epi8(b, load(needle.second)))));
    for (; mask; mask &= mask - 1) {
      const char* place = at + __builtin_ctz(mask);
      if (std::memcmp(place, needle.text.data(), size) == 0) return place;
    }
  }
  return find_plain(at, end, needle);
}
#endif

// The first place of the needle, or null.
const char* find_bytes(const char* begin, const char* end, const Needle& needle) {
#if defined(__x86_64__)
  static const bool avx2 = __builtin_cpu_supports("avx2");
  if (avx2) return find_avx2(begin, end, needle);
#endif
  return find_plain(begin, end, needle);
}

enum class Run { None, Kanji, Katakana, Hiragana, Latin };

Run run_of(char32_t c) {
  if (utf8::is_kanji(c)) return Run::Kanji;
  if (utf8::is_katakana(c)) return Run::Katakana;
  if (utf8::is_hiragana(c)) return Run::Hiragana;
  if (utf8::is_letter(c) || utf8::is_digit(c)) return Run::Latin;
  return Run::None;
}

// Whether a run of one kind of character begins at `at`. REQUIRES: at < end.
bool begins_run(const char* begin, const char* at, const char* end) {
  if (at == begin) return true;
  const char* before = at - 1;
  while (before > begin && (static_cast<unsigned char>(*before) & 0xC0) == 0x80) --before;
  const std::string_view text(before, static_cast<std::size_t>(end - before));
  std::size_t i = 0;
  const Run left = run_of(utf8::next(text, i));
  const Run right = run_of(utf8::next(text, i));
  return left == Run::None || left != right;
}

struct Segment {
  MappedFile text, text_docs, units, unit_docs, pairs, pair_dir;
  std::span<const std::uint64_t> text_starts;
  std::span<const std::uint32_t> unit_starts;
  std::span<const schema::UnitEntry> entries;
  std::span<const schema::PairEntry> directory;
  std::vector<ItemId> items;  // of the segment -> of the table
  DocId base = 0;
  std::uint32_t documents = 0;

  std::string_view text_of(std::uint32_t doc) const {
    return text.bytes().substr(text_starts[doc], text_starts[doc + 1] - text_starts[doc]);
  }
  std::span<const schema::UnitEntry> units_of(std::uint32_t doc) const {
    return entries.subspan(unit_starts[doc], unit_starts[doc + 1] - unit_starts[doc]);
  }
  const schema::PairEntry* find_pair(std::uint64_t key) const {
    const auto at = std::ranges::lower_bound(directory, key, {}, &schema::PairEntry::key);
    return at != directory.end() && at->key == key ? &*at : nullptr;
  }
};

bool is_bitset(const Segment& segment, const schema::PairEntry& entry) {
  return entry.size == (segment.documents + 7) / 8;
}

// Calls visit(doc) for each document of a pair, ascending; doc is the segment's.
template <typename Visit>
void for_each_doc(const Segment& segment, const schema::PairEntry& entry, Visit&& visit) {
  const char* at = segment.pairs.bytes().data() + entry.offset;
  const char* const end = at + entry.size;
  if (!is_bitset(segment, entry)) {
    std::uint32_t doc = 0;
    while (at < end) visit(doc += schema::get_varint(at, end));
    return;
  }
  for (std::uint32_t first = 0; at < end; ++at, first += 8) {
    for (auto byte = static_cast<unsigned char>(*at); byte;
         byte = static_cast<unsigned char>(byte & (byte - 1))) {
      visit(first + static_cast<std::uint32_t>(__builtin_ctz(byte)));
    }
  }
}

// Keeps those of `docs` that the pair has.
void intersect(const Segment& segment, const schema::PairEntry& entry,
               std::vector<std::uint32_t>& docs) {
  const char* data = segment.pairs.bytes().data() + entry.offset;
  if (is_bitset(segment, entry)) {
    std::erase_if(docs, [&](std::uint32_t doc) {
      return !(static_cast<unsigned char>(data[doc / 8]) >> (doc % 8) & 1);
    });
    return;
  }
  std::size_t kept = 0, next = 0;
  for_each_doc(segment, entry, [&](std::uint32_t doc) {
    while (next < docs.size() && docs[next] < doc) ++next;
    if (next < docs.size() && docs[next] == doc) docs[kept++] = doc;
  });
  docs.resize(kept);
}

// Keys of the needle's pairs, or of its single character.
std::vector<std::uint64_t> keys_of(std::string_view folded) {
  const auto chars = utf8::decode(folded);
  std::vector<std::uint64_t> keys;
  if (chars.size() == 1) keys.push_back(schema::pair_key(0, chars[0]));
  for (std::size_t i = 0; i + 1 < chars.size(); ++i) {
    keys.push_back(schema::pair_key(chars[i], chars[i + 1]));
  }
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

// The pairs' entries, shortest list first; empty if a pair is nowhere.
std::vector<const schema::PairEntry*> entries_of(const Segment& segment,
                                                 const std::vector<std::uint64_t>& keys) {
  std::vector<const schema::PairEntry*> out;
  for (const auto key : keys) {
    const auto* entry = segment.find_pair(key);
    if (!entry) return {};
    out.push_back(entry);
  }
  std::ranges::sort(out, {}, [](const schema::PairEntry* entry) { return entry->count; });
  return out;
}

bool narrows_units(const LiteralScope& scope) {
  return scope.part != LiteralScope::Part::All || scope.items || scope.word_begin;
}

bool unit_in_scope(const Segment& segment, const schema::UnitEntry& entry,
                   const LiteralScope& scope) {
  if (scope.part == LiteralScope::Part::Body && entry.history) return false;
  if (scope.part == LiteralScope::Part::History && !entry.history) return false;
  return !scope.items || (*scope.items)[segment.items[entry.item]];
}

// Calls visit(unit index, begin, end) for each place in scope until it returns false. Bytes are
// counted from the start of the unit.
template <typename Visit>
void for_each_match(const Segment& segment, std::uint32_t doc, const Needle& needle,
                    const LiteralScope& scope, Visit&& visit) {
  const std::string_view text = segment.text_of(doc);
  const auto units = segment.units_of(doc);
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  std::size_t unit = 0;
  for (const char* at = begin; (at = find_bytes(at, end, needle)) != nullptr;) {
    const auto offset = static_cast<std::uint32_t>(at - begin);
    while (unit + 1 < units.size() && units[unit + 1].offset <= offset) ++unit;
    const char* unit_begin = begin + units[unit].offset;
    const bool in_scope = unit_in_scope(segment, units[unit], scope);
    if (!in_scope) {  // go on with the next unit
      if (unit + 1 == units.size()) return;
      at = begin + units[unit + 1].offset;
      continue;
    }
    if (scope.word_begin && !begins_run(unit_begin, at, end)) {
      ++at;
      continue;
    }
    const auto from = static_cast<std::uint32_t>(at - unit_begin);
    const auto size = static_cast<std::uint32_t>(needle.text.size());
    if (!visit(static_cast<std::uint32_t>(unit), from, from + size)) return;
    at += size;
  }
}

Result<Segment> load_segment(const std::filesystem::path& dir, DocId base) {
  Segment out;
  struct File {
    MappedFile* file;
    const char* name;
  };
  for (const auto& [file, name] : {File{&out.text, "text"}, File{&out.text_docs, "text.docs"},
                                   File{&out.units, "units"}, File{&out.unit_docs, "units.docs"},
                                   File{&out.pairs, "pairs"}, File{&out.pair_dir, "pairs.dir"}}) {
    auto mapped = MappedFile::open(dir / name);
    if (!mapped) return mapped.error();
    *file = std::move(*mapped);
  }
  out.text_starts = out.text_docs.as<std::uint64_t>();
  out.unit_starts = out.unit_docs.as<std::uint32_t>();
  out.entries = out.units.as<schema::UnitEntry>();
  out.directory = out.pair_dir.as<schema::PairEntry>();
  out.base = base;
  const bool whole = !out.text_starts.empty() && out.text_starts.size() == out.unit_starts.size() &&
                     out.text_starts.back() == out.text.bytes().size() &&
                     out.unit_starts.back() == out.entries.size();
  if (!whole) {
    return Error{ErrorCode::IndexDamaged, "texts and their directory do not fit together",
                 dir.string()};
  }
  out.documents = static_cast<std::uint32_t>(out.text_starts.size() - 1);
  return out;
}

}  // namespace

struct LiteralIndex::Impl {
  std::vector<Segment> segments;
  std::vector<std::string> items, folded_items;
  std::size_t documents = 0;
  Frequencies frequencies{};

  const Segment& segment_of(DocId doc) const {
    auto at = std::ranges::upper_bound(segments, doc, {}, &Segment::base);
    return *std::prev(at);
  }
  void find_in(const Segment& segment, std::string_view folded,
               const std::vector<std::uint64_t>& keys, const LiteralScope& scope,
               DocSet& out) const;
};

LiteralIndex::LiteralIndex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LiteralIndex::LiteralIndex(LiteralIndex&&) noexcept = default;
LiteralIndex& LiteralIndex::operator=(LiteralIndex&&) noexcept = default;
LiteralIndex::~LiteralIndex() = default;

Result<LiteralIndex> LiteralIndex::load(const std::vector<std::filesystem::path>& tables) {
  auto impl = std::make_unique<Impl>();
  std::map<std::string, ItemId> ids;
  for (const auto& dir : tables) {
    auto segment = load_segment(dir, static_cast<DocId>(impl->documents));
    if (!segment) return segment.error();
    auto items = Blobs::open(dir / "items");
    if (!items) return items.error();
    for (std::size_t i = 0; i < items->size(); ++i) {
      auto item = items->get(i);
      if (!item) return item.error();
      const auto [at, fresh] = ids.try_emplace(*item, static_cast<ItemId>(ids.size()));
      if (fresh) {
        impl->folded_items.push_back(fold_literal_text(*item));
        impl->items.push_back(std::move(*item));
      }
      segment->items.push_back(at->second);
    }
    impl->documents += segment->documents;
    const std::string_view sample = segment->text.bytes().substr(0, 1 << 20);
    for (const char c : sample) ++impl->frequencies[static_cast<unsigned char>(c)];
    impl->segments.push_back(std::move(*segment));
  }
  return LiteralIndex(std::move(impl));
}

void LiteralIndex::Impl::find_in(const Segment& segment, std::string_view folded,
                                 const std::vector<std::uint64_t>& keys, const LiteralScope& scope,
                                 DocSet& out) const {
  const auto entries = entries_of(segment, keys);
  if (entries.empty()) return;
  std::vector<std::uint32_t> docs;
  docs.reserve(entries[0]->count);
  for_each_doc(segment, *entries[0], [&](std::uint32_t doc) {
    if (!scope.within || scope.within->has(segment.base + doc)) docs.push_back(doc);
  });
  for (const auto* entry : std::span(entries).subspan(1)) intersect(segment, *entry, docs);

  // U+0000 before a character has the key of the character alone, so that proves nothing.
  const bool certain =
      keys.size() == 1 && utf8::length(folded) <= 2 && folded[0] != '\0' && !narrows_units(scope);
  const Needle needle = prepare(folded, frequencies);
  for (const std::uint32_t doc : docs) {
    bool found = certain;
    if (!found && !narrows_units(scope)) {
      const std::string_view text = segment.text_of(doc);
      found = find_bytes(text.data(), text.data() + text.size(), needle) != nullptr;
    } else if (!found) {
      for_each_match(segment, doc, needle, scope,
                     [&](auto, auto, auto) { return !(found = true); });
    }
    if (found) out.add(segment.base + doc);
  }
}

DocSet LiteralIndex::find(std::string_view folded, const LiteralScope& scope) const {
  if (folded.empty()) return scope.within ? *scope.within : DocSet(impl_->documents, true);
  DocSet out(impl_->documents);
  const auto keys = keys_of(folded);
  for (const auto& segment : impl_->segments) impl_->find_in(segment, folded, keys, scope, out);
  return out;
}

std::vector<LiteralMatch> LiteralIndex::matches(DocId doc, std::string_view folded,
                                                const LiteralScope& scope,
                                                std::size_t limit) const {
  std::vector<LiteralMatch> out;
  if (folded.empty() || limit == 0) return out;
  const Segment& segment = impl_->segment_of(doc);
  for_each_match(segment, doc - segment.base, prepare(folded, impl_->frequencies), scope,
                 [&](std::uint32_t unit, std::uint32_t begin, std::uint32_t end) {
                   out.push_back({unit, begin, end});
                   return out.size() < limit;
                 });
  return out;
}

std::size_t LiteralIndex::estimate(std::string_view folded) const {
  if (folded.empty()) return impl_->documents;
  const auto keys = keys_of(folded);
  std::size_t total = 0;
  for (const auto& segment : impl_->segments) {
    const auto entries = entries_of(segment, keys);
    if (!entries.empty()) total += entries[0]->count;
  }
  return total;
}

std::uint32_t LiteralIndex::unit_count(DocId doc) const {
  const Segment& segment = impl_->segment_of(doc);
  return static_cast<std::uint32_t>(segment.units_of(doc - segment.base).size());
}

Unit LiteralIndex::unit(DocId doc, std::uint32_t index) const {
  const Segment& segment = impl_->segment_of(doc);
  const auto units = segment.units_of(doc - segment.base);
  const std::string_view text = segment.text_of(doc - segment.base);
  const auto& entry = units[index];
  const std::size_t end = index + 1 < units.size() ? units[index + 1].offset : text.size();
  return {index, segment.items[entry.item], entry.history != 0, entry.shingle,
          text.substr(entry.offset, end - entry.offset - 1)};  // without the '\n'
}

std::size_t LiteralIndex::items() const { return impl_->items.size(); }
std::string_view LiteralIndex::item(ItemId id) const { return impl_->items[id]; }
std::string_view LiteralIndex::folded_item(ItemId id) const { return impl_->folded_items[id]; }

std::vector<bool> LiteralIndex::items_containing(std::string_view folded) const {
  std::vector<bool> out(items());
  for (ItemId id = 0; id < items(); ++id) {
    out[id] = impl_->folded_items[id].find(folded) != std::string::npos;
  }
  return out;
}

}  // namespace pia
