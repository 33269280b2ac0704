#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "indexer/boxes_support.h"
#include "indexer/extract.h"
#include "indexer/organisations.h"

using namespace pia;
using pia::boxes::source_of;

namespace {

const char* const kCover =
    "特定個人情報保護評価書（重点項目評価書）\n\n 評価書番号\n\n 評価書名\n\n7\n\n"
    "みどり給付に関する事務　重点項目評価書\n\n 個人のプライバシー等の権利利益の保護の宣言\n\n"
    "あおば市は、みどり給付に関する事務において、個人のプライバシー等の権利利益を保護することを宣言"
    "する。\n\n"
    " 評価実施機関名\n\nあおば市長\n\n 公表日\n\n令和7年2月27日\n\n[令和6年10月　様式3]\n\n\n";

Assessment extract_text(const std::string& pages) {
  return extract_boxes(source_of(kCover + pages));
}

}  // namespace

TEST_CASE("The cover's values are found at their labels, however they are ordered") {
  const Assessment a = extract_text("Ⅰ　基本情報\n");
  CHECK(a.kind == "重点項目");
  CHECK(a.number == "7");
  CHECK(a.title == "みどり給付に関する事務　重点項目評価書");
  CHECK(a.body.printed == "あおば市長");
  CHECK(a.published_on == "2025-02-27");
  CHECK(a.edition == "令和6年10月");
  CHECK(a.form_name == "様式3");
  const Assessment far =
      extract_boxes(source_of("特定個人情報保護評価書（全項目評価書）\n\n 公表日\n\nあおば市長\n\n "
                              "評価書名\n\nあおば市　住民に関する事務　全項目評価書\n\n"
                              " 評価書番号\n\n1\n\n  令和7年2月27日\n\n 評価実施機関名\n"));
  CHECK(far.published_on == "2025-02-27");
  CHECK(far.number == "1");
}

TEST_CASE("Labels in a run and values in a run keep their order") {
  const Assessment a = extract_text(
      "Ⅰ　基本情報\n\n システム1\n\n ①システムの名称\n\n ②システムの機能\n\n システム2\n\n "
      "①システムの名称\n\n"
      " ②システムの機能\n\nみどり給付システム\n\n給付の額を計算し、通知書を出力する機能\n\n宛名管理"
      "システム\n\n"
      "宛名の情報を管理し、ほかの業務へ渡す機能\n");
  REQUIRE(a.systems.size() == 2);
  CHECK(a.systems[0].name == "みどり給付システム");
  CHECK(a.systems[1].name == "宛名管理システム");
}

TEST_CASE(
    "What is told by a heading or a label has its place, measures count to their judgement's") {
  const Assessment a = extract_text(
      "Ⅰ　基本情報\n\n システム1\n\n ①システムの名称 みどり管理システム\n\n\n"
      "Ⅲ　リスク対策\n\n １．特定個人情報ファイル名\n\nみどりファイル\n\n "
      "３．特定個人情報の使用\n\n"
      " リスク１：　目的を超えた紐付け、事務に必要のない情報との紐付けが行われるリスク\n\n"
      " リスクに対する措置の内容\n\n【みどり市における措置】\n画面ごとに権限を分けている。\n\n"
      " リスクへの対策は十分か\n\n[ 十分である ]\n");
  CHECK(a.places.at("/kind").first_line == 1);
  CHECK(a.places.count("/systems/0/no") == 1);
  REQUIRE(a.risks.size() == 1);
  CHECK(a.risks[0].measures == "【みどり市における措置】\n画面ごとに権限を分けている。");
  const Place& where = a.risks[0].where;
  const auto holds = [&](int line) {
    return (where.first_line <= line && line <= where.last_line) ||
           std::any_of(where.more.begin(), where.more.end(),
                       [&](const auto& r) { return r.first <= line && line <= r.second; });
  };
  const std::string text = std::string(kCover) +
                           "Ⅰ　基本情報\n\n システム1\n\n ①システムの名称 みどり管理システム\n\n\n";
  const auto before = static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  CHECK(holds(before + 13));  // 【みどり市における措置】
  CHECK(holds(before + 14));
  CHECK(holds(before + 18));  // [ 十分である ]
}

