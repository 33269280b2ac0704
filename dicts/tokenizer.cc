// MeCab's feature line of ipadic, by commas:
//   名詞,固有名詞,地域,一般,*,*,川口,カワグチ,カワグチ
//   0    1        2    3    4 5 6=base 7=reading 8=pronunciation
// Our own words have a tenth field: their parts, joined by /, or `own` for "as ipadic cuts it".

#include "dicts/tokenizer.h"

#include <mecab.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "dicts/data.h"
#include "dicts/normalizer.h"
#include "dicts/utf8.h"

namespace pia {
namespace {

constexpr std::size_t kLongestLine = 16'384;  // of MeCab at once; longer ones are cut

struct Feature {
  std::string_view field[10];
  std::string_view operator[](std::size_t i) const { return field[i]; }
};

Feature parse_feature(std::string_view line) {
  Feature feature;
  for (std::size_t i = 0, from = 0; i < 10 && from <= line.size(); ++i) {
    const std::size_t to = std::min(line.find(',', from), line.size());
    feature.field[i] = line.substr(from, to - from);
    if (feature.field[i] == "*") feature.field[i] = {};
    from = to + 1;
  }
  return feature;
}

// What the characters alone decide: ipadic calls unknown symbols and Latin words nouns.
WordClass class_of_script(std::string_view word) {
  bool digits = true, latin = true, katakana = true, symbols = true;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = utf8::next(word, at);
    const bool mark = c == 0x30FB || c == 0x30FC;
    digits &= utf8::is_digit(c) || c == '.' || c == ',';
    latin &= utf8::is_letter(c) || utf8::is_digit(c) || c == '-' || c == '.' || c == '_';
    katakana &= utf8::is_katakana(c);
    symbols &= mark || (c < 0x80 && !utf8::is_letter(c) && !utf8::is_digit(c)) ||
               (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x3020 && c != 0x3005) ||
               c == utf8::kReplacement;
  }
  if (symbols) return WordClass::Symbol;
  if (digits) return WordClass::Number;
  if (latin) return WordClass::Latin;
  return katakana ? WordClass::Katakana : WordClass::Other;
}

bool is_question(std::string_view base) {
  static constexpr std::string_view kWords[] = {
      "何",   "なに",   "なん",   "誰",     "だれ",   "どこ",   "何処",     "いつ",
      "何時", "いくら", "いくつ", "どれ",   "どの",   "どんな", "どう",     "どのよう",
      "なぜ", "何故",   "どちら", "どっち", "いかが", "どなた", "どうして", "いずれ"};
  return std::find(std::begin(kWords), std::end(kWords), base) != std::end(kWords);
}

WordClass class_of_noun(const Feature& f) {
  if (f[1] == "固有名詞") return WordClass::ProperNoun;
  if (f[1] == "数") return WordClass::Number;
  if (f[1] == "非自立" || f[1] == "特殊" || f[1] == "代名詞" || f[1] == "接続詞的") {
    return WordClass::Auxiliary;
  }
  // 上, 内, 的, 等: they say nothing alone.
  const bool tail = f[1] == "接尾" && (f[2] == "副詞可能" || f[2] == "形容動詞語幹" ||
                                       f[2] == "助動詞語幹" || f[2] == "特殊");
  return tail || f[6] == "等" || f[6] == "ら" || f[6] == "毎" ? WordClass::Auxiliary
                                                              : WordClass::Noun;
}

bool is_light_verb(std::string_view base) {
  static constexpr std::string_view kVerbs[] = {
      "する", "いる", "ある", "なる", "できる", "れる", "られる", "せる",    "させる",
      "おる", "いう", "よる", "おく", "くる",   "いく", "下さる", "くださる"};
  return std::find(std::begin(kVerbs), std::end(kVerbs), base) != std::end(kVerbs);
}

WordClass class_of(std::string_view word, const Feature& f) {
  const WordClass script = class_of_script(word);
  if (script != WordClass::Other) return script;
  if (is_question(f[6].empty() ? word : f[6]) && f[0] != "動詞") return WordClass::Question;
  if (f[0] == "名詞") return class_of_noun(f);
  if (f[0] == "接頭詞") return f[1] == "数接続" ? WordClass::Other : WordClass::Noun;
  if (f[0] == "動詞") {
    return f[1] != "自立" || is_light_verb(f[6]) ? WordClass::Auxiliary : WordClass::Verb;
  }
  if (f[0] == "形容詞") return WordClass::Adjective;
  if (f[0] == "副詞" || f[0] == "連体詞" || f[0] == "接続詞") return WordClass::Adverb;
  if (f[0] == "助詞") return WordClass::Particle;
  if (f[0] == "助動詞") return WordClass::Auxiliary;
  return f[0] == "記号" ? WordClass::Symbol : WordClass::Other;
}

// Beside the program, in the build tree, or where the build put it.
std::string user_dictionary() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::filesystem::path folder = program.parent_path();
  for (const char* place :
       {"user.dic", "../dicts/user.dic", "../../dicts/user.dic", "../share/pia-search/user.dic"}) {
    if (std::filesystem::exists(folder / place, error)) return (folder / place).lexically_normal();
  }
  return PIA_USER_DICTIONARY;
}

