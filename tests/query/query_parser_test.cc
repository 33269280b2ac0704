#include "query/query_parser.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <random>
#include <string>

namespace pia {
namespace {

// The tree with its structure made visible, so that tests see more than describe() prints.
std::string tree_of(const Query& q) {
  const auto list = [](const char* name, const Query& query) {
    std::string out = std::string(name) + "(";
    for (const Query& child : query.children) {
      if (out.back() != '(') out += ", ";
      out += tree_of(child);
    }
    return out + ")";
  };
  switch (q.type) {
    case Query::Type::Everything:
      return "everything";
    case Query::Type::Word:
      return q.text;
    case Query::Type::Phrase:
    case Query::Type::Exact:
      return "'" + q.text + "'";
    case Query::Type::Prefix:
      return q.text + "~";
    case Query::Type::And:
      return list("and", q);
    case Query::Type::Or:
      return list("or", q);
    case Query::Type::Not:
      return list("not", q);
    case Query::Type::InField:
      return list(std::string(field_info(q.field).english).c_str(), q);
    case Query::Type::Range:
      return "[" + q.from + " " + q.to + "]";
    case Query::Type::Present:
      return "any";
  }
  return "";
}

std::string parsed(std::string_view text) {
  const auto query = parse_query(text);
  return query ? tree_of(query->tree)
               : "error " + std::to_string(query.error().column) + ": " + query.error().reason;
}

TEST_CASE("every operator of the language is read, alone and nested") {
  struct Row {
    const char* query;
    const char* tree;
  };
  const Row rows[] = {
      {"", "everything"},
      {" 　 ", "everything"},
      {"住民票", "住民票"},
      {"住民票 データセンター", "and(住民票, データセンター)"},
      {"住民票　データセンター", "and(住民票, データセンター)"},
      {"\"静脈認証\"", "'静脈認証'"},
      {"「静脈認証」", "'静脈認証'"},
      {"『静脈認証』", "'静脈認証'"},
      {"“静脈 認証”", "'静脈 認証'"},
      {"＂静脈＂認証", "and('静脈', 認証)"},
      {"「「国」の委員会」", "'「国」の委員会'"},
      {"A OR B", "or(A, B)"},
      {"A｜B", "or(A, B)"},
      {"A | B|C", "or(A, B, C)"},
      {"Ａ ＯＲ Ｂ", "or(Ａ, Ｂ)"},
      {"A AND B", "and(A, B)"},
      {"-A", "not(A)"},
      {"－A", "not(A)"},
      {"NOT A B", "and(not(A), B)"},
      {"--A", "not(not(A))"},
      {"A B OR C", "or(and(A, B), C)"},
      {"A (B OR C)", "and(A, or(B, C))"},
      {"A （B OR C） D", "and(A, or(B, C), D)"},
      {"(A B) C", "and(and(A, B), C)"},
      {"-(A OR B)", "not(or(A, B))"},
      {"日本電*", "日本電~"},
      {"日本電＊", "日本電~"},
      {"J-LIS", "J-LIS"},
      {"（株）日立製作所", "（株）日立製作所"},
      {"日立(株) 保守", "and(日立(株), 保守)"},
      {"国(デジタル庁)", "and(国, デジタル庁)"},
      {"委託先:アデコ", "contractor(アデコ)"},
      {"委託先：アデコ", "contractor(アデコ)"},
      {"contractor:アデコ", "contractor(アデコ)"},
      {"Ｃｏｎｔｒａｃｔｏｒ：アデコ", "contractor(アデコ)"},
      {"③委託先名:アデコ", "contractor(アデコ)"},
      {"委託先: アデコ", "contractor(アデコ)"},
      {"委託先:\"日本 電気\"", "contractor('日本 電気')"},
      {"委託先:(アデコ OR TKC)", "contractor(or(アデコ, TKC))"},
      {"委託先:(A -B)", "contractor(and(A, not(B)))"},
      {"委託先:日本電*", "contractor(日本電~)"},
      {"委託先:*", "contractor(any)"},
      {"委託先:-アデコ", "not(contractor(アデコ))"},
      {"-委託先:アデコ", "not(contractor(アデコ))"},
      {"委託先:(株)日立", "contractor((株)日立)"},
      {"評価実施機関名:川崎市", "municipality(川崎市)"},
      {"再委託の有無:再委託しない", "subcontract(しない)"},
      {"再委託:する", "subcontract(する)"},
      {"重大事故:発生あり", "incident(あり)"},
      {"重大事故:(あり OR なし)", "incident(or(あり, なし))"},
      {"種類:様式4", "kind(全項目)"},
      {"kind:FULL", "kind(全項目)"},
      {"公表日:2024..2025", "published([2024 2025])"},
      {"公表日:2026..", "published([2026 ])"},
      {"公表日:..2024", "published([ 2024])"},
      {"公表日:>=令和6年4月", "published([2024-04 ])"},
      {"公表日:R6", "published([2024 2024])"},
      {"公表年:令和6年度", "year([2024-04 2025-03])"},
      {"公表日:(2023 OR R7.2.6)", "published(or([2023 2023], [2025-02-06 2025-02-06]))"},
      {"取扱者数:>=100人", "staff([100 ])"},
      {"取扱者数:10人以上50人未満", "staff(10人以上50人未満)"},
      {"対象人数:10万", "people([100000 100000])"},
      {"項目:保管場所 サーバ室", "and(item(保管場所), サーバ室)"},
      {"メモ:重要", "メモ:重要"},
      {"10:30", "10:30"},
      {"https://example.jp/a", "https://example.jp/a"},
      {"メモ:(A OR B)", "and(メモ:, or(A, B))"},
      {"OR住民", "OR住民"},
      {"android", "android"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.query);
    CHECK(parsed(row.query) == row.tree);
  }
}

TEST_CASE("a malformed query says what is wrong and at which character") {
  struct Row {
    const char* query;
    int column;
    const char* says;
  };
  const Row rows[] = {
      {"住民 \"静脈", 4, "引用符が閉じていません"},
      {"「静脈", 1, "引用符が閉じていません"},
      {"\"\"", 1, "引用符の中に文字がありません"},
      {"A (B OR C", 3, "開き括弧"},
      {"(", 1, "開き括弧"},
      {"A)", 2, "閉じ括弧"},
      {")", 1, "「)」の前に語がありません"},
      {"()", 2, "括弧の中に語がありません"},
      {"OR A", 1, "OR の前に語がありません"},
      {"A OR", 5, "語がありません"},
      {"A OR OR B", 6, "OR の前に語がありません"},
      {"A ｜", 4, "語がありません"},
      {"AND A", 1, "AND の前に語がありません"},
      {"A AND", 6, "AND の後に語がありません"},
      {"A NOT", 3, "除く語がありません"},
      {"A -", 3, "除く語"},
      {"A - B", 3, "空白なしで"},
      {"*", 1, "語の始まり"},
      {"日*本", 2, "語の終わりにだけ"},
      {"住民 委託先:", 4, "「委託先:」の後に値がありません"},
      {"委託先:OR", 1, "「委託先:」の後に値がありません"},
      {"種類:部分項目", 4, "基礎項目・重点項目・全項目"},
      {"重大事故:多分", 6, "あり・なし"},
      {"公表日:先月", 5, "日付として読めません"},
      {"公表日:2024..先月", 5, "日付として読めません"},
      {"公表日:2024-13", 5, "日付として読めません"},
      {"公表日:2023-02-29", 5, "日付として読めません"},
      {"公表日:2025..2024", 5, "始まりが終わりより後"},
      {"公表日:..", 5, "日付として読めません"},
      {"公表日:20*", 5, "「*」を使えません"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.query);
    const auto query = parse_query(row.query);
    REQUIRE_FALSE(query);
    CHECK(query.error().code == ErrorCode::MalformedQuery);
    CHECK(query.error().column == row.column);
    CHECK_THAT(query.error().reason, Catch::Contains(row.says));
  }
}

TEST_CASE("a dash with nothing behind it is the value of its field, also before a bracket") {
  const auto query = parse_query("(a -担当部署:- ) b");
  REQUIRE(query);
  const auto again = parse_query(describe(query->tree));
  REQUIRE(again);
  CHECK(again->tree == query->tree);
  CHECK(parse_query("(担当部署:-)").has_value());
}

TEST_CASE("text that is not UTF-8, too long, too deep or too wide is refused") {
  CHECK(parsed("\xff\xfe") == "error 1: 検索語が UTF-8 の文字列ではありません");
  CHECK_THAT(parsed(std::string(kMaxQueryCharacters + 1, 'a')), Catch::Contains("長すぎます"));
  CHECK_THAT(parsed(std::string(200, '(') + "a" + std::string(200, ')')),
             Catch::Contains("深すぎます"));
  CHECK_THAT(parsed(std::string(200, '-') + "a"), Catch::Contains("深すぎます"));
  // NOTs behind a field's name are as deep as before it, where describe() prints them.
  const std::string nots(20, '-');
  CHECK_THAT(parsed("取扱者数:" + nots + std::string(20, '(') + "a" + std::string(20, ')')),
             Catch::Contains("深すぎます"));
  CHECK_THAT(parsed(nots + "取扱者数:" + std::string(20, '(') + "a" + std::string(20, ')')),
             Catch::Contains("深すぎます"));
  std::string wide;
  for (int i = 0; i <= kMaxQueryLeaves; ++i) wide += "a ";
  CHECK_THAT(parsed(wide), Catch::Contains("多すぎます"));
}

TEST_CASE("a name before a colon that is no field is ordinary text, and the notice says so") {
  const auto query = parse_query("メモ:重要 メモ:軽微 委託先:アデコ");
  REQUIRE(query);
  CHECK(query->notices ==
        std::vector<std::string>{"「メモ」は項目の名前ではないので、ふつうの語として探します"});
  CHECK(parse_query("https://a.jp 10:30")->notices.empty());
}

TEST_CASE("a field inside a field's group is ordinary text of that field") {
  CHECK(parsed("委託先:(再委託:する)") == "contractor(再委託:する)");
}

// Made of pieces of the language, so that most of the texts parse.
std::string made_up(std::mt19937& random) {
  static const char* kPieces[] = {
      "住民",   " ",    "　",    "\"",           "「",      "」",      "(",      ")",
      " OR ",   "｜",   "-",     "NOT ",         "委託先:", "公表日:", "2024",   "..",
      ">=",     "R6",   "*",     "再委託:する",  "種類：",  "全項目",  "アデコ", "項目:",
      "（株）", "AND ", "メモ:", "取扱者数:100", "人",      "〜"};
  std::string text;
  const int length = 1 + static_cast<int>(random() % 12);
  for (int i = 0; i < length; ++i) text += kPieces[random() % std::size(kPieces)];
  return text;
}

TEST_CASE("parsing what describe() printed gives the same tree") {
  std::mt19937 random(20251120);
  int good = 0;
  const int rounds = std::getenv("PIA_LONG") != nullptr ? 1000000 : 200000;
  for (int i = 0; i < rounds; ++i) {
    const std::string text = made_up(random);
    const auto query = parse_query(text);
    if (!query) {
      REQUIRE(query.error().column >= 1);
      REQUIRE_FALSE(query.error().reason.empty());
      continue;
    }
    ++good;
    const std::string printed = describe(query->tree);
    const auto again = parse_query(printed);
    if (!again || !(again->tree == query->tree)) {
      CAPTURE(text, printed);
      REQUIRE(again);
      REQUIRE(tree_of(again->tree) == tree_of(query->tree));
    }
  }
  CHECK(good > 10000);
}

}  // namespace
}  // namespace pia
