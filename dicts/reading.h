// How names are read, and whether what somebody is typing begins such a reading: kana, romaji
// (Hepburn or Kunrei), or what an input method leaves half way (かわs, jumi, じゅm).

#ifndef PIA_DICTS_READING_H_
#define PIA_DICTS_READING_H_

#include <string>
#include <string_view>

#include "dicts/tokenizer.h"

namespace pia {

// Hiragana with long marks (アデコ -> あでこ). Municipalities have theirs from the table, other
// words from MeCab; legal forms are left out. Latin words of up to four letters are read by letter
// (TKC -> てぃーけーしー), longer ones stay as they are, which reading_key takes for romaji.
// Characters without a reading are left out.
std::string reading_of(const Tokenizer& tokenizer, std::string_view name);

std::string to_hiragana(std::string_view text);  // katakana, also half-width, to hiragana; NFKC
std::string to_katakana(std::string_view text);

// Romaji of one spelling for kana, romaji and mixtures: Kunrei, lower case, long vowels short
// (じゅうみん, jūmin, juumin, zyumin, jumin -> zyumin). What is no kana and no letter stays.
// Store it with a name, and compare prefixes of it.
std::string reading_key(std::string_view text);

// reading_key of a text that is still being typed: an unfinished syllable is cut to what both ways
// of writing share (sh -> s, since し is si).
std::string typed_key(std::string_view typed);

// True if `typed` begins the reading, or is empty. For many readings, keep their keys.
bool matches_prefix(std::string_view reading, std::string_view typed);

}  // namespace pia

#endif  // PIA_DICTS_READING_H_
