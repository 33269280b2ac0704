#include "dicts/normalizer.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "dicts/utf8.h"

namespace {

struct Row {
  const char* text;
  const char* folded;
};

// Some of everything that the foldings touch.
const char* const kMixture[] = {"⼀般会計の⾼額療養費",
                                "ｶﾞﾊﾞﾅﾝｽ㈱　Ⅰ－①",
                                "ヒュ－マン‐サ―ビス",
                                "か\u3099ま\u309A",
                                "ヶ\u3099",
                                "\u3099先頭",
                                "é\u0301\u0323",
                                "㍿㌀㋿ﾞ",
                                "葛\U000E0100飾",
                                "𠮷野家",
                                "\u200B見えない\u00AD字",
                                "ＡＢＣ〜def～",
                                "각\u11A8\u1100\u1161",
                                "−ー-—",
                                "a\xFFz\xE3\x81",
                                "㎏\u0301ー"};

}  // namespace

TEST_CASE("fold makes spellings of a word one") {
  const Row rows[] = {
      {"ＡＢＣ１２３", "abc123"},
      {"㈱山田", "(株)山田"},
      {"⼀般会計", "一般会計"},
      {"⻑⽥", "長田"},  // radicals beyond NFKC
      {"ヒュ－マン", "ヒューマン"},
      {"ヒュ‐マン", "ヒューマン"},
      {"サ−バ―", "サーバー"},
      {"サーバ", "サーバ"},
      {"ｻｰﾊﾞｰ", "サーバー"},
      {"１ー２", "1-2"},
      {"J−LIS", "j-lis"},
      {"Ａ―Ｂ", "a-b"},
      {"か\u3099", "が"},
      {"髙﨑 濵田 國分 渡邊 渡邉", "高崎 浜田 国分 渡辺 渡辺"},
      {"佐々木", "佐々木"},
      {"佐〻木", "佐々木"},
      {"〜～", "~~"},
      {"ｱ･ｲ・ウ", "ア・イ・ウ"},
      {"“あ”", "\"あ\""},
      {"Ⅳ－2", "iv-2"},
      {"①②", "12"},
      {"葛\U000E0100飾", "葛飾"},
      {"𠮷野", "吉野"},
      {"二○二四 二〇二四", "二○二四 二○二四"},
      {"霞ヶ関", "霞ケ関"},
      {"パ ハ バ", "パ ハ バ"},  // diacritics stay
      {"é", "é"},
      {"一斉", "一斉"},  // 斉 is joined with 斎 in names only
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(pia::fold_text(row.text) == row.folded);
  }
}

TEST_CASE("fold_literal leaves white space out and looks at no neighbour") {
  const Row rows[] = {
      {"シス\n  テム　連携", "システム連携"},
      {"令和６年\r\n４月", "令和6年4月"},
      {"A-1", "aー1"},
      {"ーバー", "ーバー"},
      {"－バ－", "ーバー"},
      {"一斉 一齊 一斎 一齋", "一斎一斎一斎一斎"},
      {"龍ケ崎 竜ヶ崎", "竜ケ崎竜ケ崎"},
      {"氏名，住所、年齢。", "氏名,住所,年齢."},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(pia::fold_literal_text(row.text) == row.folded);
  }
}

TEST_CASE("a part folds literally to a part of the whole's folding") {
  const std::u32string text = pia::utf8::decode(
      "㈱ヒュ－マン・サ―ビス　髙﨑支店\n（令和７年２月６日－）⼀般ｻｰﾊﾞｰ 1ー2 霞ヶ関，齋藤。");
  const std::string whole = pia::fold_literal_text(pia::utf8::encode(text));
  for (std::size_t from = 0; from < text.size(); ++from) {
    for (std::size_t to = from + 1; to <= text.size(); ++to) {
      const std::string part = pia::utf8::encode(text.substr(from, to - from));
      // A letter is cut from its half-width voice mark: a character torn apart.
      if (to < text.size() && text[to] == U'ﾞ') continue;
      CAPTURE(part);
      REQUIRE(whole.find(pia::fold_literal_text(part)) != std::string::npos);
    }
  }
}

TEST_CASE("folding twice changes nothing, and the offsets-free foldings agree") {
  for (const char* text : kMixture) {
    CAPTURE(text);
    const std::string words = pia::fold_text(text);
    CHECK(pia::fold_text(words) == words);
    CHECK(pia::fold(text).text == words);
    const std::string literal = pia::fold_literal_text(text);
    CHECK(pia::fold_literal_text(literal) == literal);
    CHECK(pia::fold_literal(text).text == literal);
    CHECK(pia::fold_literal_text(words) == literal);
    CHECK(pia::mend_radicals(pia::mend_radicals(text)) == pia::mend_radicals(text));
  }
}

TEST_CASE("offsets cut the original at character boundaries") {
  for (const char* text : kMixture) {
    const std::string original = text;
    for (const pia::Folded& folded : {pia::fold(original), pia::fold_literal(original)}) {
      CAPTURE(original, folded.text);
      REQUIRE(folded.source.size() == folded.text.size() + 1);
      CHECK(folded.source.back() == original.size());
      CHECK(std::is_sorted(folded.source.begin(), folded.source.end()));
      std::vector<bool> boundary(original.size() + 1);
      for (std::size_t at = 0; at < original.size(); pia::utf8::next(original, at))
        boundary[at] = true;
      boundary[original.size()] = true;
      for (std::uint32_t offset : folded.source) CHECK(boundary[offset]);
    }
  }
}

TEST_CASE("a match inside an expansion widens to the whole character") {
  const std::string text = "委託先は㈱山田";
  const pia::Folded folded = pia::fold(text);
  const std::size_t at = folded.text.find("株)山");
  const auto [from, to] = folded.original(at, at + std::string("株)山").size());
  CHECK(text.substr(from, to - from) == "㈱山");
  const std::string spaced = "委託 先　\nは";
  const pia::Folded literal = pia::fold_literal(spaced);
  const auto [begin, end] = literal.original(0, std::string("委託先").size(), spaced);
  CHECK(spaced.substr(begin, end - begin) == "委託 先");
}

TEST_CASE("mend_radicals changes radicals and nothing else") {
  CHECK(pia::mend_radicals("⾼⾒⽟ ㈱ Ⅰ １ 髙 ｱ") == "高見玉 ㈱ Ⅰ １ 髙 ｱ");
  CHECK(pia::mend_radicals("⺠間") == "民間");
  CHECK(pia::nfkc("⺠間㈱ Ⅰ") == "民間(株) I");
}

TEST_CASE("the kanji tables map no character twice") {
  // A chain (A -> B -> C) would make the folding depend on how often it is applied.
  for (char32_t c = 0x3400; c <= 0x9FFF; ++c) {
    std::string one;
    pia::utf8::append(one, c);
    const std::string words = pia::fold_text(one);
    const std::string literal = pia::fold_literal_text(one);
    if (words == one && literal == one) continue;
    CAPTURE(one);
    CHECK(pia::fold_text(words) == words);
    CHECK(pia::fold_literal_text(literal) == literal);
    CHECK(pia::fold_literal_text(words) == literal);
  }
}
