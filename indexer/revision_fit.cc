#include "indexer/revision_fit.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"
#include "indexer/form.h"

namespace pia {
namespace {

using View = std::u32string_view;

// A label torn in two: 開始 | 日.
struct Halves {
  std::u32string first, rest;
};

struct Words {
  // By their last character, in the form's order.
  std::unordered_map<char32_t, std::vector<std::pair<std::u32string, const FormItem*>>> labels;
  // Every way to tear a label, by the two characters at the tear.
  std::map<std::pair<char32_t, char32_t>, std::vector<Halves>> torn;
  std::set<std::u32string, std::less<>> options;  // of every item that is a choice
};

const Words& words() {
  static const Words all = [] {
    Words out;
    for (const FormItem& item : form_table()) {
      std::string_view rest = item.label, variants = item.variants;
      while (true) {
        std::u32string label = boxes::key(rest);
        for (std::size_t n = 2; n + 2 <= label.size(); ++n)
          out.torn[{label[n - 1], label[n]}].push_back({label.substr(0, n), label.substr(n)});
        if (label.size() >= 3) {
          const char32_t last = label.back();
          out.labels[last].emplace_back(std::move(label), &item);
        }
        if (variants.empty()) break;
        const std::size_t bar = variants.find('|');
        rest = variants.substr(0, bar);
        variants = bar == std::string_view::npos ? std::string_view() : variants.substr(bar + 1);
      }
      if (item.answer != Answer::Choice) continue;
      for (const std::string_view option : options_of(item)) {
        std::u32string k = boxes::key(option);
        if (k.size() >= 4) out.options.insert(std::move(k));
      }
    }
    return out;
  }();
  return all;
}

bool has_option(const FormItem& item, View value) {
  const auto options = options_of(item);
  return std::any_of(options.begin(), options.end(),
                     [&](std::string_view option) { return View(boxes::key(option)) == value; });
}

bool is_bare_date(View value) { return value.size() <= 14 && boxes::looks_like_date(value); }

}  // namespace

const FormItem* named_item(View item) {
  while (!item.empty() && View(U")※」〕]】").find(item.back()) != View::npos) item.remove_suffix(1);
  const FormItem* found = nullptr;
  std::size_t size = 0;
  if (item.empty()) return found;
  const auto labels = words().labels.find(item.back());
  if (labels == words().labels.end()) return found;
  for (const auto& [label, form_item] : labels->second) {
    if (label.size() > size && item.ends_with(label)) found = form_item, size = label.size();
  }
  return found;
}

bool label_goes_on(View item, View next) {
  if (item.empty() || next.empty()) return false;
  if (boxes::is_digit(item.back()) && next.front() == '.')
    return next.size() > 2;  // １ | ．対象人数
  const auto torn = words().torn.find({item.back(), next.front()});
  return torn != words().torn.end() &&
         std::any_of(torn->second.begin(), torn->second.end(), [&](const Halves& label) {
           return item.ends_with(label.first) && next.starts_with(label.rest);
         });
}

bool names_part(View item, View next) {
  if (next.empty() || item.ends_with(next) || named_item(item) == nullptr) return false;
  const auto labels = words().labels.find(next.back());
  return labels != words().labels.end() &&
         std::any_of(labels->second.begin(), labels->second.end(), [&](const auto& label) {
           return label.first == next && label.second->level == Level::Detail;
         });
}

bool is_choice(View value) { return words().options.count(value) != 0; }

Fit fits(const FormItem* item, View value) {
  constexpr std::size_t kLongest = 24;  // of what is said around a choice or a date
  if (item == nullptr || value.empty()) return Fit::Unknown;
  const bool option = is_choice(value);
  switch (item->answer) {
    case Answer::Choice:
      if (has_option(*item, value)) return Fit::Yes;
      // 対象人数 tells of its いつ時点の計数か, too.
      if (!option && is_bare_date(value) && value.ends_with(U"時点")) return Fit::Unknown;
      return option || value.size() > kLongest || is_bare_date(value) ? Fit::No : Fit::Unknown;
    case Answer::Date:
      if (is_bare_date(value)) return Fit::Yes;
      // A period is told at length: 令和7年1月6日から令和7年2月5日まで(31日間)
      return option || (value.size() > kLongest && value.find(U'年') == View::npos) ? Fit::No
                                                                                    : Fit::Unknown;
    case Answer::Prose:
    case Answer::Organisation:
      return option ? Fit::No : Fit::Unknown;
    case Answer::None:
    case Answer::Ticks:
    case Answer::Number:
    case Answer::Table:
      break;
  }
  return Fit::Unknown;
}

}  // namespace pia