TEST_CASE("委託事項 and its number in cells of their own are one heading") {
  std::string text =
      "Ⅱ　特定個人情報ファイルの概要\n\n １．特定個人情報ファイル名\n\nみどりファイル\n\n"
      " ４．特定個人情報ファイルの取扱いの委託\n\n";
  const char* const names[] = {"株式会社こもれび", "株式会社ゆうぐも"};
  for (int no = 1; no <= 2; ++no) {
    text += "委託事項\n\n" + std::to_string(no) +
            "\n\n入力業務\n\n ①委託内容\n\n申請書の入力\n\n"
            " ③委託先名\n\n" +
            names[no - 1] + "\n\n";
  }
  const Assessment a = extract_text(text);
  REQUIRE(a.files.size() == 1);
  REQUIRE(a.files[0].contracts.rows.size() == 2);
  for (int i = 0; i < 2; ++i) {
    const Contract& row = a.files[0].contracts.rows[static_cast<std::size_t>(i)];
    CHECK(row.no == i + 1);
    CHECK(row.title == "入力業務");
    REQUIRE(row.contractors.size() == 1);
    CHECK(row.contractors[0].printed == names[i]);
  }
}

TEST_CASE("The threshold's result has no label in 様式2") {
  const std::string basic =
      "特定個人情報保護評価書（基礎項目評価書）\n\n "
      "評価書名\n\nみどり給付に関する事務　基礎項目評価書\n\n\n"
      "Ⅲ　しきい値判断結果\n\n";
  const std::string one = "基礎項目評価の実施が義務付けられる\n\n";
  const std::string two = "基礎項目評価及び全項目評価の実施が義務付けられる\n\n";
  CHECK(extract_boxes(source_of(basic + one)).procedure.threshold_result ==
        "基礎項目評価の実施が義務付けられる");
  CHECK_FALSE(extract_boxes(source_of(basic + one + two)).procedure.threshold_result);
}

TEST_CASE("A long cell is taken to its end") {
  std::string functions;
  for (int i = 1; i < 20; ++i) functions += "（" + std::to_string(i) + "）みどりを管理する機能\n";
  const Assessment a = extract_text(
      "Ⅰ　基本情報\n\n システム1\n\n ①システムの名称 みどり管理システム\n\n ②システムの機能\n\n" +
      functions + "\n ③他のシステムとの接続\n");
  REQUIRE(a.systems.size() == 1);
  REQUIRE(a.systems[0].functions);
  CHECK(a.systems[0].functions->find("（19）") != std::string::npos);
}

TEST_CASE("The way of erasure keeps its last sentence, the remark behind it stays blank") {
  const Assessment a = extract_boxes(source_of(
      "特定個人情報保護評価書（全項目評価書）\n\n\n"
      "Ⅱ　特定個人情報ファイルの概要\n\n １．特定個人情報ファイル名\n\nみどりファイル\n\n\n"
      " ６．特定個人情報の保管・消去\n\n ①保管場所　※\n\n施錠した部屋のサーバに保管する。\n\n"
      "あおば市文書規程に定める年数の間、保管する。\n\n その妥当性\n\n"
      "期間を過ぎた記録は、年に一度、担当課が消去する。\n紙の書類は、職員が立ち会って溶解する。\n\n"
      " ③消去方法\n\n ７．備考\n"));
  REQUIRE(a.files.size() == 1);
  CHECK(a.files[0].erasure ==
        "期間を過ぎた記録は、年に一度、担当課が消去する。紙の書類は、職員が立ち会って溶解する。");
}