std::string system_dictionary() {
  std::error_code error;
  for (const char* place : {PIA_MECAB_DICTIONARY, "/var/lib/mecab/dic/ipadic-utf8",
                            "/usr/share/mecab/dic/ipadic-utf8", "/usr/lib/mecab/dic/ipadic-utf8"}) {
    if (std::filesystem::exists(std::filesystem::path(place) / "sys.dic", error)) return place;
  }
  return PIA_MECAB_DICTIONARY;
}

std::unique_ptr<MeCab::Model> load(const std::string& system, const std::string& user) {
  std::vector<std::string> arguments = {"pia", "-r", "/dev/null", "-d", system};
  if (!user.empty()) arguments.insert(arguments.end(), {"-u", user});
  std::vector<char*> pointers;
  for (std::string& a : arguments) pointers.push_back(a.data());
  return std::unique_ptr<MeCab::Model>(
      MeCab::createModel(static_cast<int>(pointers.size()), pointers.data()));
}

}  // namespace

bool binds(WordClass word_class) {
  switch (word_class) {
    case WordClass::Noun:
    case WordClass::ProperNoun:
    case WordClass::Number:
    case WordClass::Latin:
    case WordClass::Katakana:
      return true;
    case WordClass::Verb:
    case WordClass::Adjective:
    case WordClass::Adverb:
    case WordClass::Particle:
    case WordClass::Auxiliary:
    case WordClass::Question:
    case WordClass::Symbol:
    case WordClass::Other:
      return false;
  }
  return false;
}

std::string term_of(std::string_view word, WordClass word_class) {
  std::string term = fold_names(word);
  static constexpr std::string_view kLong = "ー";
  const bool kana_tail = word_class == WordClass::Katakana || word_class == WordClass::Noun ||
                         word_class == WordClass::ProperNoun;
  if (!kana_tail || !term.ends_with(kLong)) return term;
  // The katakana run at the end: サーバー, 中間サーバー.
  const std::u32string chars = utf8::decode(term);
  std::size_t run = 0;
  while (run < chars.size() && utf8::is_katakana(chars[chars.size() - 1 - run])) ++run;
  if (run >= 4) term.resize(term.size() - kLong.size());
  return term;
}

struct Tokenizer::Impl {
  std::unique_ptr<MeCab::Model> model;  // ipadic and our words
  std::unique_ptr<MeCab::Model> plain;  // ipadic alone: how compounds come apart
  std::unique_ptr<MeCab::Tagger> tagger, plain_tagger;
  mutable std::mutex mutex;
  mutable std::vector<std::unique_ptr<MeCab::Lattice>> idle, plain_idle;
  mutable std::unordered_map<std::string, std::vector<std::uint32_t>> cuts;  // guarded by mutex
  std::unordered_set<std::string_view> own;  // every word of user.csv

