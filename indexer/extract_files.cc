// Systems (Ⅰ-2) and what chapter Ⅱ says of each 特定個人情報ファイル, contracts and provisions
// aside.

#include <algorithm>
#include <map>
#include <set>

#include "indexer/cells_context.h"
#include "indexer/utf8.h"

namespace pia {
namespace {

std::string list_item(const Tick& tick) { return one_line(tick.printed); }

struct Ticked {
  Texts values;
  bool boxes = false;  // there were boxes at all
  bool lost = false;   // none is ticked although something stands in the brackets
};

Ticked ticked_of(const CellsContext& c, const Entry& entry) {
  Ticked result;
  const std::vector<Tick> ticks = read_ticks(c.raw(entry), options_of(c.item(entry)));
  result.boxes = !ticks.empty();
  const auto add = [&](const Tick& tick) {
    std::string value = list_item(tick);
    if (std::find(result.values.begin(), result.values.end(), value) == result.values.end()) {
      result.values.push_back(std::move(value));
    }
  };
  for (const Tick& tick : ticks) {
    if (tick.checked) add(tick);
  }
  if (!result.values.empty()) return result;
  // Boxes whose own words stand in brackets (内部番号) prove nothing; free ones do.
  const std::vector<std::string_view> options = options_of(c.item(entry));
  for (const Tick& tick : ticks) {
    const bool own_words = options[tick.option].find("（") != std::string_view::npos;
    if (tick.remark.empty() || own_words || is_blank(tick.remark)) continue;
    Tick filled = tick;
    if (filled.printed.find(filled.remark) == std::string::npos)
      filled.printed += "（" + filled.remark + "）";
    add(filled);
    result.lost = true;
  }
  return result;
}

// Masks words of six characters or more of which OCR misread one; true if it did.
bool mask_misread(std::string& text, std::string_view words) {
  std::vector<std::size_t> begins;  // of the text's characters, and its end
  std::u32string characters, wanted;
  for (std::size_t at = 0; at < text.size();) {
    begins.push_back(at);
    characters += next_char(text, at);
  }
  begins.push_back(text.size());
  for (std::size_t at = 0; at < words.size();) wanted += next_char(words, at);
  const auto dot = [](char32_t c) { return c == U'･' ? U'・' : c; };
  for (std::size_t i = 0; wanted.size() >= 6 && i + wanted.size() <= characters.size(); ++i) {
    int wrong = 0;
    for (std::size_t k = 0; k < wanted.size() && wrong < 2; ++k)
      wrong += dot(characters[i + k]) != dot(wanted[k]);
    if (wrong != 1) continue;  // whole ones are masked by their own words
    const std::size_t size = begins[i + wanted.size()] - begins[i];
    text.replace(begins[i], size, std::string(size, '_'));
    return true;
  }
  return false;
}

// その妥当性 names the items that were ticked, when the boxes themselves came out empty.
Texts items_named_in(std::string text, const std::vector<std::string_view>& options) {
  struct Named {
    std::size_t option;
    std::string words;
  };
  std::vector<Named> stems;
  for (std::size_t i = 0; i < options.size(); ++i) {
    std::string_view stem = options[i].substr(0, options[i].find("（"));
    if (stem != "その他") stems.push_back({i, std::string(stem)});
  }
  // Longest first, and masked where found: 個人番号対応符号 does not name 個人番号.
  std::stable_sort(stems.begin(), stems.end(),
                   [](const Named& a, const Named& b) { return a.words.size() > b.words.size(); });
  for (const char* heading : {"連絡先等情報"}) {
    for (Found f = find_words(text, heading); f.at != std::string_view::npos;
         f = find_words(text, heading)) {
      text.replace(f.at, f.length, std::string(f.length, '_'));
    }
  }
  std::vector<std::size_t> found;
  for (const Named& named : stems) {
    bool any = false;
    for (Found f = find_words(text, named.words); f.at != std::string_view::npos;
         f = find_words(text, named.words)) {
      text.replace(f.at, f.length, std::string(f.length, '_'));
      any = true;
    }
    if (any) found.push_back(named.option);
  }
  for (const Named& named : stems) {  // all whole words are masked by now
    const bool known = std::find(found.begin(), found.end(), named.option) != found.end();
    if (!known && mask_misread(text, named.words)) found.push_back(named.option);
  }
  std::sort(found.begin(), found.end());
  Texts names;
  for (std::size_t i : found) names.emplace_back(options[i]);
  return names;
}

// The option as this document prints it: 5情報（…） has other words in its brackets each edition.
std::string printed_option(const CellsContext& c, const Entry& entry, std::string_view option) {
  for (const Tick& tick : read_ticks(c.raw(entry), options_of(c.item(entry)))) {
    if (options_of(c.item(entry))[tick.option] == option) return list_item(tick);
  }
  return {};
}

}  // namespace

void set_ticks(const CellsContext& c, Texts& field, const std::string& pointer,
               const Entry& entry) {
  if (!field.empty()) return;
  Ticked ticked = ticked_of(c, entry);
  if (ticked.lost) {
    c.warn(entry, "どの箱にも印がありません。括弧内に記入のあるものだけを採りました");
    c.out.reasons[pointer] = "no box is ticked; taken from the text in the brackets";
  }
  c.set_list(field, pointer, entry, std::move(ticked.values));
}

namespace {

void set_items(const CellsContext& c, InfoFile& file, const std::string& base, const Entry& entry,
               const Entry* reason) {
  if (!file.items.empty()) return;
  Ticked ticked = ticked_of(c, entry);
  const bool any_ticked = !ticked.values.empty() && !ticked.lost;
  if (any_ticked || !ticked.boxes || reason == nullptr) {
    set_ticks(c, file.items, base + "/items", entry);
    return;
  }
  Texts named;
  for (const std::string& option : items_named_in(c.text(*reason), options_of(c.item(entry)))) {
    std::string printed = printed_option(c, entry, option);
    if (!printed.empty()) named.push_back(std::move(printed));
  }
  if (named.empty() && ticked.values.empty()) return;
  named.insert(named.end(), ticked.values.begin(), ticked.values.end());
  c.warn(entry,
         "どの箱にも印がありません。「その妥当性」に挙がる項目と括弧内の記入だけを採りました");
  c.set_list(file.items, base + "/items", entry, std::move(named));
  const Place both = cover(place_of(entry.values), place_of(reason->values));
  c.prove(base + "/items", both, "no box is ticked; taken from その妥当性 and the brackets");
}

InfoFile& file_at(const CellsContext& c, int index) {
  while (static_cast<int>(c.out.files.size()) <= index) c.out.files.emplace_back();
  return c.out.files[static_cast<std::size_t>(index)];
}

void set_file_field(const CellsContext& c, const Entry& entry, std::string_view name,
                    const Entry* reason) {
  InfoFile& file = file_at(c, entry.file);
  const std::string base = "/files/" + std::to_string(entry.file);
  const std::string pointer = base + "/" + std::string(name);
  if (name == "name")
    c.set_line(file.name, pointer, entry);
  else if (name == "kind")
    c.set_choice(file.kind, pointer, entry);
  else if (name == "people")
    c.set_choice(file.people, pointer, entry);
  else if (name == "scope")
    c.set_text(file.scope, pointer, entry);
  else if (name == "items_range")
    c.set_choice(file.items_range, pointer, entry);
  else if (name == "items")
    set_items(c, file, base, entry, reason);
  else if (name == "held_since")
    c.set_line(file.held_since, pointer, entry);
  else if (name == "department")
    c.set_text(file.department, pointer, entry);
  else if (name == "sources")
    set_ticks(c, file.sources, pointer, entry);
  else if (name == "means")
    set_ticks(c, file.means, pointer, entry);
  else if (name == "used_by")
    c.set_text(file.used_by, pointer, entry);
  else if (name == "users")
    c.set_choice(file.users, pointer, entry);
  else if (name == "used_since")
    c.set_line(file.used_since, pointer, entry);
  else if (name == "storage")
    c.set_text(file.storage, pointer, entry);
  else if (name == "retention")
    c.set_choice(file.retention, pointer, entry);
  else if (name == "erasure")
    c.set_text(file.erasure, pointer, entry);
}

// True if the text can be the end of a name of a system or file: then what follows is the next.
bool ends_name(std::string_view text) {
  for (std::string_view end : {"システム", "サーバー", "サーバ", "機能", "基盤", "台帳", "ネット",
                               "ネットワーク", "ファイル", "ソフト", "ソフトウェア", "サービス",
                               "アプリ", "クラウド", "ツール", "端末", "データベース", "）", ")"}) {
    if (text.ends_with(end)) return true;
  }
  return false;
}

// Names in lines, behind bullets, or parted by 、 or a space outside of brackets: a separator parts
// names only behind the end of one, since they hold all of these themselves.
Texts names_of(const std::string& text) {
  Texts names;
  for (const std::string& line : bulleted_lines(text)) {
    std::string name;
    int depth = 0;
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t here = at;
      const char32_t c = next_char(line, at);
      if (c == U'（' || c == U'(' || c == U'「') ++depth;
      if (c == U'）' || c == U')' || c == U'」') --depth;
      const bool separator =
          c == U'、' || c == U'，' || c == U'､' || c == U'\n' || c == U' ' || c == 0x3000;
      const bool bracket = at < line.size() && (line[at] == '(' || line.compare(at, 3, "（") == 0);
      if (depth == 0 && separator && ends_name(name) && !bracket) {
        names.push_back(std::move(name));
        name.clear();
      } else {
        name += line.substr(here, at - here);
      }
    }
    // A line that is no end of a name goes on in the next.
    if (!trim(name).empty()) names.push_back(trim(name));
  }
  return names;
}

// 様式2 only names its files, one a line, perhaps numbered.
void read_names_only(const CellsContext& c) {
  for (const Entry& entry : c.entries.items) {
    if (entry.node < 0 || std::string_view(c.item(entry).pointer) != "/files/*/name" ||
        !c.out.files.empty())
      continue;
    for (const std::string& line : lines_of(c.text(entry))) {
      std::string name = line;
      for (std::string_view bullet : {"・", "･", "○", "●"}) {
        if (name.starts_with(bullet)) name = trim(std::string_view(name).substr(bullet.size()));
      }
      const Label numbered = read_label(name);
      if (!numbered.number.empty()) {
        const std::size_t at =
            numbered.number.size() <= 2 ? name.find_first_of(".)") : numbered.number.size() - 1;
        std::string rest = name;
        if (numbered.number.size() >= 3)
          rest = trim(std::string_view(name).substr(numbered.number.size()));
        else if (at != std::string::npos)
          rest = trim(std::string_view(name).substr(at + 1));
        if (!rest.empty()) name = rest;
      }
      InfoFile file;
      file.name = name;
      c.prove("/files/" + std::to_string(c.out.files.size()) + "/name", place_of(entry.values));
      c.out.files.push_back(std::move(file));
    }
  }
}

}  // namespace

