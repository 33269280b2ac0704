#include "dicts/tokenizer.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

#include "dicts/data.h"
#include "dicts/normalizer.h"

namespace {

const pia::Tokenizer& tokenizer() {
  static const pia::Tokenizer instance = [] {
    auto opened = pia::Tokenizer::open();
    if (!opened) throw std::runtime_error(opened.error().reason);
    return std::move(opened).value();
  }();
  return instance;
}

std::string cut(std::string_view text) {
  std::string out;
  const std::string folded = pia::fold_text(text);
  for (const pia::Token& token : tokenizer().tokenize(folded)) out += std::string(token.text) + "|";
  return out;
}

std::string terms(std::string_view text) {
  std::string out;
  const std::string folded = pia::fold_text(text);
  for (const pia::SearchTerm& term : tokenizer().search_terms(folded)) {
    out += term.text + "@" + std::to_string(term.position) + " ";
  }
  return out;
}

pia::WordClass class_of(std::string_view text) {
  const std::string folded = pia::fold_text(text);
  const auto tokens = tokenizer().tokenize(folded);
  REQUIRE(tokens.size() == 1);
  return tokens.front().word_class;
}

}  // namespace

TEST_CASE("our compounds are one word") {
  struct Row {
    const char* text;
    const char* tokens;
  };
  const Row rows[] = {
      {"特定個人情報保護評価を実施", "特定個人情報保護評価|を|実施|"},
      {"団体内統合宛名システムと中間サーバー", "団体内統合宛名システム|と|中間サーバー|"},
      {"住民基本台帳ネットワークシステムから", "住民基本台帳ネットワークシステム|から|"},
      {"情報提供ネットワークシステム", "情報提供ネットワークシステム|"},
      {"外国人参政権", "外国人参政権|"},
      {"１０万人", "10|万|人|"},
      {"J-LIS", "j|-|lis|"},
      {"", ""},
      {"　\n", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(cut(row.text) == row.tokens);
  }
}

TEST_CASE("a compound gives itself, what it contains, and its parts") {
  CHECK(terms("住民基本台帳の") == "住民基本台帳@0 住民@0 基本@1 台帳@2 の@3 ");
  CHECK(terms("サーバー") == terms("サーバ"));
  CHECK(terms("中間サーバー") == "中間サーバ@0 中間@0 サーバ@1 ");
  // A compound within a compound is found as well.
  CHECK(terms("特定個人情報保護評価") ==
        "特定個人情報保護評価@0 特定@0 特定個人情報@0 個人@1 個人情報保護評価@1 情報@2 保護@3 "
        "評価@4 ");
}

TEST_CASE("verbs give their dictionary form and short katakana keeps its long mark") {
  CHECK(terms("紛失した").starts_with("紛失@0 "));
  CHECK(terms("なくした").starts_with("なくす@0 "));
  CHECK(terms("カバー") == "カバー@0 ");
}

TEST_CASE("word classes tell what a search binds") {
  using pia::WordClass;
  CHECK(class_of("住民") == WordClass::Noun);
  CHECK(class_of("埼玉") == WordClass::ProperNoun);
  CHECK(class_of("123") == WordClass::Number);
  CHECK(class_of("NTT") == WordClass::Latin);
  CHECK(class_of("アデコ") == WordClass::Katakana);
  CHECK(class_of("いつ") == WordClass::Question);
  CHECK(class_of("どこ") == WordClass::Question);
  CHECK(class_of("の") == WordClass::Particle);
  CHECK(class_of("する") == WordClass::Auxiliary);
  CHECK(class_of("こと") == WordClass::Auxiliary);
  CHECK(class_of("なくす") == WordClass::Verb);
  CHECK(class_of("(") == WordClass::Symbol);
  CHECK(class_of("。") == WordClass::Symbol);
}

TEST_CASE("tokens cut the text exactly, in order, also in very long lines") {
  std::string text = "住民票の写し、(コンビニ交付)を 開始\n\n  次の行。";
  for (int i = 0; i < 12; ++i) text += text.substr(0, 4000);
  text = pia::fold_text(text);
  std::size_t end = 0;
  for (const pia::Token& token : tokenizer().tokenize(text)) {
    REQUIRE(token.offset >= end);
    REQUIRE(text.substr(token.offset, token.length) == token.text);
    for (std::size_t i = end; i < token.offset; ++i) REQUIRE((text[i] == ' ' || text[i] == '\n'));
    end = token.offset + token.length;
  }
}

TEST_CASE("a tokenizer serves many threads") {
  const std::string text = pia::fold_text("特定個人情報ファイルの取扱いを委託する。住民基本台帳");
  const std::size_t expected = tokenizer().search_terms(text).size();
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) wrong += tokenizer().search_terms(text).size() != expected;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

TEST_CASE("every row of user.csv is folded text and wins over ipadic") {
  std::size_t rows = 0;
  for (const pia::data::Row& row : pia::data::rows("user", ',')) {
    const std::string surface(row.at(0));
    CAPTURE(surface);
    CHECK(pia::fold_text(surface) == surface);
    CHECK(row.size() == 14);
    const auto tokens = tokenizer().tokenize(surface);
    CHECK(tokens.size() == 1);
    CHECK_FALSE(tokens.front().reading.empty());
    ++rows;
  }
  CHECK(rows >= 200);
}