  // A lattice is lent to one call at a time; taggers and models are shared.
  struct Loan {
    const Impl& impl;
    std::vector<std::unique_ptr<MeCab::Lattice>>& shelf;
    std::unique_ptr<MeCab::Lattice> lattice;
    Loan(const Impl& owner, MeCab::Model& maker, std::vector<std::unique_ptr<MeCab::Lattice>>& from)
        : impl(owner), shelf(from) {
      const std::lock_guard lock(impl.mutex);
      if (shelf.empty()) {
        lattice.reset(maker.createLattice());
      } else {
        lattice = std::move(shelf.back());
        shelf.pop_back();
      }
    }
    ~Loan() {
      const std::lock_guard lock(impl.mutex);
      shelf.push_back(std::move(lattice));
    }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
  };

  template <typename Each>
  void each_node(std::string_view text, MeCab::Lattice& lattice, const MeCab::Tagger& with,
                 Each each) const {
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t to = end_of_line(text, from);
      lattice.set_sentence(text.data() + from, to - from);
      if (with.parse(&lattice)) {
        for (const MeCab::Node* node = lattice.bos_node(); node; node = node->next) {
          if (node->stat == MECAB_NOR_NODE || node->stat == MECAB_UNK_NODE) {
            each(static_cast<std::size_t>(node->surface - text.data()), *node);
          }
        }
      }
      from = to;
      while (from < text.size() && (text[from] == '\n' || text[from] == '\r')) ++from;
    }
  }

  // A line longer than the limit is cut behind a full stop, else between two characters.
  static std::size_t end_of_line(std::string_view text, std::size_t from) {
    const std::size_t to = std::min(text.find('\n', from), text.size());
    if (to - from <= kLongestLine) return to;
    std::size_t cut = text.substr(0, from + kLongestLine).rfind("。");
    if (cut != std::string_view::npos && cut > from) return cut + std::strlen("。");
    cut = from + kLongestLine;
    while (cut > from && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
    return cut == from ? from + kLongestLine : cut;
  }

  // Byte lengths of the parts of a compound; empty if it has none.
  std::vector<std::uint32_t> parts_of(const Token& token) const {
    const std::string key(token.text);
    {
      const std::lock_guard lock(mutex);
      const auto found = cuts.find(key);
      if (found != cuts.end()) return found->second;
    }
    std::vector<std::uint32_t> lengths =
        token.own == "own" ? plain_cut(key) : written_cut(token.own);
    if (lengths.size() < 2) lengths.clear();
    const std::lock_guard lock(mutex);
    return cuts.emplace(key, std::move(lengths)).first->second;
  }

  static std::vector<std::uint32_t> written_cut(std::string_view parts) {
    std::vector<std::uint32_t> lengths;
    for (std::size_t from = 0; from <= parts.size();) {
      const std::size_t to = std::min(parts.find('/', from), parts.size());
      lengths.push_back(static_cast<std::uint32_t>(to - from));
      from = to + 1;
    }
    return lengths;
  }

  std::vector<std::uint32_t> plain_cut(const std::string& word) const {
    std::vector<std::uint32_t> lengths;
    Loan loan(*this, *plain, plain_idle);
    each_node(word, *loan.lattice, *plain_tagger, [&](std::size_t, const MeCab::Node& node) {
      lengths.push_back(node.length);  // no white space inside our words
    });
    return lengths;
  }
};

Tokenizer::Tokenizer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;

