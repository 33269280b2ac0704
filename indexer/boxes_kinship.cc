#include "indexer/boxes_kinship.h"

#include <algorithm>
#include <array>

#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

using View = std::u32string_view;

// Words that every system's text has.
constexpr std::array<View, 7> kCommon{U"システム", U"ネットワ-ク", U"情報", U"管理",
                                      U"連携",     U"機能",        U"事務"};

// 団体内統合宛名システム（宛名システム等） → 団体内統合宛名, 宛名.
std::vector<std::u32string> cores(std::string_view name) {
  std::vector<std::u32string> out;
  for (std::u32string part : split_at(key(name.substr(0, name.find('\n'))), U"()「」、")) {
    for (const View end : {U"システム等", U"システム", U"ファイル", U"機能", U"-"}) {
      if (part.size() > end.size() + 1 && part.ends_with(end))
        part.resize(part.size() - end.size());
    }
    if (part.size() >= 2) out.push_back(std::move(part));
  }
  return out;
}

std::size_t longest_common(View a, View b) {
  std::size_t best = 0;
  std::vector<std::size_t> row(b.size() + 1, 0);
  for (const char32_t c : a) {
    for (std::size_t j = b.size(); j > 0; --j) {
      row[j] = b[j - 1] == c ? row[j - 1] + 1 : 0;
      best = std::max(best, row[j]);
    }
  }
  return best;
}

// Core without the words that every system has: the longest piece.
std::u32string distinctive(std::u32string core) {
  for (const View word : kCommon) {
    for (std::size_t at; (at = core.find(word)) != View::npos;)
      core.replace(at, word.size(), U"\n");
  }
  std::u32string best;
  for (std::u32string& piece : split_at(core, U"\n")) {
    if (piece.size() > best.size()) best = std::move(piece);
  }
  return best;
}

bool speaks_as_own(View text, View core) {
  for (std::size_t at = text.find(core); at != View::npos; at = text.find(core, at + 1)) {
    View rest = text.substr(at + core.size());
    for (const View skip : {U"-", U"システム"}) {
      if (rest.starts_with(skip)) rest.remove_prefix(skip.size());
    }
    for (const View own : {U"は、", U"は", U"が", U"内", U"を利用する", U"における"}) {
      if (rest.starts_with(own)) return true;
    }
  }
  return false;
}

// The text without the places where the core is a partner: 中間サーバーへ依頼し.
std::u32string without_partners(std::u32string text, View core) {
  for (std::size_t at = text.find(core); at != View::npos; at = text.find(core, at)) {
    View rest = View(text).substr(at + core.size());
    for (const View skip : {U"-", U"システム"}) {
      if (rest.starts_with(skip)) rest.remove_prefix(skip.size());
    }
    bool partner = false;
    for (const View word : {U"へ", U"に", U"と連携", U"との", U"から", U"を介", U"連携"})
      partner = partner || rest.starts_with(word);
    if (partner)
      text.replace(at, core.size(), U"\n");
    else
      at += core.size();
  }
  return text;
}

// What a text calls the system behind a box of ③.
struct Target {
  View label;
  std::array<View, 4> called;
};
constexpr std::array<Target, 6> kTargets{{
    {U"情報提供ネットワ-クシステム", {U"情報提供ネットワ-ク", U"", U"", U""}},
    {U"庁内連携システム", {U"庁内連携", U"庁内システム", U"共通基盤", U"庁内の"}},
    {U"住民基本台帳ネットワ-クシステム", {U"住民基本台帳ネットワ-ク", U"住基ネット", U"", U""}},
    {U"既存住民基本台帳システム",
     {U"既存住民基本台帳", U"既存住基", U"住民基本台帳システム", U"住基システム"}},
    {U"宛名システム等", {U"宛名", U"", U"", U""}},
    {U"税務システム", {U"税務", U"課税", U"税システム", U""}},
}};

}  // namespace

std::vector<std::u32string> split_at(View text, View marks) {
  std::vector<std::u32string> out(1);
  for (const char32_t c : text) {
    if (marks.find(c) != View::npos)
      out.emplace_back();
    else
      out.back().push_back(c);
  }
  return out;
}

double kinship(std::string_view functions, std::string_view name) {
  const std::u32string text = key(functions);
  double best = 0;
  for (const std::u32string& core : cores(name)) {
    double here = core.size() >= 3 && speaks_as_own(text, core) ? 3.0 : 0.0;
    const std::u32string own = distinctive(core);
    const std::size_t common = longest_common(own, without_partners(text, core));
    if (common >= 3) here += std::min(2.0, 0.5 * static_cast<double>(common - 2));
    best = std::max(best, here);
  }
  return best;
}

bool calls(View text, View label) {
  for (const Target& target : kTargets) {
    if (target.label != label) continue;
    for (const View word : target.called) {
      if (!word.empty() && text.find(word) != View::npos) return true;
    }
  }
  return false;
}

bool carries(View text, View name) {
  const std::u32string own = distinctive(std::u32string(name));
  if (own.size() < 3) return text.find(name) != View::npos;
  return longest_common(own, text) * 10 >= own.size() * 7;
}

}  // namespace pia::boxes