TEST_CASE("Contracts: each answer on its row, the list of choices never") {
  const Assessment a = extract_text(
      "Ⅱ　特定個人情報ファイルの概要\n\n １．特定個人情報ファイル名\n\nみどり給付ファイル\n\n\n"
      " ４．特定個人情報ファイルの取扱いの委託\n\n 委託の有無　※\n\n[ 委託する "
      "]\n\n＜選択肢＞\n1） 委託する 2） 委託しない\n\n（ 2 ）　件\n\n"
      " 委託事項1 みどり給付システム保守業務\n\n ①委託内容 システムの保守\n\n "
      "②委託先における取扱者数 [ 10人未満 ]\n\n"
      "＜選択肢＞\n1） 10人未満 2） 10人以上50人未満\n\n ③委託先名 株式会社こもれび計算\n\n "
      "④再委託の有無　※ [ 再委託する ]\n\n"
      " ⑤再委託の許諾方法 書面により承諾する。\n\n ⑥再委託事項 保守の一部\n\n"
      " 委託事項2 通知書印刷業務\n\n ①委託内容 通知書の印刷\n\n ②委託先における取扱者数 [ "
      "10人以上50人未満 ]\n\n"
      " ③委託先名 未定\n\n ④再委託の有無　※ [ 再委託しない ]\n\n ⑤再委託の許諾方法\n\n "
      "⑥再委託事項\n\n 委託事項6～10\n");
  REQUIRE(a.files.size() == 1);
  const Contracts& c = a.files[0].contracts;
  CHECK(c.used == true);
  CHECK(c.count == 2);
  REQUIRE(c.rows.size() == 2);
  CHECK(c.rows[0].title == "みどり給付システム保守業務");
  CHECK(c.rows[0].staff == "10人未満");
  REQUIRE(c.rows[0].contractors.size() == 1);
  CHECK(c.rows[0].contractors[0].printed == "株式会社こもれび計算");
  CHECK(c.rows[0].subcontract.used == true);
  CHECK(c.rows[1].staff == "10人以上50人未満");
  CHECK(c.rows[1].contractors.empty());
  CHECK(c.rows[1].subcontract.used == false);
  CHECK(c.rows[1].subcontract.approval == std::nullopt);
}

TEST_CASE("The change history tells which of two texts is whose") {
  const std::string page =
      "Ⅱ　特定個人情報ファイルの概要\n\n １．特定個人情報ファイル名\n\nみどり給付ファイル\n\n\n"
      " 委託事項1\n\n ①委託内容\n\n ③委託先名\n\n 委託事項2\n\n ①委託内容\n\n "
      "③委託先名\n\n株式会社こもれび計算\n\n株式会社ゆうぐも\n\n\n";
  const std::string history =
      "（別添２）変更箇所\n\n変更日\n\n項目\n\n変更前の記載\n\n変更後の記載\n\n提出時期\n\n令和7年1"
      "月6日\n\n"
      "Ⅱ　特定個人情報ファイルの概要（４．委託　委託事項１③委託先名）\n\n株式会社あさぎり\n\n株式会"
      "社ゆうぐも\n\n事後\n\n令和7年1月6日\n\n"
      "Ⅱ　特定個人情報ファイルの概要（４．委託　委託事項２③委託先名）\n\n株式会社あさぎり\n\n株式会"
      "社こもれび計算\n\n事後\n";
  const Assessment a = extract_text(page + history);
  REQUIRE(a.files.size() == 1);
  for (const Contract& row : a.files[0].contracts.rows) {
    REQUIRE(row.contractors.size() == 1);
    CHECK(row.contractors[0].printed ==
          (row.no == 1 ? "株式会社ゆうぐも" : "株式会社こもれび計算"));
  }
}

