#include "dicts/reading.h"

#include <catch2/catch.hpp>

namespace {

const pia::Tokenizer& tokenizer() {
  static const pia::Tokenizer instance = [] {
    auto opened = pia::Tokenizer::open();
    if (!opened) throw std::runtime_error(opened.error().reason);
    return std::move(opened).value();
  }();
  return instance;
}

}  // namespace

TEST_CASE("names are read") {
  struct Row {
    const char* name;
    const char* kana;
  };
  const Row rows[] = {
      {"川口市", "かわぐちし"},
      {"青森県", "あおもりけん"},
      {"株式会社ミドリデータ", "みどりでーた"},
      {"ﾐﾄﾞﾘ㈱", "みどり"},
      {"住民基本台帳", "じゅうみんきほんだいちょう"},
      {"団体内統合宛名システム", "だんたいないとうごうあてなしすてむ"},
      {"株式会社ＴＫ", "てぃーけー"},
      {"みどりJapan株式会社", "みどりjapan"},
      {"障がい者福祉", "しょうがいしゃふくし"},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(pia::reading_of(tokenizer(), row.name) == row.kana);
  }
}

TEST_CASE("all ways of writing a reading have one key") {
  struct Row {
    const char* a;
    const char* b;
  };
  const Row rows[] = {
      {"じゅうみん", "juumin"},
      {"じゅうみん", "jumin"},
      {"じゅうみん", "zyuumin"},
      {"じゅうみん", "jūmin"},
      {"シャ", "sha"},
      {"しゃ", "sya"},
      {"ちば", "chiba"},
      {"つくば", "tsukuba"},
      {"ふじ", "fuji"},
      {"ふじ", "huzi"},
      {"しんばし", "shimbashi"},
      {"とうきょう", "tokyo"},
      {"とうきょう", "toukyou"},
      {"おおさか", "osaka"},
      {"サーバー", "saba"},
      {"いっち", "icchi"},
      {"いっち", "itchi"},
      {"いっち", "itti"},
      {"にっぽん", "nippon"},
      {"ファイル", "fairu"},
      {"ヴェ", "ve"},
      {"づ", "du"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.a, row.b);
    CHECK(pia::reading_key(row.a) == pia::reading_key(row.b));
  }
}

TEST_CASE("what is being typed begins a reading at every key stroke") {
  const auto prefixes = [](const char* reading, const std::string& typed) {
    for (std::size_t size = 0; size <= typed.size(); ++size) {
      CAPTURE(reading, typed.substr(0, size));
      CHECK(pia::matches_prefix(reading, typed.substr(0, size)));
    }
  };
  prefixes("かわさきし", "kawasakishi");
  prefixes("かわさきし", "kawasakisi");
  prefixes("じゅうみんきほんだいちょう", "juuminkihondaichou");
  prefixes("じゅうみんきほんだいちょう", "juminkihondaicho");
  prefixes("じどうてあて", "jidouteate");
  prefixes("ちほうぜい", "chihouzei");
  prefixes("つし", "tsushi");
  prefixes("ふっつし", "futtsushi");
  prefixes("にっぽんでんき", "nippondenki");
  CHECK(pia::matches_prefix("かわさきし", "かわさ"));
  CHECK(pia::matches_prefix("かわさきし", "かわs"));
  CHECK(pia::matches_prefix("あでこ", "アデ"));
  CHECK(pia::matches_prefix("じゅうみん", "じゅm"));
  CHECK_FALSE(pia::matches_prefix("かわさきし", "かわい"));
  CHECK_FALSE(pia::matches_prefix("かわさきし", "sakawa"));
}
