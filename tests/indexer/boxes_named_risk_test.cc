// Texts of the risk chapters that name a risk, and risks that the form closes.

#include "indexer/boxes_named_risk.h"

#include <catch2/catch.hpp>
#include <string>

#include "indexer/boxes_support.h"
#include "indexer/extract.h"

using namespace pia;
using namespace pia::boxes;

namespace {

const std::string kCover =
    "特定個人情報保護評価書（重点項目評価書）\n\n あおば市は、みどり給付\n\n\nⅢ　リスク対策\n\n"
    " １．特定個人情報ファイル名\n\nみどりファイル\n\n";

const Risk* risk_of(const Assessment& a, std::string_view section) {
  for (const Risk& risk : a.risks) {
    if (risk.section == section) return &risk;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("A text is headed by a risk of the form, by another one, or by none") {
  const Lexicon& lexicon = Lexicon::of(Kind::Priority);
  CHECK(named_risk(U"<不適切な方法で入手が行われるリスクに対する措置>・窓口で受ける。", lexicon) ==
        NamedRisk::Other);
  CHECK(named_risk(U"【窓口で申請する場合の措置】従業者が事務外で使用するリスク・記録を残す。",
                   lexicon) == NamedRisk::Other);
  CHECK(named_risk(U"目的外の入手が行われるリスクへの措置・窓口で受ける。", lexicon) ==
        NamedRisk::Printed);
  CHECK(named_risk(U"・窓口で受ける。漏えいのリスクを減らす。", lexicon) == NamedRisk::None);
  CHECK(named_risk(U"不適切な方法で入手が行われるリスクへの措置・窓口で受ける。",
                   Lexicon::of(Kind::Full)) == NamedRisk::Printed);
}

TEST_CASE("Risks that the form does not print belong to その他のリスク") {
  const std::string
      own = "みどり申請書は窓口で一通ずつ確かめ、要らない欄は受け取らないことにしている。",
      other =
          "＜不適切な方法で入手が行われるリスクに対する措置＞\n"
          "・申請書は施錠した箱で運び、数を二人で数える。";
  const Assessment a = extract_boxes(
      source_of(kCover +
                " ２．特定個人情報の入手\n\n リスク：　目的外の入手が行われるリスク\n\n"
                " リスクへの対策は十分か\n\n[ 十分である\n\n]\n\n＜選択肢＞\n\n" +
                own + "\n\n リスクに対する措置の内容\n\n" + other +
                "\n\n"
                " 特定個人情報の入手（情報提供ネットワークシステムを通じた入手を除く。）における"
                "その他のリスク及びそのリスクに対する措置\n\n"));
  const Risk* risk = risk_of(a, "Ⅲ-2 リスク");
  REQUIRE(risk != nullptr);
  CHECK(risk->measures == own);
}

TEST_CASE("A risk whose box says 接続しない has no measures") {
  const Assessment a = extract_boxes(source_of(
      kCover +
      " リスク１：　目的外の入手が行われるリスク\n\n リスクに対する措置の内容\n\n"
      "みどり端末では、照会の前に上長の承認を得ることにしている。\n\n"
      "こだま端末では、照会の記録を月ごとに点検することにしている。\n\n"
      " リスクへの対策は十分か\n\n リスクへの対策は十分か\n\n"
      " ６．情報提供ネットワークシステムとの接続 [ ○ ] 接続しない（提供）[ ] 接続しない（入手）\n\n"
      " リスク２： 不正な提供が行われるリスク\n\n[ 十分である\n\n]\n\n＜選択肢＞\n\n"
      " リスクに対する措置の内容\n\n"));
  const Risk* open = risk_of(a, "Ⅲ-6 リスク1");
  const Risk* closed = risk_of(a, "Ⅲ-6 リスク2");
  REQUIRE(open != nullptr);
  REQUIRE(closed != nullptr);
  CHECK(open->measures);
  CHECK_FALSE(closed->measures);
  CHECK_FALSE(closed->judgement);
}
