#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "indexer/assessment.h"
#include "indexer/extract.h"

using namespace pia;
using Json = nlohmann::ordered_json;

namespace {

// The least that is an assessment, with a place for more rows of chapter Ⅱ and behind.
std::string document(const std::string& more) {
  return "特定個人情報保護評価書(重点項目評価書)\n評価書番号\t評価書名\n12\tつつじ手当支給事務 "
         "重点項目評価書\n"
         "個人のプライバシー等の権利利益の保護の宣言\n川口市は、つつじ手当支給事務について宣言する"
         "。\n特記事項\n"
         "評価実施機関名\n川口市長\n公表日\n令和7年2月6日\n[令和6年10月 様式3]\n項目一覧\nⅠ "
         "基本情報\nⅡ 特定個人情報ファイルの概要\n"
         "Ⅲ リスク対策\nⅠ 基本情報\n1. "
         "特定個人情報ファイルを取り扱う事務\t\n①事務の名称\tつつじ手当支給事務\n"
         "③対象人数\t[1万人以上10万人未満] <選択肢> 1) 1,000人未満\n3. "
         "特定個人情報ファイル名\t\nつつじ手当ファイル\n"
         "4. 個人番号の利用 ※\t\n法令上の根拠\t番号法第9条第1項 別表の81の項 "
         "番号法別表の主務省令で定める事務を定める命令第44条\n"
         "Ⅱ 特定個人情報ファイルの概要\n1. 特定個人情報ファイル名\t\nつつじ手当ファイル\n" +
         more;
}

Json extracted(const std::string& text) {
  const auto source = read_text_source(text, "a.txt");
  REQUIRE(source);
  REQUIRE(source->layout == SourceLayout::Cells);
  const auto assessment = extract(*source);
  REQUIRE(assessment);
  return to_json(*assessment);
}

bool warns(const Json& json, const std::string& words) {
  for (const auto& warning : json["warnings"]) {
    if (warning.get<std::string>().find(words) != std::string::npos) return true;
  }
  return false;
}

const std::string kHeads =
    "(別添2) 変更箇所\n変更日\t項目\t変更前の記載\t変更後の記載\t提出時期\t提出時期に係る説明\n";

}  // namespace

TEST_CASE("the cover and Ⅰ are read, with the line of each value") {
  const Json a = extracted(document(""));
  CHECK(a["kind"] == "重点項目");
  CHECK(a["form"] == Json({{"edition", "令和6年10月"}, {"name", "様式3"}}));
  CHECK(a["number"] == "12");
  CHECK(a["title"] == "つつじ手当支給事務 重点項目評価書");
  CHECK(a["remarks"].is_null());
  CHECK(a["published_on"] == "2025-02-06");
  CHECK(a["places"]["/published_on"]["lines"] == Json({10, 11}));
  CHECK(a["body"]["municipality"] == "川口市");
  CHECK(a["body"]["prefecture"] == "埼玉県");
  CHECK(a["process"]["people"] == "1万人以上10万人未満");
  CHECK(a["process"]["legal_basis"].size() == 2);
  CHECK(a["files"][0]["name"] == "つつじ手当ファイル");
  CHECK(a["id"] == "112038-12-3-2025-02-06");
  CHECK(a["series"] == "112038-12-3");
  CHECK(warns(a, "Ⅲ リスク対策"));  // names what is missing
}

TEST_CASE("a row of 委託事項 holds what its frame prints; empty frames are no rows") {
  const Json a = extracted(document(
      "4. 特定個人情報ファイルの取扱いの委託\t\n委託の有無 ※\t[ ] 委託する [ ] 委託しない (2) 件\n"
      "委託事項1\tシステム保守業務\n①委託内容\t保守\n②委託先における取扱者数\t[10人未満] <選択肢> "
      "1) 10人未満 2) 10人以上50人未満\n"
      "③委託先名\tみどり情報　㈱　関東支店、もえぎ印刷株式会社\n再委託\t④再委託の有無 "
      "※\t[再委託しない] <選択肢> 1) 再委託する 2) 再委託しない\n"
      "\t⑤再委託の許諾方法\t\n委託事項2～5\t\n委託事項2\t封入業務\n③委託先名\t未定\n\t④再委託の有無"
      " ※\t[] <選択肢> 1) 再委託する\n"
      "委託事項3\t\n①委託内容\t\n③委託先名\t\n委託事項6～10\t\n"));
  const Json& contracts = a["files"][0]["contracts"];
  CHECK(contracts["used"] == true);  // no box is ticked, but a count is written
  CHECK(warns(a, "委託する"));
  CHECK(contracts["count"] == 2);
  REQUIRE(contracts["rows"].size() == 2);
  const Json& first = contracts["rows"][0];
  CHECK(first["title"] == "システム保守業務");
  CHECK(first["staff"] == "10人未満");
  REQUIRE(first["contractors"].size() == 2);
  CHECK(first["contractors"][0]["name"] == "みどり情報株式会社");
  CHECK(first["contractors"][0]["branch"] == "関東支店");
  CHECK(first["contractors"][1]["name"] == "もえぎ印刷株式会社");
  CHECK(first["subcontract"]["used"] == false);
  CHECK(contracts["rows"][1]["contractors"].empty());
  CHECK(contracts["rows"][1]["subcontract"]["used"].is_null());
}

