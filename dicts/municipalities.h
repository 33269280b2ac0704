// All prefectures, municipalities and special wards, and the wards of designated cities, with the
// six-digit code of 全国地方公共団体コード and kana. Names are compared under the literal folding,
// so that 龍ヶ崎市 is 龍ケ崎市. All of it is constant data: pointers and views live as long as the
// program.

#ifndef PIA_DICTS_MUNICIPALITIES_H_
#define PIA_DICTS_MUNICIPALITIES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pia {

enum class PlaceKind { Prefecture, Municipality, Ward };  // special wards are municipalities

struct Municipality {
  std::string_view code;  // 112038
  PlaceKind kind = PlaceKind::Municipality;
  std::string_view prefecture;  // 埼玉県; for a prefecture itself
  std::string_view city;        // of a ward: 川崎市; else empty
  std::string_view name;        // 川口市
  std::string_view kana;        // かわぐちし
};

const std::vector<Municipality>& all_municipalities();  // in order of code

// Six digits, or five without the check digit; null if unknown.
const Municipality* municipality_by_code(std::string_view code);

// Every place of that exact name; 埼玉県川口市 and 川崎市川崎区 name one. The villages that exist
// on paper only (北方領土) are left out where another place has the name.
std::vector<const Municipality*> municipalities_by_name(std::string_view name);

// 埼玉県 or 埼玉; null if it is none.
const Municipality* prefecture_by_name(std::string_view name);

struct FoundPlace {
  std::uint32_t offset = 0, length = 0;  // bytes in the text given
  std::vector<const Municipality*>
      places;  // several of the same name, unless a prefecture stands before it
};

// Prefectures and municipalities in running text, longest first, without overlap. 埼玉県川口市 is
// one find of one municipality. Wards of cities are found only behind their city, as part of its
// find.
std::vector<FoundPlace> find_municipalities(std::string_view text);

// Who made an assessment.
struct IdentifiedBody {
  std::optional<std::string> municipality, prefecture, code;
};

// `printed` is the body as the form has it (埼玉県川口市長, 川口市教育委員会, 埼玉県知事,
// 埼玉県後期高齢者医療広域連合); `document` is all the rest, and tells towns of one name apart by
// the prefecture that it speaks of. What cannot be decided is null: 府中市 without any hint has a
// municipality, but no prefecture and no code. A body that is no municipality (prefecture, union,
// national body) has municipality null.
IdentifiedBody identify_body(std::string_view printed, std::string_view document = {});

}  // namespace pia

#endif  // PIA_DICTS_MUNICIPALITIES_H_
