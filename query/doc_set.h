// A set of documents of one table, as one bit a document. For 50,000 documents it is 6 KB, so sets
// are combined, counted and copied faster than sorted lists are merged.

#ifndef PIA_QUERY_DOC_SET_H_
#define PIA_QUERY_DOC_SET_H_

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace pia {

// Number of a document within its table, from 0, through all segments. Valid for one Snapshot.
using DocId = std::uint32_t;

class DocSet {
 public:
  DocSet() = default;
  // Of a table with `size` documents: none of them, or all.
  explicit DocSet(std::size_t size, bool all = false)
      : size_(size), words_((size + 63) / 64, all ? ~std::uint64_t{0} : 0) {
    trim();
  }

  std::size_t size() const { return size_; }  // documents of the table, not of the set

  bool has(DocId doc) const { return words_[doc >> 6] >> (doc & 63) & 1; }
  void add(DocId doc) { words_[doc >> 6] |= std::uint64_t{1} << (doc & 63); }
  void remove(DocId doc) { words_[doc >> 6] &= ~(std::uint64_t{1} << (doc & 63)); }
  void add_range(DocId begin, DocId end) {
    for (DocId doc = begin; doc < end; ++doc) add(doc);
  }

  // REQUIRES (all of these): the same table.
  DocSet& operator&=(const DocSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
  }
  DocSet& operator|=(const DocSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }
  DocSet& operator-=(const DocSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
    return *this;
  }
  friend DocSet operator&(DocSet a, const DocSet& b) { return a &= b; }
  friend DocSet operator|(DocSet a, const DocSet& b) { return a |= b; }
  friend DocSet operator-(DocSet a, const DocSet& b) { return a -= b; }
  friend bool operator==(const DocSet&, const DocSet&) = default;

  void complement() {
    for (auto& word : words_) word = ~word;
    trim();
  }

  std::size_t count() const {
    std::size_t n = 0;
    for (const auto word : words_) n += static_cast<std::size_t>(std::popcount(word));
    return n;
  }
  bool empty() const {
    for (const auto word : words_)
      if (word) return false;
    return true;
  }

  // Calls visit(DocId) for each, ascending.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (auto word = words_[i]; word; word &= word - 1) {
        visit(static_cast<DocId>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
      }
    }
  }

  std::vector<DocId> to_vector() const {
    std::vector<DocId> out;
    out.reserve(count());
    for_each([&](DocId doc) { out.push_back(doc); });
    return out;
  }

 private:
  void trim() {
    if (size_ % 64) words_.back() &= (std::uint64_t{1} << (size_ % 64)) - 1;
  }
  std::size_t size_ = 0;
  std::vector<std::uint64_t> words_;
};

}  // namespace pia

#endif  // PIA_QUERY_DOC_SET_H_
