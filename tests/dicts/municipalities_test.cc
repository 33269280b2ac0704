#include "dicts/municipalities.h"

#include <catch2/catch.hpp>
#include <set>

namespace {

std::string identified(std::string_view printed, std::string_view document = {}) {
  const pia::IdentifiedBody body = pia::identify_body(printed, document);
  return body.municipality.value_or("-") + "/" + body.prefecture.value_or("-") + "/" +
         body.code.value_or("-");
}

// The check digit of JIS X 0402.
char check_digit(std::string_view code) {
  int sum = 0;
  for (int i = 0; i < 5; ++i) sum += (code[static_cast<std::size_t>(i)] - '0') * (6 - i);
  const int rest = sum < 11 ? 11 - sum : 11 - sum % 11;
  return static_cast<char>('0' + rest % 10);
}

}  // namespace

TEST_CASE("the table is complete and its codes are right") {
  int prefectures = 0, municipalities = 0;
  std::set<std::string_view> codes;
  for (const pia::Municipality& place : pia::all_municipalities()) {
    CAPTURE(place.code, place.name);
    CHECK(codes.insert(place.code).second);
    REQUIRE(place.code.size() == 6);
    CHECK(check_digit(place.code) == place.code.back());
    CHECK_FALSE(place.kana.empty());
    prefectures += place.kind == pia::PlaceKind::Prefecture;
    municipalities += place.kind == pia::PlaceKind::Municipality;
  }
  CHECK(prefectures == 47);
  CHECK(municipalities == 1741 + 6);  // and the northern villages
}

TEST_CASE("places are looked up by code and by name") {
  REQUIRE(pia::municipality_by_code("112038"));
  CHECK(pia::municipality_by_code("112038")->name == "川口市");
  CHECK(pia::municipality_by_code("11203")->kana == "かわぐちし");
  CHECK_FALSE(pia::municipality_by_code("999999"));
  CHECK(pia::municipalities_by_name("府中市").size() == 2);
  CHECK(pia::municipalities_by_name("広島県府中市").size() == 1);
  CHECK(pia::municipalities_by_name("竜ヶ崎市").size() == 1);
  CHECK(pia::municipalities_by_name("泊村").size() == 1);
  CHECK(pia::municipalities_by_name("川崎市麻生区").size() == 1);
  CHECK(pia::municipalities_by_name("港区").size() > 1);
  CHECK(pia::municipalities_by_name("川口").empty());
  CHECK(pia::prefecture_by_name("埼玉")->code == "110001");
  CHECK(pia::prefecture_by_name("北海道")->code == "010006");
  CHECK_FALSE(pia::prefecture_by_name("川口市"));
}

TEST_CASE("a body is identified, or left open") {
  struct Row {
    const char* printed;
    const char* document;
    const char* expected;
  };
  const Row rows[] = {
      {"埼玉県川口市長", "", "川口市/埼玉県/112038"},
      {"（埼玉県）川口市長", "", "川口市/埼玉県/112038"},
      {"埼玉県 川口市長　夢野 太郎", "", "川口市/埼玉県/112038"},
      {"川口市上下水道事業管理者", "", "川口市/埼玉県/112038"},
      {"四日市市長", "", "四日市市/三重県/242021"},
      {"市川市長", "", "市川市/千葉県/122033"},
      {"東京都北区長", "", "北区/東京都/131172"},
      {"京都市長", "", "京都市/京都府/261009"},
      {"埼玉県警察本部長", "", "-/埼玉県/110001"},
      {"全国健康保険協会", "", "-/-/-"},
      {"川崎市", "", "川崎市/神奈川県/141305"},
      {"川崎市長", "", "川崎市/神奈川県/141305"},
      {"川崎町長", "", "川崎町/-/-"},
      {"川口市教育委員会", "", "川口市/埼玉県/112038"},
      {"埼玉県　川口市　教育委員会", "", "川口市/埼玉県/112038"},
      {"府中市長", "", "府中市/-/-"},
      {"府中市長", "広島県後期高齢者医療広域連合に提供する。", "府中市/広島県/342084"},
      {"府中市長", "東京都知事 東京都 東京都 広島県", "府中市/東京都/132063"},
      {"府中市長", "東京都と広島県", "府中市/-/-"},
      {"伊達市長", "札幌市", "伊達市/北海道/012335"},
      {"泊村長", "", "泊村/北海道/014036"},
      {"池田町", "", "池田町/-/-"},
      {"北海道中川郡池田町長", "", "池田町/北海道/016446"},
      {"長野県北安曇郡池田町", "", "池田町/長野県/204811"},
      {"東京都港区長", "", "港区/東京都/131032"},
      {"港区長", "", "港区/東京都/131032"},
      {"横浜市長", "", "横浜市/神奈川県/141003"},
      {"広島市中区長", "", "広島市/広島県/341002"},
      {"津市長", "", "津市/三重県/242012"},
      {"大津市長", "", "大津市/滋賀県/252018"},
      {"龍ヶ崎市長", "", "龍ケ崎市/茨城県/082082"},
      {"埼玉県知事", "", "-/埼玉県/110001"},
      {"東京都", "", "-/東京都/130001"},
      {"北海道知事", "", "-/北海道/010006"},
      {"埼玉県教育委員会", "", "-/埼玉県/110001"},
      {"埼玉県後期高齢者医療広域連合長", "", "-/埼玉県/-"},
      {"蕨市戸田市衛生組合", "", "-/埼玉県/-"},
      {"厚生労働大臣", "", "-/-/-"},
      {"地方公共団体情報システム機構", "", "-/-/-"},
      {"夢野市長", "", "夢野市/-/-"},
      {"埼玉県夢野町教育委員会", "", "夢野町/埼玉県/-"},
      {"", "川口市", "-/-/-"},
      {"市長", "", "-/-/-"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.printed, row.document);
    CHECK(identified(row.printed, row.document) == row.expected);
  }
}

TEST_CASE("places are found in running text") {
  const std::string text =
      "埼玉県川口\n市と川崎市麻生区　、大津市、津市。青森町内会は含まない。北海道";
  std::string found;
  for (const pia::FoundPlace& place : pia::find_municipalities(text)) {
    found += text.substr(place.offset, place.length) + "=" +
             std::string(place.places.front()->code) + "|";
  }
  CHECK(found ==
        "埼玉県川口\n市=112038|川崎市麻生区=141305|大津市=252018|津市=242012|北海道=010006|");
}
