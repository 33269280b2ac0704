#include "indexer/boxes_cover.h"

#include <array>

#include "indexer/boxes_build.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"
#include "indexer/utf8.h"

namespace pia::boxes {
namespace {

std::u32string page_key(const Page& page) {
  std::u32string out;
  for (const Box& box : page.boxes) {
    for (const Piece& piece : box.pieces) out += piece.key;
  }
  return out;
}

bool contains(const std::u32string& text, std::u32string_view word) {
  return text.find(word) != std::u32string::npos;
}

// The text at 評価書名 before anything was added to it.
std::string title_text(const Reading& cover) {
  for (const Slot& slot : cover.slots) {
    if (slot.values.empty()) continue;
    const Fragment& label = cover.fragments[static_cast<std::size_t>(slot.fragment)];
    if (label.key == U"評価書名") return text_of(cover, slot);
  }
  return {};
}

bool is_kind_suffix(const std::u32string& k) {
  return k == U"基礎項目評価書" || k == U"重点項目評価書" || k == U"全項目評価書";
}

}  // namespace

Kind find_kind(const std::vector<Page>& pages) {
  const std::u32string cover = page_key(pages.front());
  constexpr std::array<std::pair<std::u32string_view, Kind>, 6> kWords{
      {{U"(重点項目評価書)", Kind::Priority},
       {U"(全項目評価書)", Kind::Full},
       {U"(基礎項目評価書)", Kind::Basic},
       {U"重点項目評価書", Kind::Priority},
       {U"全項目評価書", Kind::Full},
       {U"基礎項目評価書", Kind::Basic}}};
  for (const auto& [word, kind] : kWords) {
    if (contains(cover, word)) return kind;
  }
  for (const Page& page : pages) {
    const std::u32string k = page_key(page);
    if (contains(k, U"取扱いプロセスにおけるリスク対策") ||
        contains(k, U"特定個人情報ファイルを取り扱う理由"))
      return Kind::Full;
    if (contains(k, U"しきい値判断項目") ||
        contains(k, U"関連情報1.特定個人情報ファイルを取り扱う"))
      return Kind::Basic;
  }
  return Kind::Priority;
}

Place place_of_kind(const Source& source, Kind kind) {
  const std::string word = std::string(kind_name(kind)) + "評価書";
  const std::u32string wanted = key(word);
  int first = -1;
  for (std::size_t i = 0; i < source.lines.size(); ++i) {
    if (first < 0 && !trim(source.lines[i].text).empty()) first = static_cast<int>(i);
    // No other character is folded to 評: most lines need no key.
    if (find_word(source.lines[i].text, "評") != std::string_view::npos &&
        contains(key(source.lines[i].text), wanted)) {
      first = static_cast<int>(i);
      break;
    }
  }
  return first < 0 ? Place() : place_of(source, first, first);
}

void find_edition(const std::vector<Page>& pages, const Source& source, Assessment& out) {
  std::u32string text;
  std::vector<int> line;
  for (const Box& box : pages.front().boxes) {
    for (const Piece& piece : box.pieces) {
      const std::u32string& k = piece.key;
      text += k;
      line.insert(line.end(), k.size(), piece.line);
    }
  }
  for (std::size_t at = text.find(U"様式"); at != std::u32string::npos;
       at = text.find(U"様式", at + 1)) {
    if (at + 2 >= text.size() || text[at + 2] < '2' || text[at + 2] > '4') continue;
    const std::size_t open = text.rfind('[', at);
    if (open == std::u32string::npos || at - open > 14) continue;
    const std::u32string edition = text.substr(open + 1, at - open - 1);
    out.form_name = to_utf8(text.substr(at, 3));
    if (contains(edition, U"年")) out.edition = to_utf8(edition);
    out.places["/form/name"] = place_of(source, line[at], line[at]);
    if (out.edition) out.places["/form/edition"] = place_of(source, line[open], line[at]);
    return;
  }
}

void complete_cover(const Reading& cover, const Source& source, Assessment& out) {
  for (std::size_t i = 0; i < cover.fragments.size(); ++i) {
    const Fragment& f = cover.fragments[i];
    if (f.what != What::Text || (i < cover.used.size() && cover.used[i])) continue;
    const std::u32string& k = f.key;
    if (out.title && is_kind_suffix(k) && out.title->find("評価書") == std::string::npos) {
      *out.title += "　" + f.text;
      out.places["/title"] =
          join(out.places["/title"], place_of(source, f.first_line, f.last_line));
    }
    // あおば市 / みどり給付に関する事務: the name of the body in front of the title, cut off at its
    // space.
    if (out.title && i + 1 < cover.fragments.size() && k.size() < 10 &&
        cover.fragments[i + 1].text == title_text(cover) &&
        (k.back() == U'市' || k.back() == U'区' || k.back() == U'町' || k.back() == U'村' ||
         k.back() == U'県')) {
      out.title = f.text + "　" + *out.title;
      out.places["/title"] =
          join(out.places["/title"], place_of(source, f.first_line, f.last_line));
      continue;
    }
    if (out.title || is_furniture(k) || !contains(k, U"評価書")) continue;
    std::string_view text = f.text;
    std::size_t digits = 0;
    while (digits < k.size() && is_digit(k[digits])) ++digits;
    const std::size_t first_line =
        source.lines[static_cast<std::size_t>(f.first_line)].text.find_first_not_of(" ");
    const std::string_view line = trim(source.lines[static_cast<std::size_t>(f.first_line)].text);
    if (digits > 0 && first_line != std::string::npos && key(line).size() == digits) {
      out.number = std::string(line);  // the number stands alone above the title
      out.places["/number"] = place_of(source, f.first_line, f.first_line);
      text = trim(text.substr(line.size()));
      out.places["/title"] = place_of(source, f.first_line + 1, f.last_line);
    } else {
      out.places["/title"] = place_of(source, f.first_line, f.last_line);
    }
    out.title = std::string(text);
  }
}

}  // namespace pia::boxes
