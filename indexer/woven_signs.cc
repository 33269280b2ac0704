#include "indexer/woven_signs.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "indexer/form.h"

namespace pia {
namespace {

constexpr std::size_t kLongLabel = 24, kPrefix = 15;  // bytes: eight and five kanji

// The keys of labels of so many bytes and more, sorted: labels that begin alike stand together.
std::vector<std::string> label_keys(std::size_t least) {
  std::vector<std::string> keys;
  for (const FormItem& item : form_table()) {
    std::string_view rest = item.label;
    std::string_view variants = item.variants;
    while (true) {
      std::string key = read_label(rest).key;
      if (key.size() >= least) keys.push_back(std::move(key));
      if (variants.empty()) break;
      const std::size_t bar = variants.find('|');
      rest = variants.substr(0, bar);
      variants = bar == std::string_view::npos ? std::string_view() : variants.substr(bar + 1);
    }
  }
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

bool begins_label(const std::vector<std::string>& keys, std::string_view text) {
  const auto at = std::ranges::lower_bound(keys, text);
  return at != keys.end() && at->starts_with(text);
}

}  // namespace

bool has_form_feeds(const std::vector<SourceLine>& lines) {
  return std::ranges::any_of(lines,
                             [](const SourceLine& line) { return line.text.starts_with('\f'); });
}

double share_of_torn_labels(WovenLines& lines) {
  static const std::vector<std::string> all = label_keys(1), keys = label_keys(kLongLabel);
  int torn = 0, whole = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines.source()[i].text.size() > 150) continue;  // a label's line is short
    const std::string& key = lines.label(i).key;
    if (key.size() < kPrefix || !begins_label(keys, key) || std::ranges::binary_search(all, key))
      continue;
    const std::string& below = lines.source()[i + 1].text;
    const std::string next = below.size() > 300 ? std::string() : read_label("x" + below).key;
    const bool goes_on = next.size() > 1 && begins_label(keys, key + next.substr(1));
    ++(goes_on ? whole : torn);
  }
  return torn == 0 ? 0 : static_cast<double>(torn) / (torn + whole);
}

}  // namespace pia