TEST_CASE("Ticks: whole, torn, and pulled to the line before") {
  struct Row {
    const char* text;
    Texts connections;
  };
  const std::string head =
      "Ⅰ　基本情報\n\n システム1\n\n ①システムの名称 みどり給付システム\n\n "
      "③他のシステムとの接続\n\n";
  const Row rows[] = {
      {"[ ] 情報提供ネットワークシステム [ ○ ] 庁内連携システム\n\n[ ○ ] その他 （ 宛名台帳 ）\n",
       {"庁内連携システム", "その他（宛名台帳）"}},
      {"[ ] 情報提供ネットワークシステム [ ○\n\n[ ] 宛名システム等 [\n\n] 庁内連携システム\n\n] "
       "税務システム\n",
       {"庁内連携システム"}},
      {"[ ○\n\n[\n\n[ ○\n\n] 情報提供ネットワークシステム\n\n] 庁内連携システム\n\n] "
       "宛名システム等\n",
       {"情報提供ネットワークシステム", "宛名システム等"}},
      {"[ ○ ] その他\n\n（\n\n宛名台帳\n\n）\n", {"その他（宛名台帳）"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Assessment a = extract_text(head + row.text);
    REQUIRE(a.systems.size() == 1);
    Texts got = a.systems[0].connections;
    CHECK(std::set<std::string>(got.begin(), got.end()) ==
          std::set<std::string>(row.connections.begin(), row.connections.end()));
  }
}

TEST_CASE("A blank judgement stays blank") {
  const Assessment a = extract_text(
      "Ⅲ　リスク対策　※（７．②を除く。）\n\n １．特定個人情報ファイル名\n\nみどり給付ファイル\n\n"
      " ６．情報提供ネットワークシステムとの接続\n\n[ ] 接続しない（入手） [ ○ ] "
      "接続しない（提供）\n\n リスク１：　目的外の入手が行われるリスク\n\n"
      " リスクへの対策は十分か\n\n リスク２：　不正な提供が行われるリスク\n\n "
      "リスクへの対策は十分か\n\n十分である\n\n"
      "＜選択肢＞\n1） 特に力を入れている 2） 十分である\n3） 課題が残されている\n");
  REQUIRE(a.risks.size() == 2);
  CHECK(a.risks[0].section == "Ⅲ-6 リスク1");
  CHECK(a.risks[0].judgement == "十分である");
  CHECK(a.risks[1].judgement == std::nullopt);
}

TEST_CASE("Every character is in exactly one passage") {
  const Source source =
      source_of(std::string(kCover) +
                "Ⅰ　基本情報\n\n ①事務の名称 みどり給付に関する事務\n\n ③対象人数 [ 30万人以上 "
                "]\n＜選択肢＞\n5) "
                "30万人以上\n\n1\n\n\n（別添２）変更箇所\n\n変更前の記載\n\n変更後の記載\n\n令和5年"
                "3月27日\n\nⅠ　部署\n\nみどり課\n\nあおば課\n\n事後\n\n\n"
                "別紙（重大事故について）\n\n事案１ 紛失\n");
  std::string all, passages;
  for (const SourceLine& line : source.lines) all += line.text;
  for (const Passage& passage : extract_boxes(source).passages) passages += passage.text;
  const auto sorted = [](const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == ' ' || text[i] == '\n') continue;
      if (text.compare(i, 3, "　") == 0) {
        i += 2;
        continue;
      }
      out.push_back(text[i]);
    }
    std::sort(out.begin(), out.end());
    return out;
  };
  CHECK(sorted(all) == sorted(passages));
}

TEST_CASE("The change table's cells are not glued, its page number is a passage once") {
  const Source source = source_of(
      "表紙\n\n基礎項目評価書\n\n1\n\n\nⅠ 関連情報\n\n①事務の名称\n\n2\n\n\n"
      "変更箇所\n\n変更日\n\n項目\n\n変更前の記載\n\n変更後の記載\n\n提出時期\n\n3\n");
  int numbers = 0;
  for (const Passage& passage : extract_boxes(source).passages) {
    CHECK(passage.text.find("変更日項目") == std::string::npos);
    if (passage.text.find('3') != std::string::npos) {
      ++numbers;
      CHECK(passage.item == "ページ番号");
    }
  }
  CHECK(numbers == 1);
}

