// One map from folded names (川口市) to places; a name in text is looked for at every character,
// the longest first. Names of two characters (津市, 森町) count only where no kanji stands before
// them.

#include "dicts/municipalities.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "dicts/data.h"
#include "dicts/normalizer.h"
#include "dicts/utf8.h"

namespace pia {
namespace {

using Places = std::vector<const Municipality*>;

// The northern villages have codes and no administration.
bool on_paper(const Municipality& place) {
  return place.code >= "016951" && place.code <= "017001";
}

PlaceKind kind_of(std::string_view word) {
  if (word == "prefecture") return PlaceKind::Prefecture;
  return word == "ward" ? PlaceKind::Ward : PlaceKind::Municipality;
}

struct Gazetteer {
  std::vector<Municipality> all;
  std::unordered_map<std::string, Places> by_name;  // folded; prefectures and municipalities
  std::unordered_map<std::string, Places> wards;    // folded; 中区 and 広島市中区
  std::unordered_map<std::string_view, const Municipality*> by_code;
  std::size_t longest = 0;  // characters

  Gazetteer() {
    for (const data::Row& row : data::rows("municipalities")) {
      all.push_back({row.at(0), kind_of(row.at(1)), row.at(2), row.at(3), row.at(4), row.at(5)});
    }
    for (const Municipality& place : all) add(place);
    for (auto& [name, places] : by_name) {
      if (places.size() > 1)
        std::erase_if(places, [](const Municipality* p) { return on_paper(*p); });
    }
  }

  void add(const Municipality& place) {
    by_code[place.code] = &place;
    by_code[place.code.substr(0, 5)] = &place;
    const std::string name = fold_literal_text(place.name);
    if (place.kind == PlaceKind::Ward) {
      wards[name].push_back(&place);
      wards[fold_literal_text(place.city) + name].push_back(&place);
      return;
    }
    by_name[name].push_back(&place);
    longest = std::max(longest, utf8::length(name));
  }

