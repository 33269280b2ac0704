#include "dicts/synonyms.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "dicts/data.h"
#include "dicts/normalizer.h"

namespace {

bool finds(const char* word, const char* other) {
  const auto also = pia::synonyms_of(word);
  return std::find(also.begin(), also.end(), other) != also.end();
}

}  // namespace

TEST_CASE("synonyms hold both ways, or one way") {
  CHECK(finds("個人番号", "マイナンバー"));
  CHECK(finds("マイナンバー", "個人番号"));
  CHECK(finds("Ｊ－ＬＩＳ", "地方公共団体情報システム機構"));
  CHECK(finds("住基ネット", "住民基本台帳ネットワークシステム"));
  CHECK(finds("国保", "国民健康保険"));
  CHECK(finds("なくす", "紛失"));
  CHECK(finds("流出", "漏えい"));
  CHECK(finds("取扱", "取り扱い"));
  CHECK(finds("申込み", "申し込み"));
  CHECK(finds("サーバ", "サーバー"));
  CHECK(finds("下請け", "再委託"));
  CHECK_FALSE(finds("再委託", "下請け"));
  CHECK(pia::synonyms_of("図書館").empty());
}

TEST_CASE("a query's words with synonyms are found, the longest first") {
  const std::string query =
      pia::fold_text("住基ネットの国保データ CSV サーバーを株式会社に、会社が");
  std::string found;
  for (const pia::SynonymMatch& match : pia::find_synonyms(query)) {
    found += query.substr(match.offset, match.length) + "|";
    CHECK_FALSE(match.also.empty());
  }
  CHECK(found == "住基ネット|国保|サーバー|会社|");
}

TEST_CASE("no row of the table is without effect, and no word is its own synonym") {
  for (const pia::data::Row& row : pia::data::rows("synonyms")) {
    REQUIRE(row.size() >= 3);
    CAPTURE(row.at(1));
    CHECK((row.at(0) == "=" || row.at(0) == ">"));
    const auto also = pia::synonyms_of(row.at(1));
    CHECK_FALSE(also.empty());
    for (const std::string& other : also) {
      CHECK(pia::fold_literal_text(other) != pia::fold_literal_text(row.at(1)));
      CHECK(pia::fold_text(other) == other);
    }
  }
}