TEST_CASE("A timing behind a name in the change table makes no company") {
  Assessment a = extract_text(
      "（別添２）変更箇所\n\n変更日 項目 変更前の記載 変更後の記載 提出時期 提出時期に係る説明\n\n"
      "令和7年7月31日\n\nⅡファイルの概要（委託事項１③委託先名）\n\n"
      "あおば電算　株式会社　みどり支社 あおば電算　株式会社 事後\n重要な変更に該当しない\n");
  find_organisations(a);
  for (const Organisation& organisation : a.organisations) {
    CAPTURE(organisation.name);
    CHECK(organisation.name == "あおば電算株式会社");
  }
}

TEST_CASE("A date and the department below it in one box are two cells") {
  const Assessment a = extract_text(
      "Ⅱ　特定個人情報ファイルの概要\n\n １．特定個人情報ファイル名\n\nみどりファイル\n\n"
      "[ ] 災害関係情報\n\n全ての記録\n項目\n\n別添２を参照。\n\n"
      "⑤保有開始日\n⑥事務担当部署\n "
      "３．特定個人情報の入手・使用\n\n平成28年8月21日\n税務部市民税課\n\n"
      "①入手元　※\n\n②入手方法\n\n○ ] 評価実施機関内の他部署\n\n生活支援課、納税課\n");
  REQUIRE(a.files.size() == 1);
  CHECK(a.files[0].held_since == "平成28年8月21日");
  CHECK(a.files[0].department == "税務部市民税課");
}

TEST_CASE("A history row about one paragraph does not stand for the whole cell") {
  const std::string first =
      "あおば市は、みどり給付の支給に関する事務を行い、申請の受付、審査、決定及び通知をする。";
  const std::string second =
      "なお、通知の送付に係る事務については、その一部を委任することが認められている。";
  const Assessment a = extract_text(
      "Ⅰ　基本情報\n\n １．特定個人情報ファイルを取り扱う事務\n\n ①事務の名称 みどり給付事務\n\n"
      " ②事務の内容　※\n\n" +
      first + "\n\n　" + second +
      "\n\n ③対象人数 [ 30万人以上\n\n\n（別添２）変更箇所\n\n"
      "変更日 項目 変更前の記載 変更後の記載 提出時期 提出時期に係る説明\n\n令和5年3月27日\n\n"
      "Ⅰ基本情報 １．②事務の内容\n\n（新規）\n\n" +
      second + "\n\n事後\n");
  REQUIRE(a.process.summary);
  CHECK(a.process.summary->find("受付、審査") != std::string::npos);
  CHECK(a.process.summary->find("委任する") != std::string::npos);
}

TEST_CASE("The real documents of layout 1 keep what a person reads in them") {
  const std::filesystem::path seeds = std::filesystem::path(PIA_SHARED_DIR) / "seeds";
  if (!std::filesystem::exists(seeds)) {
    WARN("skipped: no folder of real documents beside the project");
    return;
  }
  struct Row {
    const char* begins;
    const char* kind;
    bool incident;
    std::size_t contracts, revisions;
  };
  for (const Row& row : {Row{"000", "重点項目", true, 3, 80}, Row{"003", "全項目", false, 6, 0},
                         Row{"004", "重点項目", true, 2, 7}}) {
    for (const auto& entry : std::filesystem::directory_iterator(seeds)) {
      if (entry.path().filename().string().rfind(row.begins, 0) != 0) continue;
      CAPTURE(entry.path());
      std::ifstream file(entry.path());
      std::stringstream bytes;
      bytes << file.rdbuf();
      const auto source = read_text_source(bytes.str(), entry.path().string());
      REQUIRE(source);
      const Assessment a = extract_boxes(*source);
      CHECK(a.kind == row.kind);
      CHECK(a.incidents.occurred == row.incident);
      REQUIRE(!a.files.empty());
      CHECK(a.files[0].contracts.rows.size() == row.contracts);
      if (row.revisions > 0) CHECK(a.revisions.size() == row.revisions);
    }
  }
}