  const Places* find(const std::string& folded) const {
    const auto found = by_name.find(folded);
    return found == by_name.end() ? nullptr : &found->second;
  }
};

const Gazetteer& gazetteer() {
  static const Gazetteer instance;
  return instance;
}

// A match in folded characters.
struct Match {
  std::size_t size = 0;  // characters; 0: none
  Places places;
};

Match longest_at(std::u32string_view text, std::size_t at) {
  const std::size_t most = std::min(gazetteer().longest, text.size() - at);
  for (std::size_t size = most; size >= 2; --size) {
    const char32_t last = text[at + size - 1];
    if (last != U'市' && last != U'区' && last != U'町' && last != U'村' && last != U'県' &&
        last != U'都' && last != U'府' && last != U'道') {
      continue;
    }
    if (const Places* places = gazetteer().find(utf8::encode(text.substr(at, size))))
      return {size, *places};
  }
  return {};
}

bool is_prefecture(const Match& match) {
  return match.size > 0 && match.places.front()->kind == PlaceKind::Prefecture;
}

Places within(const Places& places, std::string_view prefecture) {
  Places out;
  for (const Municipality* place : places) {
    if (place->prefecture == prefecture) out.push_back(place);
  }
  return out;
}

// Behind a prefecture: [X郡] municipality of that prefecture.
Match municipality_of(std::u32string_view text, std::size_t at, std::string_view prefecture) {
  std::size_t start = at;
  const std::size_t county = text.substr(at, 6).find(U'郡');
  for (const std::size_t skip :
       {std::size_t{0}, county == std::u32string_view::npos ? 0 : county + 1}) {
    start = at + skip;
    if (start >= text.size()) continue;
    Match match = longest_at(text, start);
    match.places = within(match.places, prefecture);
    if (!match.places.empty() && !is_prefecture(match)) return {match.size + skip, match.places};
  }
  return {};
}

// A ward right behind its city: its length.
std::size_t ward_behind(std::u32string_view text, std::size_t at, const Places& cities) {
  for (std::size_t size = 2; size <= 6 && at + size <= text.size(); ++size) {
    if (text[at + size - 1] != U'区') continue;
    for (const Municipality* city : cities) {
      const auto name = fold_literal_text(city->name) + utf8::encode(text.substr(at, size));
      if (gazetteer().wards.contains(name)) return size;
    }
  }
  return 0;
}

// The place at `at`, with its prefecture, county and ward.
Match place_at(std::u32string_view text, std::size_t at) {
  Match match = longest_at(text, at);
  if (match.size == 0) return match;
  const bool inside_word = at > 0 && utf8::is_kanji(text[at - 1]);
  if (match.size == 2 && inside_word) return {};
  if (is_prefecture(match)) {
    const Match town = municipality_of(text, at + match.size, match.places.front()->prefecture);
    if (town.size == 0) return match;
    match = {match.size + town.size, town.places};
  }
  match.size += ward_behind(text, at + match.size, match.places);
  return match;
}

std::u32string folded(std::string_view text) { return utf8::decode(fold_literal_text(text)); }

bool has(std::u32string_view text, std::u32string_view word) {
  return text.find(word) != std::u32string_view::npos;
}

// Bodies that several municipalities make together, or that the state does.
bool is_joint_or_national(std::u32string_view text) {
  static constexpr std::u32string_view kWords[] = {
      U"広域連合", U"組合",     U"企業団", U"機構",   U"連合会",     U"共済",     U"協会",
      U"大臣",     U"長官",     U"国税",   U"労働局", U"年金事務所", U"健康保険", U"独立行政法人",
      U"基金",     U"広域行政", U"振興局", U"財団",   U"社団",       U"法人"};
  if (std::any_of(std::begin(kWords), std::end(kWords), [&](auto word) { return has(text, word); }))
    return true;
  return text.ends_with(U"省") || text.ends_with(U"デジタル庁") ||
         text.ends_with(U"委員会事務局連合");
}

// Neither a municipality's name nor a prefecture's, but of that form: ○○市長, ○○町教育委員会.
std::optional<std::u32string> unknown_municipality(std::u32string_view text) {
  static constexpr std::u32string_view kBehind[] = {
      U"",     U"長",   U"教育",   U"役所", U"役場", U"議会", U"選挙", U"監査",
      U"水道", U"病院", U"上下水", U"消防", U"公営", U"農業", U"固定", U"公平"};
  constexpr std::u32string_view kEnds = U"市区町村";
  for (std::size_t i = 1; i < text.size() && i < 10; ++i) {
    if (kEnds.find(text[i]) == std::u32string_view::npos) continue;
    const std::u32string_view rest = text.substr(i + 1);
    for (std::u32string_view behind : kBehind) {
      if (behind.empty() ? rest.empty() : rest.starts_with(behind))
        return std::u32string(text.substr(0, i + 1));
    }
  }
  return std::nullopt;
}

// How much a document speaks of a prefecture: its name, and its municipalities of unique name.
std::map<std::string_view, int> prefectures_in(std::string_view document) {
  std::map<std::string_view, int> counts;
  for (const FoundPlace& found : find_municipalities(document)) {
    if (found.places.size() == 1) ++counts[found.places.front()->prefecture];
  }
  return counts;
}

// The one place that the document speaks for; null when it does not.
const Municipality* told_apart(const Places& places, std::string_view document) {
  if (places.size() == 1) return places.front();
  std::map<std::string_view, int> counts = prefectures_in(document);
  const Municipality* best = nullptr;
  int first = 0;
  int second = 0;
  for (const Municipality* place : places) {
    const int count = counts[place->prefecture];
    if (count > first) {
      second = first;
      first = count;
      best = place;
    } else {
      second = std::max(second, count);
    }
  }
  return first >= 3 * second && first > second ? best : nullptr;
}

IdentifiedBody of_place(const Municipality& place) {
  IdentifiedBody body;
  body.prefecture = place.prefecture;
  body.code = place.code;
  if (place.kind != PlaceKind::Prefecture) body.municipality = place.name;
  return body;
}

// Union or national body: only the prefecture, if its name tells.
IdentifiedBody of_joint_body(std::u32string_view text) {
  IdentifiedBody body;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const Match match = place_at(text, at);
    if (match.size > 0 && match.places.size() == 1) {
      body.prefecture = match.places.front()->prefecture;
      return body;
    }
  }
  return body;
}

IdentifiedBody of_unknown(std::u32string_view text) {
  IdentifiedBody body;
  const Match prefecture = longest_at(text, 0);
  if (is_prefecture(prefecture)) {
    body.prefecture = prefecture.places.front()->prefecture;
    text = text.substr(prefecture.size);
  }
  if (const std::size_t county = text.substr(0, 6).find(U'郡');
      county != std::u32string_view::npos && county > 0) {
    text = text.substr(county + 1);
  }
  if (const auto name = unknown_municipality(text)) {
    body.municipality = utf8::encode(*name);
  } else if (is_prefecture(prefecture)) {
    body.code = prefecture.places.front()->code;
  }
  return body;
}

// The first place in the text that is followed by what follows a body's name, or the first of all.
Match body_place(std::u32string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const Match match = place_at(text, at);
    if (match.size > 0) return at == 0 || !utf8::is_kanji(text[at - 1]) ? match : Match{};
  }
  return {};
}

}  // namespace

