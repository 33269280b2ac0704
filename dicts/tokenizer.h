// Text becomes words: MeCab with ipadic and our own words (dicts/data/user.csv). Give it folded
// text (normalizer.h): on both sides of the search, or the words differ.
//
// A Tokenizer may be used by any number of threads at once.

#ifndef PIA_DICTS_TOKENIZER_H_
#define PIA_DICTS_TOKENIZER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dicts/result.h"

namespace pia {

enum class WordClass {
  Noun,
  ProperNoun,
  Number,
  Latin,
  Katakana,  // what a search binds
  Verb,
  Adjective,
  Adverb,  // what only weighs
  Particle,
  Auxiliary,
  Question,  // 助詞; 助動詞, する, ある, こと; いつ, どこ, 誰
  Symbol,
  Other,
};

// Noun, ProperNoun, Number, Latin or Katakana.
bool binds(WordClass word_class);

struct Token {
  std::uint32_t offset = 0;    // bytes in the text given
  std::uint32_t length = 0;    // bytes
  std::uint32_t position = 0;  // counts the tokens from 0
  std::string_view text;       // lives as long as the text given
  std::string base;  // dictionary form (削除さ -> 削除する's parts, なくし -> なくす)
  std::string reading;  // katakana; empty when unknown
  WordClass word_class = WordClass::Other;
  std::string_view own;  // last field of dicts/data/user.csv; empty for words of ipadic.
                         // Lives as long as the Tokenizer
};

// What goes into an index or is looked up there.
struct SearchTerm {
  std::string text;  // base form of verbs and adjectives; ー dropped at the end of katakana of four
                     // or more characters (サーバー = サーバ); kanji pairs of names joined
  std::uint32_t offset = 0, length = 0;
  std::uint32_t position =
      0;  // words in a row have positions in a row; a compound has its first part's
  WordClass word_class = WordClass::Other;
  bool compound = false;  // its parts follow as terms of their own
  bool part = false;      // lies within the compound before it
};

class Tokenizer {
 public:
  // Errors: Dictionary, naming the folder, if MeCab cannot load ipadic-utf8 or our words.
  static Result<Tokenizer> open();
  ~Tokenizer();
  Tokenizer(Tokenizer&&) noexcept;
  Tokenizer& operator=(Tokenizer&&) noexcept;

  // Every word and symbol in order; white space makes none. Lines are cut separately.
  // Offsets cut the text exactly: text.substr(offset, length) is the token.
  std::vector<Token> tokenize(std::string_view folded) const;

  // Terms without symbols. A compound (住民基本台帳) gives itself and its parts (住民, 基本, 台帳),
  // so that either finds it.
  std::vector<SearchTerm> search_terms(std::string_view folded) const;

 private:
  struct Impl;
  explicit Tokenizer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The term of one word as SearchTerm::text has it.
std::string term_of(std::string_view word, WordClass word_class);

}  // namespace pia

#endif  // PIA_DICTS_TOKENIZER_H_
