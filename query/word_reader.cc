// The question is folded, its dates are cut out, and MeCab's tokens are joined to runs again:
// 運用|保守|業務 -> one wanted word 運用保守業務 whose parts are tried if the whole stands nowhere.

#include "query/word_reader.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "dicts/japanese_date.h"
#include "dicts/normalizer.h"
#include "dicts/tokenizer.h"
#include "query/spellings.h"
#include "query/unicode.h"

namespace pia {
namespace {

// What people ask with, standing alone: it names the kind of answer, not what must be in it.
constexpr std::array<std::string_view, 16> kAskingNouns = {
    "市",   "町",   "村",     "県",   "自治体", "市町村", "市区町村", "団体",
    "一覧", "場合", "ところ", "会社", "企業",   "業者",   "評価書",   "有無"};

struct ChoiceWriting {
  std::string_view written;
  QueryField field;
  std::string_view value;
};
constexpr std::array<ChoiceWriting, 8> kChoices = {{
    {"再委託しない", QueryField::Subcontract, "しない"},
    {"再委託する", QueryField::Subcontract, "する"},
    {"再委託なし", QueryField::Subcontract, "しない"},
    {"再委託あり", QueryField::Subcontract, "する"},
    {"発生あり", QueryField::Incident, "あり"},
    {"発生なし", QueryField::Incident, "なし"},
    {"重大事故あり", QueryField::Incident, "あり"},
    {"重大事故なし", QueryField::Incident, "なし"},
}};

struct Span {
  std::size_t begin = 0, end = 0;
};

bool joins(std::string_view symbol) {
  constexpr std::array<std::string_view, 9> kJoiners = {"・", "-", "ー", ".", "/",
                                                        "&",  "'", "_",  "･"};
  return std::ranges::find(kJoiners, symbol) != kJoiners.end();
}

void add_unique(std::vector<std::string>& list, std::string text) {
  if (!text.empty() && std::ranges::find(list, text) == list.end()) list.push_back(std::move(text));
}

// One question while it is read.
class Reading {
 public:
  Reading(const Tokenizer& tokenizer, std::string_view text, bool raw)
      : folded_(fold_text(text)),
        raw_(raw),
        tokens_(tokenizer.tokenize(folded_)),
        terms_(tokenizer.search_terms(folded_)) {}

  WordReading run() {
    find_fixed_pieces();
    for (std::size_t i = 0; i < tokens_.size();) i = take(i);
    finish_run(false);
    out_.says_nothing = out_.wanted.empty() && out_.weighing.empty();
    if (out_.says_nothing) out_.wanted = asking_;
    if (out_.wanted.empty() && out_.weighing.empty()) whole_text();
    return std::move(out_);
  }

 private:
  // Dates, choices and abbreviated legal forms, which say nothing, are found before the words are.
  void find_fixed_pieces() {
    for (const std::string_view form :
         {"(株)", "(有)", "(財)", "(社)", "(同)", "(独)", "(一財)", "(一社)"}) {
      for (std::size_t at = folded_.find(form); at != std::string::npos;
           at = folded_.find(form, at + 1)) {
        if (folded_ == form) break;
        fixed_.push_back({at, at + form.size()});
        fixed_words_.emplace_back();
      }
    }
    for (const FoundDate& date : find_dates(folded_)) {
      fixed_.push_back({date.offset, date.offset + date.length});
      fixed_words_.push_back(date_word(date));
    }
    for (const ChoiceWriting& choice : kChoices) {
      for (std::size_t at = folded_.find(choice.written); at != std::string::npos;
           at = folded_.find(choice.written, at + 1)) {
        const Span span{at, at + choice.written.size()};
        if (is_fixed(span.begin) || is_fixed(span.end - 1)) continue;
        fixed_.push_back(span);
        fixed_words_.push_back(choice_word(choice));
      }
    }
  }

