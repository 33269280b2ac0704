#include "indexer/incident_cases.h"

#include <catch2/catch.hpp>
#include <string>

using namespace pia;

namespace {

std::vector<AttachmentLine> lines(std::initializer_list<std::vector<std::string>> rows) {
  std::vector<AttachmentLine> all;
  for (const auto& cells : rows) {
    AttachmentLine line;
    line.cells = cells;
    line.place.first_line = line.place.last_line = static_cast<int>(all.size()) + 1;
    all.push_back(std::move(line));
  }
  return all;
}

}  // namespace

TEST_CASE("a 別紙 is read case by case: when, what, cause, impact, response, prevention") {
  const auto found = read_attachments(lines({{"個人情報に関する重大事故について"},
                                             {"事案１　通知書の誤送付"},
                                             {"１　事案の内容"},
                                             {"（１）発生（発覚）時期"},
                                             {"令和5年4月8日"},
                                             {"（２）事案の概要"},
                                             {"通知書3件を別の世帯へ送付した。"},
                                             {"（３）原因"},
                                             {"宛名の照合を省いた。"},
                                             {"（４）影響"},
                                             {"3世帯の氏名及び住所"},
                                             {"（５）事故発覚後の対応"},
                                             {"令和5年4月9日", "本人へ謝罪し、通知書を回収した。"},
                                             {"令和5年5月1日　報道発表"},
                                             {"２　再発防止策"},
                                             {"（１）担当課における再発防止策"},
                                             {"二人で照合する。"},
                                             {"事案２　媒体の紛失"},
                                             {"発生日：令和5年6月2日"},
                                             {"原因：持出しの許可を得なかった。"}}));
  REQUIRE(found.size() == 1);
  CHECK(found[0].title == std::string("個人情報に関する重大事故について"));
  REQUIRE(found[0].cases.size() == 2);
  const IncidentCase& first = found[0].cases[0];
  CHECK(first.title == std::string("通知書の誤送付"));
  CHECK(first.occurred_on == std::string("2023-04-08"));
  CHECK(first.summary == std::string("通知書3件を別の世帯へ送付した。"));
  CHECK(first.cause == std::string("宛名の照合を省いた。"));
  CHECK(first.impact == std::string("3世帯の氏名及び住所"));
  REQUIRE(first.response.size() == 2);
  CHECK(first.response[0].date == std::string("2023-04-09"));
  CHECK(first.response[1].what == std::string("報道発表"));
  CHECK(first.prevention == std::string("（１）担当課における再発防止策\n二人で照合する。"));
  CHECK(found[0].cases[1].title == std::string("媒体の紛失"));
  CHECK(found[0].cases[1].occurred_on == std::string("2023-06-02"));
  CHECK(found[0].cases[1].cause == std::string("持出しの許可を得なかった。"));
}

TEST_CASE("a 別紙 of another subject holds no incident") {
  CHECK(read_attachments(lines({{"別紙Ⅱ-5-1"}, {"提供先", "事務"}, {"税務署長", "国税の賦課"}}))
            .empty());
  CHECK(read_attachments({}).empty());
}
