#include "query/csv.h"

#include <algorithm>

namespace pia {
namespace {

bool is_number(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (text.empty() || text.size() > 15) return false;
  const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
  const auto points = std::ranges::count(text, '.');
  return digits > 0 && points <= 1 && static_cast<std::size_t>(digits + points) == text.size();
}

bool begins_formula(std::string_view text) {
  constexpr std::string_view kOpeners[] = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
  return std::ranges::any_of(kOpeners, [&](std::string_view c) { return text.starts_with(c); });
}

}  // namespace

std::string harmless_cell(std::string_view text) {
  if (!begins_formula(text) || is_number(text)) return std::string(text);
  return "'" + std::string(text);
}

std::string csv_record(const std::vector<std::string>& cells) {
  std::string record;
  for (const std::string& cell : cells) {
    if (&cell != cells.data()) record += ',';
    const std::string text = harmless_cell(cell);
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
      record += text;
      continue;
    }
    record += '"';
    for (const char c : text) {
      if (c == '"') record += '"';
      record += c;
    }
    record += '"';
  }
  return record + "\r\n";
}

}  // namespace pia
