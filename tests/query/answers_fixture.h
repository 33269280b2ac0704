// Five made-up assessments of three cities for the answers beside search: one contractor in two
// cities, one that was replaced, one that only the history names, an incident, two publications.

#ifndef PIA_TESTS_QUERY_ANSWERS_FIXTURE_H_
#define PIA_TESTS_QUERY_ANSWERS_FIXTURE_H_

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "query/index_reader.h"
#include "support/test_index.h"

namespace pia {

inline const std::vector<std::string>& answers_records() {
  static const std::vector<std::string> kRecords = {
      R"({"id":"kawaguchi-1-2025","series":"kawaguchi-1","kind":"全項目","title":"住民基本台帳事務",
        "published_on":"2025-04-01","body":{"printed":"埼玉県川口市長","municipality":"川口市","prefecture":"埼玉県","code":"112038"},
        "process":{"name":"住民基本台帳に関する事務","category":"住民基本台帳"},
        "systems":[{"no":1,"name":"住民記録システム"}],
        "files":[{"name":"住民基本台帳ファイル","contracts":{"used":true,"count":2,"rows":[
          {"no":1,"title":"運用保守","staff":"10人以上50人未満","contractors":[{"printed":"みどり電算　株式会社","name":"みどり電算株式会社"}],
           "subcontract":{"used":true,"scope":"夜間監視"},"where":{"lines":[10,20]}},
          {"no":2,"title":"窓口業務","staff":"50人以上100人未満","contractors":[{"printed":"あおぞらスタッフ㈱","name":"あおぞらスタッフ株式会社"}],
           "subcontract":{"used":false},"where":{"lines":[21,30]}}]}}],
        "incidents":{"occurred":true,"question":{"years":3,"scope":"個人情報"},"rows":[{"occurred":true,"summary":"別紙参照","where":{"lines":[40,41]}}],
          "attachments":[{"title":"別紙","cases":[{"title":"事案１","occurred_on":"2024-05","summary":"申請書を紛失した。","cause":"確認不足","response":[{"date":"2024-05-02","what":"本人へ謝罪"}],"prevention":"二重確認"},
             {"title":"事案２","occurred_on":"2025-01-10","summary":"誤送付した。"}],"where":{"lines":[100,120]}}]},
        "revisions":[{"date":"2024-04-01","item":"Ⅱ-4 委託事項1 ③委託先名","before":"はやぶさ計算　株式会社","after":"みどり電算　株式会社","timing":"事後","where":{"lines":[60,61]}},
          {"date":"2023-04-01","item":"Ⅱ-4 委託事項2 ③委託先名","before":"（新規）","after":"あおぞらスタッフ㈱","timing":"事前","where":{"lines":[62,63]}}],
        "organisations":[{"name":"みどり電算株式会社","printed":"みどり電算　株式会社","role":"contractor","where":{"lines":[12,12]}},
          {"name":"あおぞらスタッフ株式会社","printed":"あおぞらスタッフ㈱","role":"contractor","where":{"lines":[22,22]}},
          {"name":"はやぶさ計算株式会社","printed":"はやぶさ計算　株式会社","role":"former contractor","where":{"lines":[60,60]}}],
        "passages":[{"item":"Ⅱ-4 委託事項1 ③委託先名","text":"③委託先名 みどり電算　株式会社","where":{"lines":[12,12]}},
          {"item":"Ⅱ-6 ①保管場所","text":"①保管場所 入退室を管理している部屋に設置したサーバ内に保管する。川口市独自の二重扉を設けている。","where":{"lines":[31,32]}},
          {"item":"Ⅲ-7 リスク1 その他の措置の内容","text":"停電に備えて非常用電源を置いている。","where":{"lines":[33,33]}}]})",
      R"({"id":"kawaguchi-1-2023","series":"kawaguchi-1","kind":"全項目","title":"住民基本台帳事務",
        "published_on":"2023-04-01","body":{"printed":"埼玉県川口市長","municipality":"川口市","prefecture":"埼玉県","code":"112038"},
        "process":{"name":"住民基本台帳に関する事務","category":"住民基本台帳"},
        "files":[{"name":"住民基本台帳ファイル","contracts":{"used":true,"count":1,"rows":[
          {"no":1,"title":"運用保守","contractors":[{"printed":"はやぶさ計算　株式会社","name":"はやぶさ計算株式会社"}],"subcontract":{"used":null},"where":{"lines":[10,20]}}]}}],
        "incidents":{"occurred":false,"question":{"years":3,"scope":"個人情報"}},
        "organisations":[{"name":"はやぶさ計算株式会社","printed":"はやぶさ計算　株式会社","role":"contractor","where":{"lines":[12,12]}}],
        "passages":[{"item":"Ⅱ-4 委託事項1 ⑥委託先名","text":"⑥委託先名 はやぶさ計算　株式会社","where":{"lines":[12,12]}},
          {"item":"Ⅱ-6 ①保管場所","text":"①保管場所 入退室を管理している部屋に設置したサーバ内に保管する。","where":{"lines":[31,32]}}]})",
      R"({"id":"otsu-3-2025","series":"otsu-3","kind":"重点項目","title":"住民基本台帳に関する事務",
        "published_on":"2025-06-01","body":{"printed":"滋賀県大津市長","municipality":"大津市","prefecture":"滋賀県","code":"252018"},
        "process":{"name":"住民票に関する事務","category":"住民基本台帳"},
        "systems":[{"no":1,"name":"住民記録システム"}],
        "files":[{"name":"住民情報ファイル","contracts":{"used":true,"count":1,"rows":[
          {"no":1,"title":"システム保守","contractors":[{"printed":"みどり電算株式会社 関西支店","name":"みどり電算株式会社","branch":"関西支店"}],"subcontract":{"used":false},"where":{"lines":[5,9]}}]}}],
        "incidents":{"occurred":false,"question":{"years":3,"scope":"個人情報"}},
        "organisations":[{"name":"みどり電算株式会社","printed":"みどり電算株式会社 関西支店","role":"contractor","where":{"lines":[6,6]}},
          {"name":"しらかば情報株式会社","printed":"しらかば情報株式会社","role":"contractor by history","where":{"lines":[70,70]}}],
        "passages":[{"item":"Ⅱ-4 委託事項1 ③委託先名","text":"③委託先名 みどり電算株式会社 関西支店","where":{"lines":[6,6]}},
          {"item":"Ⅱ-6 保管場所","text":"保管場所 入退室を管理している部屋に設置したサーバ内に保管する。","where":{"lines":[11,12]}},
          {"item":"Ⅲ-7 リスク1 その他の措置の内容","text":"停電に備えて自家発電装置を置いている。","where":{"lines":[13,13]}}]})",
      R"({"id":"kofu-8-2024","series":"kofu-8","kind":"基礎項目","title":"住民基本台帳事務",
        "published_on":"2024-02-01","body":{"printed":"甲府市長","municipality":"甲府市","prefecture":"山梨県","code":"192015"},
        "process":{"name":"住民基本台帳事務","category":"住民基本台帳"},
        "incidents":{"occurred":true,"question":{"years":1,"scope":"特定個人情報"},"rows":[{"occurred":true,"where":{"lines":[50,50]}}]},
        "passages":[{"item":"Ⅰ-1 ②事務の概要","text":"②事務の概要 住民票の写しを交付する。はやぶさ計算の名前もここに出る。","where":{"lines":[7,7]}}]})",
      R"({"id":"union-1-2025","series":"union-1","kind":"全項目","title":"後期高齢者医療事務",
        "published_on":"2025-03-01","body":{"printed":"山梨県後期高齢者医療広域連合","municipality":null,"prefecture":"山梨県","code":null},
        "process":{"name":"後期高齢者医療事務","category":"後期高齢者医療"},
        "incidents":{"occurred":null},
        "organisations":[{"name":"みどり電算株式会社","printed":"みどり電算㈱","role":"mentioned","where":{"lines":[3,3]}}],
        "passages":[{"item":"Ⅱ-6 ①保管場所","text":"①保管場所 月山の洞窟の奥深くに埋めて、誰にも知らせずに保管する。","where":{"lines":[3,4]}}]})"};
  return kRecords;
}

class AnswersIndex {
 public:
  AnswersIndex() : index_(answers_records()) {
    auto reader = IndexReader::open(index_.dir());
    if (!reader) throw std::runtime_error(reader.error().reason);
    snapshot_ = reader->snapshot();
  }
  const Snapshot& operator*() const { return *snapshot_; }

 private:
  TestIndex index_;
  std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace pia

#endif  // PIA_TESTS_QUERY_ANSWERS_FIXTURE_H_