TEST_CASE(
    "a frame whose heading is on a missing page is numbered by what follows it, or not at all") {
  const std::string loose =
      "4. 特定個人情報ファイルの取扱いの委託\t\n委託の有無 ※\t[委託する] (5) 件\n\n"
      "③委託先名\tみどり情報株式会社\n\t⑥再委託事項\t保守\n";
  const Json known =
      extracted(document(loose + "委託事項4\t封入業務\n③委託先名\tもえぎ印刷株式会社\n"));
  REQUIRE(known["files"][0]["contracts"]["rows"].size() == 2);
  CHECK(known["files"][0]["contracts"]["rows"][0]["no"] == 3);
  CHECK(warns(known, "5件とありますが、本文にある委託事項は2件"));
  const Json unknown = extracted(document(loose + "委託事項6～10\t\n"));
  REQUIRE(unknown["files"][0]["contracts"]["rows"].size() == 1);
  CHECK(unknown["files"][0]["contracts"]["rows"][0]["no"].is_null());
  CHECK(warns(unknown, "番号が分かりません"));
}

TEST_CASE("boxes and their words in cells of their own are each read") {
  const Json a =
      extracted(document("3. 特定個人情報の入手・使用\t\n②入手方法\t[○]\t電子メール\t[○]"
                         "\t紙\t[ ]\t専用線\t[○]\t庁内連携システム\n"));
  CHECK(a["files"][0]["means"] == Json({"電子メール", "紙", "庁内連携システム"}));
}

TEST_CASE("lost ticks are taken from what the text proves, and said") {
  const Json a =
      extracted(document("2. 基本情報\t\n主な記録項目 ※\t[<input type=\"checkbox\"/>] 個人番号 "
                         "[<input type=\"checkbox\"/>] 個人番号対応符号 "
                         "[<input type=\"checkbox\"/>] 地方税関係情報 [<input type=\"checkbox\"/>] "
                         "年金関係情報 [<input type=\"checkbox\"/>] その他 (口座)\n"
                         "\tその妥当性\t・個人番号 対象者を特定するため ・地方税関係情報 "
                         "所得を判定するため\n3. 特定個人情報の入手・使用\t\n"
                         "①入手元 ※\t[] 本人又は本人の代理人 [] 行政機関・独立行政法人等 "
                         "(年金機構) [] その他 ()\n②入手方法\t[] 紙 [] 専用線 [] その他 ()\n"));
  CHECK(a["files"][0]["items"] == Json({"個人番号", "地方税関係情報", "その他（口座）"}));
  CHECK(a["files"][0]["sources"] == Json({"行政機関・独立行政法人等（年金機構）"}));
  CHECK(a["files"][0]["means"].empty());
  CHECK(warns(a, "その妥当性"));
}