  WantedWord date_word(const FoundDate& found) const {
    WantedWord word;
    word.written = folded_.substr(found.offset, found.length);
    word.date = true;
    add_unique(word.strings, fold_literal_text(word.written));
    for (const std::string& writing : fiscal_or_plain(found))
      add_unique(word.strings, fold_literal_text(writing));
    word.own = word.strings.size();
    add_terms(word, {found.offset, found.offset + found.length});
    return word;
  }

  // 令和6年度 is also found as any of its months.
  static std::vector<std::string> fiscal_or_plain(const FoundDate& found) {
    if (!found.fiscal_year) return date_variants(found.date);
    std::vector<std::string> out;
    for (const std::string& year : date_variants({found.date.year, 0, 0})) {
      if (year.ends_with("年")) out.push_back(year + "度");
    }
    for (int i = 0; i < 12; ++i) {
      const int month = (i + 3) % 12 + 1;
      for (std::string& writing : date_variants({found.date.year + (month < 4 ? 1 : 0), month, 0}))
        out.push_back(std::move(writing));
    }
    return out;
  }

  static WantedWord choice_word(const ChoiceWriting& choice) {
    WantedWord word = WordReader::exactly(choice.written);
    word.choice = choice.field;
    word.choice_value = choice.value;
    return word;
  }

  bool is_fixed(std::size_t offset) const { return fixed_at(offset) < fixed_.size(); }
  std::size_t fixed_at(std::size_t offset) const {
    for (std::size_t i = 0; i < fixed_.size(); ++i) {
      if (fixed_[i].begin <= offset && offset < fixed_[i].end) return i;
    }
    return fixed_.size();
  }

  // Takes token i and returns the next one to take.
  std::size_t take(std::size_t i) {
    const Token& token = tokens_[i];
    if (const std::size_t fixed = fixed_at(token.offset); fixed < fixed_.size()) {
      finish_run(false);
      if (!fixed_words_[fixed].strings.empty()) out_.wanted.push_back(fixed_words_[fixed]);
      const std::size_t end = fixed_[fixed].end;
      while (i < tokens_.size() && tokens_[i].offset < end) ++i;
      return i;
    }
    if (belongs_to_run(i)) {
      run_.push_back(i);
      return i + 1;
    }
    if (binds(token.word_class)) {
      finish_run(false);
      run_.push_back(i);
      return i + 1;
    }
    const bool touches = !run_.empty() && end_of(run_.back()) == token.offset;
    finish_run(touches && token.word_class == WordClass::Auxiliary && makes_verb(token));
    if (token.word_class == WordClass::Verb || token.word_class == WordClass::Adjective ||
        token.word_class == WordClass::Adverb || token.word_class == WordClass::Other) {
      add_weighing({token.offset, token.offset + token.length});
    }
    return i + 1;
  }

  std::size_t end_of(std::size_t i) const { return tokens_[i].offset + tokens_[i].length; }

  bool belongs_to_run(std::size_t i) const {
    if (run_.empty() || end_of(run_.back()) != tokens_[i].offset) return false;
    const Token& token = tokens_[i];
    const WordClass before = tokens_[run_.back()].word_class;
    if (token.word_class == WordClass::Symbol) {
      return joins(token.text) && i + 1 < tokens_.size() && tokens_[i + 1].offset == end_of(i) &&
             binds(tokens_[i + 1].word_class) && !is_fixed(tokens_[i + 1].offset);
    }
    if (!binds(token.word_class)) return false;
    const bool begins_number = token.word_class == WordClass::Number &&
                               before != WordClass::Number && before != WordClass::Symbol &&
                               before != WordClass::Latin;
    return !begins_number;
  }

  // 削除|さ|れ|た, 実施|し|て: the noun before する is a verb.
  static bool makes_verb(const Token& token) {
    constexpr std::array<std::string_view, 6> kBases = {"する",   "できる", "される",
                                                        "いたす", "さる",   "致す"};
    return std::ranges::find(kBases, token.base) != kBases.end();
  }

