// ○ of ③他のシステムとの接続 that stand alone: the system on the other side tells whose they are.

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "indexer/boxes_support.h"
#include "indexer/extract.h"

using namespace pia;
using pia::boxes::source_of;

namespace {

// `other`: what システム2, named like the box 庁内連携システム, says of 宛名システム等.
Assessment extract_pages(const std::string& other, const std::string& name) {
  return extract_boxes(source_of(
      "特定個人情報保護評価書（重点項目評価書）\n\n あおば市は、みどり給付に関する事務\n\n\n"
      "Ⅰ　基本情報\n\n○\n\n システム1\n\n ①システムの名称 " +
      name +
      "\n\n ②システムの機能\n\n番号を控える機能\n\n ③他のシステムとの接続\n\n"
      "[ ] 情報提供ネットワークシステム [\n\n[ ] 宛名システム等 [\n\n] 庁内連携システム\n\n"
      "] 税務システム\n\n\n システム2\n\n ①システムの名称 あおば庁内連携システム\n\n"
      " ②システムの機能\n\n写しを渡す機能\n\n ③他のシステムとの接続\n\n" +
      other + " 宛名システム等 [\n\n] 税務システム\n\n"));
}

bool warns_of_loose(const Assessment& a) {
  return std::any_of(a.warnings.begin(), a.warnings.end(), [](const std::string& w) {
    return w.find("どの箱のものか判別できない○があります") != std::string::npos;
  });
}

}  // namespace

TEST_CASE("A lone ○ is the box of the system that is connected to this one") {
  const Assessment a = extract_pages("[ ○ ]", "みどり宛名システム");
  REQUIRE(a.systems.size() == 2);
  CHECK(a.systems[0].connections == Texts{"庁内連携システム"});
  CHECK(a.systems[1].connections == Texts{"宛名システム等"});
  CHECK_FALSE(warns_of_loose(a));
}

TEST_CASE("A lone ○ that no other system explains is left out and named") {
  for (const Assessment& a :
       {extract_pages("[ ]", "みどり宛名システム"), extract_pages("[ ○ ]", "みどり給付システム")}) {
    REQUIRE(a.systems.size() == 2);
    CHECK(a.systems[0].connections.empty());
    CHECK(warns_of_loose(a));
  }
}