const std::vector<Municipality>& all_municipalities() { return gazetteer().all; }

const Municipality* municipality_by_code(std::string_view code) {
  const auto found = gazetteer().by_code.find(code);
  return found == gazetteer().by_code.end() ? nullptr : found->second;
}

std::vector<const Municipality*> municipalities_by_name(std::string_view name) {
  const std::u32string text = folded(name);
  if (text.empty()) return {};
  const auto ward = gazetteer().wards.find(utf8::encode(text));
  Match match = place_at(text, 0);
  if (match.size != text.size()) match.places.clear();
  const bool names_ward = text.back() == U'区' && ward != gazetteer().wards.end();
  if (!names_ward) return match.places;
  Places places = ward->second;
  const bool with_city = places.size() == 1 && text.size() > utf8::length(places.front()->name);
  if (!with_city) places.insert(places.begin(), match.places.begin(), match.places.end());
  return places;
}

const Municipality* prefecture_by_name(std::string_view name) {
  const std::string text = fold_literal_text(name);
  for (const Municipality& place : all_municipalities()) {
    if (place.kind != PlaceKind::Prefecture) continue;
    if (text == place.name) return &place;
    const bool hokkaido = place.name == "北海道";
    if (!hokkaido && text == place.name.substr(0, place.name.size() - 3)) return &place;
  }
  return nullptr;
}

std::vector<FoundPlace> find_municipalities(std::string_view text) {
  const Folded literal = fold_literal(text);
  const std::u32string chars = utf8::decode(literal.text);
  std::vector<std::size_t> bytes;  // of each character in the folded text
  for (std::size_t at = 0; at < literal.text.size(); utf8::next(literal.text, at))
    bytes.push_back(at);
  bytes.push_back(literal.text.size());
  std::vector<FoundPlace> found;
  for (std::size_t at = 0; at < chars.size();) {
    const Match match = place_at(chars, at);
    if (match.size == 0) {
      ++at;
      continue;
    }
    const auto [from, to] = literal.original(bytes[at], bytes[at + match.size], text);
    found.push_back({from, to - from, match.places});
    at += match.size;
  }
  return found;
}

IdentifiedBody identify_body(std::string_view printed, std::string_view document) {
  std::u32string text = folded(printed);
  std::erase_if(text, [](char32_t c) {
    return std::u32string_view(U"()[]【】「」〔〕<>・,.:").find(c) != std::u32string_view::npos;
  });
  if (text.empty()) return {};
  if (is_joint_or_national(text)) return of_joint_body(text);
  const Match match = body_place(text);
  if (match.size == 0) return of_unknown(text);
  // A prefecture may be followed by a municipality that we do not know.
  if (is_prefecture(match) && unknown_municipality(text.substr(match.size)))
    return of_unknown(text);
  if (const Municipality* place = told_apart(match.places, document)) return of_place(*place);
  IdentifiedBody body;
  body.municipality = match.places.front()->name;
  const std::string_view prefecture = match.places.front()->prefecture;
  const bool same = std::all_of(match.places.begin(), match.places.end(),
                                [&](const Municipality* p) { return p->prefecture == prefecture; });
  if (same) body.prefecture = prefecture;
  return body;
}

}  // namespace pia