void extract_systems(const CellsContext& c) {
  std::map<int, std::size_t> by_number;
  std::set<int> named;  // systems of which more than boxes is known
  std::map<int, Place> headings;
  for (const Entry& entry : c.entries.items) {
    if (entry.node < 0) continue;
    const std::string_view pointer = c.item(entry).pointer;
    if (pointer == "/systems/*") headings[entry.repeat] = place_of(entry.labels);
    if ((pointer == "/systems/*/name" || pointer == "/systems/*/functions") &&
        !c.raw(entry).empty())
      named.insert(entry.repeat);
  }
  for (const Entry& entry : c.entries.items) {
    if (entry.node < 0 || !std::string_view(c.item(entry).pointer).starts_with("/systems/*"))
      continue;
    if (c.form.kind() == Kind::Basic) {
      for (const std::string& line : names_of(c.raw(entry))) {
        System system;
        system.no = static_cast<int>(c.out.systems.size()) + 1;
        system.name = line;
        for (const char* field : {"/no", "/name"}) {
          c.prove("/systems/" + std::to_string(c.out.systems.size()) + field,
                  place_of(entry.values));
        }
        c.out.systems.push_back(std::move(system));
      }
      continue;
    }
    if (entry.range || entry.repeat == 0) continue;
    const bool heading = c.item(entry).level == Level::Group;
    if (heading) continue;
    const auto known = by_number.find(entry.repeat);
    if (known == by_number.end() && c.raw(entry).empty()) continue;
    // Boxes alone: of an empty frame, or of a system whose page is missing.
    if (named.count(entry.repeat) == 0 && ticked_of(c, entry).values.empty()) {
      if (entry.repeat < 0) c.warn(entry, "どのシステムの欄か決められません（頁の欠落）");
      continue;
    }
    if (known == by_number.end()) {
      by_number[entry.repeat] = c.out.systems.size();
      c.out.systems.push_back({});
      c.out.systems.back().no = std::max(entry.repeat, 0);
      c.prove("/systems/" + std::to_string(c.out.systems.size() - 1) + "/no",
              headings[entry.repeat]);
    }
    const std::size_t index = by_number[entry.repeat];
    System& system = c.out.systems[index];
    const std::string base = "/systems/" + std::to_string(index);
    const std::string_view pointer = c.item(entry).pointer;
    if (pointer == "/systems/*/name") c.set_line(system.name, base + "/name", entry);
    if (pointer == "/systems/*/functions") c.set_text(system.functions, base + "/functions", entry);
    if (pointer == "/systems/*/connections") {
      set_ticks(c, system.connections, base + "/connections", entry);
    }
  }
}

void extract_files(const CellsContext& c) {
  if (c.form.kind() == Kind::Basic) return read_names_only(c);
  const std::vector<Entry>& items = c.entries.items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Entry& entry = items[i];
    if (entry.node < 0 || entry.file < 0) continue;
    std::string_view pointer = c.item(entry).pointer;
    constexpr std::string_view kBase = "/files/*/";
    if (!pointer.starts_with(kBase)) {
      file_at(c, entry.file);
      continue;
    }
    pointer.remove_prefix(kBase.size());
    if (pointer.find('/') != std::string_view::npos) continue;  // contracts, provisions
    const Entry* reason = i + 1 < items.size() && items[i + 1].node >= 0 &&
                                  std::string_view(c.item(items[i + 1]).label) == "その妥当性"
                              ? &items[i + 1]
                              : nullptr;
    set_file_field(c, entry, pointer, reason);
  }
  for (std::size_t i = 0; i < c.out.files.size(); ++i) {
    if (!c.out.files[i].name)
      c.out.warnings.push_back("Ⅱ: " + std::to_string(i + 1) +
                               "番目の特定個人情報ファイルの名称が見当たりません");
  }
}

}  // namespace pia