Result<Tokenizer> Tokenizer::open() {
  const std::string system = system_dictionary();
  const std::string user = user_dictionary();
  auto impl = std::make_unique<Impl>();
  impl->model = load(system, user);
  impl->plain = load(system, "");
  if (!impl->model || !impl->plain) {
    return Error{
        ErrorCode::Dictionary,
        "MeCab cannot load its dictionary (package mecab-ipadic-utf8) or our words " + user,
        system};
  }
  for (const data::Row& row : data::rows("user", ',')) impl->own.insert(row.at(0));
  impl->tagger.reset(impl->model->createTagger());
  impl->plain_tagger.reset(impl->plain->createTagger());
  return Tokenizer(std::move(impl));
}

namespace {

Token to_token(std::string_view text, std::size_t offset, const MeCab::Node& node,
               const Feature& f) {
  Token token;
  token.offset = static_cast<std::uint32_t>(offset);
  token.length = node.length;
  token.text = text.substr(offset, node.length);
  token.base = f[6].empty() ? token.text : f[6];
  token.reading = f[7];
  token.word_class = class_of(token.text, f);
  token.own = f[9];
  return token;
}

}  // namespace

std::vector<Token> Tokenizer::tokenize(std::string_view folded) const {
  std::vector<Token> tokens;
  Impl::Loan loan(*impl_, *impl_->model, impl_->idle);
  impl_->each_node(folded, *loan.lattice, *impl_->tagger,
                   [&](std::size_t offset, const MeCab::Node& node) {
                     tokens.push_back(to_token(folded, offset, node, parse_feature(node.feature)));
                     tokens.back().position = static_cast<std::uint32_t>(tokens.size() - 1);
                   });
  return tokens;
}

namespace {

SearchTerm make_term(std::string_view folded, std::uint32_t offset, std::uint32_t length,
                     std::uint32_t position, WordClass word_class) {
  SearchTerm term;
  term.text = term_of(folded.substr(offset, length), word_class);
  term.offset = offset;
  term.length = length;
  term.position = position;
  term.word_class = word_class;
  return term;
}

SearchTerm whole_term(const Token& token, std::uint32_t position) {
  const bool inflects =
      token.word_class == WordClass::Verb || token.word_class == WordClass::Adjective;
  SearchTerm term;
  term.text = term_of(inflects ? std::string_view(token.base) : token.text, token.word_class);
  term.offset = token.offset;
  term.length = token.length;
  term.position = position;
  term.word_class = token.word_class;
  return term;
}

WordClass class_of_part(std::string_view text) {
  const WordClass script = class_of_script(text);
  return script == WordClass::Other ? WordClass::Noun : script;
}

}  // namespace

std::vector<SearchTerm> Tokenizer::search_terms(std::string_view folded) const {
  std::vector<SearchTerm> terms;
  std::uint32_t position = 0;
  for (const Token& token : tokenize(folded)) {
    if (token.word_class != WordClass::Symbol) terms.push_back(whole_term(token, position));
    const std::vector<std::uint32_t> parts =
        token.own.empty() ? std::vector<std::uint32_t>{} : impl_->parts_of(token);
    if (parts.empty()) {
      ++position;
      continue;
    }
    terms.back().compound = true;
    std::uint32_t at = token.offset;
    for (std::size_t i = 0; i < parts.size(); at += parts[i++], ++position) {
      const WordClass part_class = class_of_part(folded.substr(at, parts[i]));
      if (part_class != WordClass::Symbol) {
        terms.push_back(make_term(folded, at, parts[i], position, part_class));
        terms.back().part = true;
      }
      // Compounds that begin with this part and end within the whole.
      std::uint32_t length = parts[i];
      for (std::size_t k = i + 1; k < parts.size(); ++k) {
        length += parts[k];
        if (length == token.length || !impl_->own.contains(folded.substr(at, length))) continue;
        terms.push_back(make_term(folded, at, length, position, WordClass::Noun));
        terms.back().compound = terms.back().part = true;
      }
    }
  }
  return terms;
}

}  // namespace pia
