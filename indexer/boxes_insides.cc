#include "indexer/boxes_insides.h"

#include <array>
#include <string>
#include <vector>

#include "indexer/boxes_kinship.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

using View = std::u32string_view;

struct Ending {
  View end;
  Bodies bodies;
};
// The first one that fits counts: 市民課 is a part of the body itself, 市 another one.
constexpr std::array<Ending, 36> kEndings{{
    {U"課", Bodies::Own},
    {U"部", Bodies::Own},
    {U"室", Bodies::Own},
    {U"係", Bodies::Own},
    {U"福祉事務所", Bodies::Own},
    {U"区役所", Bodies::Own},
    {U"支所", Bodies::Own},
    {U"財務局", Bodies::State},
    {U"国税局", Bodies::State},
    {U"労働局", Bodies::State},
    {U"局", Bodies::Own},
    {U"大臣", Bodies::State},
    {U"省", Bodies::State},
    {U"庁", Bodies::State},
    {U"税務署", Bodies::State},
    {U"税務署長", Bodies::State},
    {U"年金機構", Bodies::State},
    {U"健康保険協会", Bodies::State},
    {U"共済組合", Bodies::State},
    {U"支払基金", Bodies::State},
    {U"安定所", Bodies::State},
    {U"自治体", Bodies::Local},
    {U"市町村", Bodies::Local},
    {U"市区町村", Bodies::Local},
    {U"都道府県", Bodies::Local},
    {U"市町村長", Bodies::Local},
    {U"都道府県知事", Bodies::Local},
    {U"広域連合", Bodies::Local},
    {U"公共団体", Bodies::Local},
    {U"事業者", Bodies::Private},
    {U"会社", Bodies::Private},
    {U"事業所", Bodies::Private},
    {U"医療機関", Bodies::Private},
    {U"金融機関", Bodies::Private},
    {U"事業主", Bodies::Private},
    {U"保険会社", Bodies::Private},
}};

Bodies body(View name) {
  if (name.ends_with(U"等")) name.remove_suffix(1);
  for (const Ending& ending : kEndings) {
    if (name.ends_with(ending.end)) return ending.bodies;
  }
  return Bodies::Unknown;
}

}  // namespace

Bodies bodies_in(std::string_view text) {
  std::u32string list = key(text);
  for (const View word : {U"若しくは", U"又は", U"及び", U"並びに"}) {
    for (std::size_t at; (at = list.find(word)) != View::npos;)
      list.replace(at, word.size(), U"、");
  }
  Bodies all = Bodies::Unknown;
  for (const std::u32string& name : split_at(list, U"、,・()")) {
    if (name.empty()) continue;
    const Bodies one = body(name);
    if (one == Bodies::Unknown || (all != Bodies::Unknown && one != all)) return Bodies::Unknown;
    all = one;
  }
  return all;
}

Bodies bodies_of_box(std::string_view label) {
  return label == "評価実施機関内の他部署"           ? Bodies::Own
         : label == "行政機関・独立行政法人等"       ? Bodies::State
         : label == "地方公共団体・地方独立行政法人" ? Bodies::Local
         : label == "民間事業者"                     ? Bodies::Private
                                                     : Bodies::Unknown;
}

bool may_stand_in(std::string_view text, std::string_view label) {
  const Bodies asked = bodies_of_box(label), named = bodies_in(text);
  return asked == Bodies::Unknown || named == Bodies::Unknown || asked == named;
}

}  // namespace pia::boxes