TEST_CASE("lost ticks of 監査 are taken from the last row of 変更箇所 that names them") {
  const std::string body =
      "Ⅲ リスク対策\t\n8. 監査\t\n実施の有無\t[<input type=\"checkbox\"/>] 自己点検\t"
      "[<input type=\"checkbox\"/>] 内部監査\t[<input type=\"checkbox\"/>] 外部監査\n";
  const std::string item = "\tⅢ リスク対策 8. 監査 実施の有無\t";
  const std::string rows = "令和3年4月1日" + item +
                           "自己点検、外部監査\t自己点検　内部監査\t事後\t\n" +
                           "令和2年4月1日" + item + "自己点検\t自己点検、外部監査\t事後\t\n" +
                           "令和4年4月1日\tⅡ-5 実施の有無\t自己点検\t外部監査\t事後\t\n";
  const Json a = extracted(document(body + kHeads + rows));
  CHECK(a["audit"]["done"] == Json({"自己点検", "内部監査"}));
  CHECK(warns(a, "監査: 箱の印が失われている"));
  // A text that says more than which boxes are ticked is not taken for them, nor is anything taken
  // where the body still has its ticks.
  const Json prose = extracted(document(body + kHeads + "令和3年4月1日" + item +
                                        "自己点検\t自己点検を年に一度行う。\t事後\t\n"));
  CHECK(prose["audit"]["done"].empty());
  const Json ticked = extracted(
      document("Ⅲ リスク対策\t\n8. 監査\t\n実施の有無\t[○] 自己点検\t[ ] 内部監査\t[ ] 外部監査\n" +
               kHeads + rows));
  CHECK(ticked["audit"]["done"] == Json({"自己点検"}));
}

TEST_CASE("risks have a row for every bracketed choice, and a blank stays blank") {
  const Json a = extracted(document(
      "Ⅲ リスク対策 ※(7. ②を除く。)\n1. 特定個人情報ファイル名\t\nつつじ手当ファイル\n3. "
      "特定個人情報の使用\t\n"
      "リスク２： "
      "権限のない者(元職員、アクセス権限のない職員等)"
      "によって不正に使用されるリスク\t\nユーザ認証の管理\t[行っている] <選択肢> 1) 行っている\n"
      "具体的な管理方法\t共用を禁ずる。\nその他の措置の内容\t記録を残す。\nリスクへの対策は十分か\t"
      "[] <選択肢> 1) 特に力を入れている 2) 十分である\n"
      "7. 特定個人情報の保管・消去\t\nリスク： "
      "特定個人情報の漏えい・滅失・毀損リスク\t\n①事故発生時手順の策定・周知\t[十分に行っている]\n"
      "②過去3年以内に、評価実施機関において、個人情報に関する重大事故が発生したか\t[発生あり] "
      "<選択肢> 1) 発生あり 2) 発生なし\n"
      "その内容\t書類の紛失\n再発防止策の内容\t施錠\n9. "
      "従業者に対する教育・啓発\t\n従業者に対する教育・啓発\t[十分に行っている]\n"));
  std::string rows;
  for (const Json& r : a["risks"]) {
    rows += r["section"].get<std::string>() + " " + r["item"].get<std::string>() + "=" +
            (r["judgement"].is_null() ? "-" : r["judgement"].get<std::string>()) + "\n";
  }
  CHECK(rows ==
        "Ⅲ-3 リスク2 ユーザ認証の管理=行っている\nⅢ-3 リスク2 リスクへの対策は十分か=-\n"
        "Ⅲ-7 リスク ①事故発生時手順の策定・周知=十分に行っている\nⅢ-9 "
        "従業者に対する教育・啓発=十分に行っている\n");
  CHECK(a["risks"][0]["measures"] == "共用を禁ずる。");
  CHECK(a["risks"][1]["measures"] == "記録を残す。");
  CHECK(a["incidents"]["occurred"] == true);
  CHECK(a["incidents"]["question"] == Json({{"years", 3}, {"scope", "個人情報"}}));
  CHECK(a["incidents"]["rows"][0]["summary"] == "書類の紛失");
}

TEST_CASE("rows of 変更箇所 go on over page breaks; dates inside cells begin no row") {
  const Json a = extracted(document(
      kHeads +
      "令和5年4月1日\tⅡ-4 委託事項1 ③委託先名\tみどり情報株式会社\tもえぎ印刷株式会社\t事後\t\n"
      "令和5年4月1日\tⅤ 評価実施手続 ①実施日\t令和2年3月1日\t令和5年3月1日\t事前\t形式的な変更\n"
      "\t\t\t続きの文。\t\t\n変更日\t項目\t変更前の記載\t変更後の記載\t提出時期\t提出時期に係る説明"
      "\n"
      "令和6年2月1日\tⅢ "
      "リスク対策\t\t(追加)\t事前\t\n令和6年2月1日\t前記継続\t\tさらに追加\t事前\t\n"));
  REQUIRE(a["revisions"].size() == 3);
  CHECK(a["revisions"][0]["date"] == "2023-04-01");
  CHECK(a["revisions"][0]["note"].is_null());
  CHECK(a["revisions"][1]["after"] == "令和5年3月1日\n続きの文。");
  CHECK(a["revisions"][2]["before"].is_null());
  CHECK(a["revisions"][2]["after"] == "(追加)\nさらに追加");
  CHECK(a["revisions"][2]["timing"] == "事前");
}

