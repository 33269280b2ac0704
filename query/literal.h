// Literal search: which documents hold exactly these characters in a row, under the common folding
// (width, radicals, dashes, long marks, old and variant kanji; white space and line ends do not
// count), never across two items of the form. Nothing is missed and nothing is added: bitmaps of
// character pairs give the candidates, and each is then verified on the folded text, which is
// mapped from disk. One and two characters need no verification. Measured beside positions,
// bigram indexes and vocabulary lattices before it was built: half the build time, a fraction of
// the size, and no string that takes long.
// Any thread may call.

#ifndef PIA_QUERY_LITERAL_H_
#define PIA_QUERY_LITERAL_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "dicts/result.h"
#include "query/doc_set.h"

namespace pia {

using ItemId = std::uint32_t;  // an item path of one table; valid for one Snapshot

// One passage of an assessment, or one cell of a row. Views live as long as the Snapshot.
struct Unit {
  std::uint32_t index = 0;  // in its document; for assessments the index of the passage
  ItemId item = 0;
  bool history = false;       // stands in 変更箇所
  std::uint32_t shingle = 0;  // equal folded texts have equal ones; 0 if too short
  std::string_view text;      // folded
};

// A place where the needle stands; bytes of the unit's folded text.
struct LiteralMatch {
  std::uint32_t unit = 0;
  std::uint32_t begin = 0, end = 0;
};

// Where to look. Defaults: everywhere.
struct LiteralScope {
  enum class Part { All, Body, History };
  Part part = Part::All;
  const std::vector<bool>* items = nullptr;  // indexed by ItemId: only inside these items
  const DocSet* within = nullptr;            // only these documents: saves verification
  // The needle must stand at the beginning of a run of one kind of character, as 日本電*: not
  // kanji after kanji, katakana after katakana, hiragana after hiragana, letter or digit after
  // such. What MeCab cuts inside a run of kanji is found through Snapshot::words_beginning().
  bool word_begin = false;
};

class LiteralIndex {
 public:
  // Of one table of the segments, given by their folders, in order. Errors: IndexDamaged, IndexIo.
  static Result<LiteralIndex> load(const std::vector<std::filesystem::path>& tables);
  LiteralIndex(LiteralIndex&&) noexcept;
  LiteralIndex& operator=(LiteralIndex&&) noexcept;
  ~LiteralIndex();

  // All documents that hold the needle. An empty needle is in every document.
  // REQUIRES: `folded` is fold_literal_text() of what was asked.
  DocSet find(std::string_view folded, const LiteralScope& scope = {}) const;

  // The places in one document, in the order of its units, at most `limit`.
  std::vector<LiteralMatch> matches(DocId doc, std::string_view folded,
                                    const LiteralScope& scope = {}, std::size_t limit = 1000) const;

  // An upper bound of the number of documents, without looking at any text; 0 is certain.
  std::size_t estimate(std::string_view folded) const;

  std::uint32_t unit_count(DocId doc) const;
  Unit unit(DocId doc, std::uint32_t index) const;  // REQUIRES: index < unit_count(doc)

  // Item paths as printed ("Ⅱ-4 委託事項1 ①委託内容"), and folded.
  std::size_t items() const;
  std::string_view item(ItemId id) const;
  std::string_view folded_item(ItemId id) const;
  // The items whose folded path contains the folded needle; for LiteralScope::items.
  std::vector<bool> items_containing(std::string_view folded) const;

 private:
  struct Impl;
  explicit LiteralIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace pia

#endif  // PIA_QUERY_LITERAL_H_