  void finish_run(bool last_is_verb) {
    if (run_.empty()) return;
    if (last_is_verb) {
      const Token& verb = tokens_[run_.back()];
      add_weighing({verb.offset, verb.offset + verb.length});
      run_.pop_back();
    }
    while (!run_.empty() && tokens_[run_.back()].word_class == WordClass::Symbol) run_.pop_back();
    if (!run_.empty()) {
      WantedWord word = run_word();
      if (std::ranges::find(kAskingNouns, word.written) != kAskingNouns.end()) {
        asking_.push_back(std::move(word));
      } else {
        out_.wanted.push_back(std::move(word));
      }
    }
    run_.clear();
  }

  WantedWord run_word() {
    const Span span{tokens_[run_.front()].offset, end_of(run_.back())};
    WantedWord word;
    word.written = folded_.substr(span.begin, span.end - span.begin);
    word.strings.push_back(fold_literal_text(word.written));
    add_spellings(word);
    if (run_.size() > 1) {
      for (const std::size_t i : run_) {
        if (tokens_[i].word_class != WordClass::Symbol) word.parts.push_back(part_writings(i));
      }
    }
    if (word.parts.size() < 2) word.parts.clear();
    add_terms(word, span);
    return word;
  }

  void add_spellings(WantedWord& word) {
    if (raw_) return;
    Expanded expanded{word.written, {}};
    std::vector<std::string> synonyms;
    for (const Spelling& spelling : spellings(word.written)) {
      const std::string literal = fold_literal_text(spelling.text);
      if (std::ranges::find(word.strings, literal) != word.strings.end()) continue;
      add_unique(spelling.shown ? synonyms : word.strings, literal);
      if (spelling.shown) expanded.also.push_back(spelling.text);
    }
    word.own = word.strings.size();
    for (std::string& synonym : synonyms) add_unique(word.strings, std::move(synonym));
    if (!expanded.also.empty()) out_.expanded.push_back(std::move(expanded));
  }

  std::vector<std::string> part_writings(std::size_t i) const {
    std::vector<std::string> writings = {fold_literal_text(tokens_[i].text)};
    if (raw_) return writings;
    for (const Spelling& spelling : spellings(tokens_[i].text)) {
      add_unique(writings, fold_literal_text(spelling.text));
    }
    return writings;
  }

  void add_terms(WantedWord& word, Span span) const {
    for (const SearchTerm& term : terms_) {
      if (term.offset < span.begin || term.offset >= span.end) continue;
      if (term.word_class == WordClass::Particle || term.word_class == WordClass::Auxiliary)
        continue;
      add_unique(word.terms, term.text);
    }
  }

  void add_weighing(Span span) {
    WantedWord word;
    word.written = folded_.substr(span.begin, span.end - span.begin);
    word.strings.push_back(fold_literal_text(word.written));
    if (!raw_) {
      for (const Token& token : tokens_) {
        if (token.offset != span.begin) continue;
        for (const Spelling& spelling : spellings(token.base))
          add_unique(word.strings, fold_literal_text(spelling.text));
      }
    }
    add_terms(word, span);
    out_.weighing.push_back(std::move(word));
  }

  // Nothing but particles or symbols: then they are what is asked for.
  void whole_text() {
    WantedWord word = WordReader::exactly(folded_);
    if (!word.strings.front().empty()) out_.wanted.push_back(std::move(word));
  }

  std::string folded_;
  bool raw_;
  std::vector<Token> tokens_;  // views into folded_
  std::vector<SearchTerm> terms_;
  std::vector<Span> fixed_;
  std::vector<WantedWord> fixed_words_;
  std::vector<std::size_t> run_;
  std::vector<WantedWord> asking_;
  WordReading out_;
};

}  // namespace

WordReader::WordReader(const Tokenizer& tokenizer) : tokenizer_(tokenizer) {}

WordReading WordReader::read(std::string_view text, bool raw) const {
  return Reading(tokenizer_, text, raw).run();
}

WantedWord WordReader::exactly(std::string_view text) {
  WantedWord word;
  word.written = std::string(text);
  word.strings.push_back(fold_literal_text(text));
  return word;
}

}  // namespace pia
