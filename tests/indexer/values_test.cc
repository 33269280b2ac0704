#include "indexer/values.h"

#include <catch2/catch.hpp>

using namespace pia;

namespace {
using Options = std::vector<std::string_view>;
const Options kEnough = {"特に力を入れている", "十分である", "課題が残されている"};
const Options kStaff = {"10人未満",           "10人以上50人未満",     "50人以上100人未満",
                        "100人以上500人未満", "500人以上1,000人未満", "1,000人以上"};
const Options kUsed = {"委託する", "委託しない"};
const Options kBy = {"紙",
                     "電子記録媒体（フラッシュメモリを除く。）",
                     "フラッシュメモリ",
                     "電子メール",
                     "専用線",
                     "庁内連携システム",
                     "その他"};
}  // namespace

TEST_CASE("a choice is what stands in its brackets, never a word of its list") {
  struct Row {
    const char* text;
    const Options& options;
    const char* value;
  };
  const Row rows[] = {
      {"[十分である]\n<選択肢> 1) 特に力を入れている 2) 十分である 3) 課題が残されている", kEnough,
       "十分である"},
      {"[　十分である　]　＜選択肢＞　１）特に力を入れている", kEnough, "十分である"},
      {"[ 2）十分である ]", kEnough, "十分である"},
      {"[\n十分である\n]\n＜選択肢＞\n1) 特に力を入れている", kEnough, "十分である"},
      {"十分である", kEnough, "十分である"},
      // Blank is blank, whatever the list says.
      {"[] <選択肢> 1) 特に力を入れている 2) 十分である", kEnough, nullptr},
      {"[　　　] ＜選択肢＞ 2) 十分である", kEnough, nullptr},
      {"<選択肢> 1) 特に力を入れている 2) 十分である", kEnough, nullptr},
      {"", kEnough, nullptr},
      // Brackets that a converter took for boxes.
      {"[ ] 十分である [ ] <選択肢> 1) 特に力を入れている 2) 十分である", kEnough, "十分である"},
      {"[ ] 100人以上500人未満]\n<選択肢> 1) 10人未満 2) 10人以上50人未満 4) 100人以上500人未満",
       kStaff, "100人以上500人未満"},
      // Six boxes, one word twice: which one is the value cannot be told.
      {"[ ] 10人以上50人未満 [ ] 10人以上50人未満 [ ] 50人以上100人未満 [ ] 1,000人以上", kStaff,
       nullptr},
      {"[ ] 委託する [○] 委託しない", kUsed, "委託しない"},
      {"[ ] 委託する [ ] 委託しない (4) 件", kUsed, nullptr},
      {"[○] 委託する [○] 委託しない", kUsed, nullptr},
      {"[５００人以上１，０００人未満]", kStaff, "５００人以上１，０００人未満"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Choice choice = read_choice(row.text, row.options);
    if (row.value == nullptr)
      CHECK_FALSE(choice.value);
    else
      CHECK(choice.value == std::string(row.value));
  }
  CHECK(read_choice("[ 2）十分である ]", kEnough).bracket == "2）十分である");
  // The list may come first; what it lists is still no answer.
  CHECK(read_choice("＜選択肢＞\n1）特に力を入れている\n2）十分である\n[ 十分である ]", kEnough)
            .value == std::string("十分である"));
  CHECK_FALSE(read_choice("＜選択肢＞\n1）特に力を入れている\n2）十分である\n[　]", kEnough).value);
}

TEST_CASE("boxes are read with the words behind them and the text in their brackets") {
  const auto ticked = [](const char* text) {
    std::string all;
    for (const Tick& tick : read_ticks(text, kBy)) {
      if (tick.checked) all += tick.printed + "/";
    }
    return all;
  };
  struct Row {
    const char* text;
    const char* ticked;
  };
  const Row rows[] = {
      {"[○] 紙 [ ] 専用線", "紙/"},
      {"[\n○\n] 紙\n[\n] 専用線", "紙/"},
      {"[○]電子記録媒体(フラッシュメモリを除く。) [○] フラッシュメモリ",
       "電子記録媒体(フラッシュメモリを除く。)/フラッシュメモリ/"},
      {"[○] その他 ( 電子申請(申請管理システム) )", "その他（電子申請(申請管理システム)）/"},
      {"[○] その他 （　）", "その他/"},
      {"[○] その他 （窓口での受付 [ ] 紙", "その他/"},
      {"[○] 電子記録媒体（フラッシュメモリを除く。 [ ] 専用線）",
       "電子記録媒体（フラッシュメモリを除く。）/"},
      {"[ ] 紙 [○] 知らない箱", ""},
      {"紙 専用線", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(ticked(row.text) == row.ticked);
  }
  CHECK(read_ticks("[ ] その他 ([ ] 口座の情報)", kBy)[0].remark == "口座の情報");
}

TEST_CASE("a count stands before 件, and numbers of a list are none") {
  struct Row {
    const char* text;
    int count;
  };
  const Row rows[] = {{"[委託する] <選択肢> 1) 委託する 2) 委託しない (4) 件", 4},
                      {"( ６ ） 件", 6},
                      {"() 2) 件", 2},
                      {"（　　）件", -1},
                      {"[ ] 委託する 1) 委託する 2) 委託しない () 件", -1},
                      {"12件", 12},
                      {"なし", -1}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(read_count(row.text).value_or(-1) == row.count);
  }
}

TEST_CASE("lines that the page broke are joined, lines of a list are not") {
  struct Row {
    const char* text;
    const char* joined;
  };
  const Row rows[] = {
      {"申請書の受付及び審査並びに台帳への\n登録を行い、結果を申請者に通知する\n。",
       "申請書の受付及び審査並びに台帳への登録を行い、結果を申請者に通知する。"},
      {"・申請書の受付及び審査の事務を行う\n・台帳への登録",
       "・申請書の受付及び審査の事務を行う\n・台帳への登録"},
      {"市民課\n各支所", "市民課\n各支所"},
      {"個人番号を利用して情報を照会し、入力する。\n記録を残す。",
       "個人番号を利用して情報を照会し、入力する。\n記録を残す。"},
      {"uses the network of the local\ngovernment and nothing else at all",
       "uses the network of the local government and nothing else at all"},
      {"一行", "一行"},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(join_lines(row.text) == row.joined);
  }
}

TEST_CASE("dashes say none") {
  for (const char* text : {"", " ", "－", "-", "―", "ー", "　－　"}) CHECK(is_blank(text));
  CHECK_FALSE(is_blank("なし"));
}