TEST_CASE("a date that its column was too narrow for, or a ditto mark, still begins a row") {
  const Json a =
      extracted(document(kHeads + "令和5年4月1日\t公表日\t令和2年3月1日\t令和5年3月1日\t事後\t\n"
                                  "〃\t表紙\t旧名\t新名\t事後\t\n"
                                  "########\tⅢ リスク対策\t－\t追加\t事前\t\n"));
  REQUIRE(a["revisions"].size() == 3);
  CHECK(a["revisions"][1]["date"] == "2023-04-01");
  CHECK(a["revisions"][1]["after"] == "新名");
  CHECK(a["revisions"][2]["date"].is_null());
  CHECK(a["revisions"][2]["after"] == "追加");
}

TEST_CASE("roles follow the history: replaced is former, unconfirmed is by history") {
  const std::string history =
      kHeads +
      "令和5年4月1日\tⅡ-4 委託事項1③委託先名\tあさぎ電算株式会社\tみどり情報株式会社\t事後\t\n"
      "令和5年4月1日\tⅡ-4 委託事項2\t(新規)\t委託事項2 封入業務 ①委託内容 封入 ③委託先名 "
      "もえぎ印刷株式会社 ④再委託の有無 再委託しない\t事前\t\n"
      "令和6年4月1日\tⅡ-4 委託事項3③委託先名\t株式会社ときわ\t削除\t事後\t\n";
  const auto roles = [](const Json& a) {
    std::map<std::string, std::string> found;
    for (const Json& o : a["organisations"]) found[o["name"]] = o["role"];
    return found;
  };
  const std::string contract =
      "4. 特定個人情報ファイルの取扱いの委託\t\n委託の有無 ※\t[委託する] (";
  const std::string row = ") 件\n委託事項1\t保守業務\n③委託先名\tみどり情報株式会社\n";
  auto incomplete = roles(extracted(document(contract + "2" + row + history)));
  CHECK(incomplete["みどり情報株式会社"] == "contractor");
  CHECK(incomplete["あさぎ電算株式会社"] == "former contractor");
  CHECK(incomplete["株式会社ときわ"] == "former contractor");
  CHECK(incomplete["もえぎ印刷株式会社"] == "contractor by history");
  auto complete = roles(extracted(document(contract + "1" + row + history)));
  CHECK(complete["もえぎ印刷株式会社"] == "mentioned");  // the body is complete, and counts
}

TEST_CASE("every character of the source is in exactly one passage") {
  const std::string text = document(
      "4. 特定個人情報ファイルの取扱いの委託\t[] "
      "委託しない\n-----\t-----\nこれは項目に属さない文である。\n" +
      kHeads + "令和5年4月1日\tⅡ-4\t前\t後\t事後\t説明\n別紙\n事案1 紛失\n(1) 原因\n不明\n");
  const Json a = extracted(text);
  const auto letters = [](const std::string& s) {
    std::map<std::string, int> count;
    for (std::size_t i = 0; i < s.size();) {
      const unsigned char c = static_cast<unsigned char>(s[i]);
      const std::size_t size = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
      const std::string one = s.substr(i, size);
      if (one != " " && one != "\t" && one != "\n") ++count[one];
      i += size;
    }
    return count;
  };
  std::string passages;
  for (const Json& p : a["passages"]) passages += p["text"].get<std::string>();
  CHECK(letters(passages) == letters(text));
}

TEST_CASE("what is no assessment is refused with the reason") {
  for (const char* text : {"品名\t数量\nりんご\t3\n", "今日は良い天気である。\n",
                           "評価書番号\t評価書名\n1\tある事務\n"}) {
    CAPTURE(text);
    const auto source = read_text_source(text, "x.txt");
    REQUIRE(source);
    const auto assessment = extract(*source);
    REQUIRE_FALSE(assessment);
    CHECK(assessment.error().code == ErrorCode::SourceNotForm);
    CHECK(assessment.error().file == "x.txt");
  }
}
