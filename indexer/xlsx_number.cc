#include "indexer/xlsx_number.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <vector>

namespace pia {
namespace {

struct Part {
  char letter = 0;  // y m d g e h s; 0 for literal text
  int count = 0;
  std::string text;
};

// The first section of a format code in parts: brackets, colours and padding are dropped.
std::vector<Part> parts_of(std::string_view format) {
  std::vector<Part> parts;
  const auto literal = [&](std::string_view text) {
    if (parts.empty() || parts.back().letter) parts.push_back({});
    parts.back().text += text;
  };
  for (std::size_t i = 0; i < format.size() && format[i] != ';'; ++i) {
    const char c =
        format[i] >= 'A' && format[i] <= 'Z' ? static_cast<char>(format[i] + 32) : format[i];
    if (c == '[') {
      i = std::min(format.find(']', i), format.size());
    } else if (c == '"') {
      const std::size_t end = std::min(format.find('"', i + 1), format.size());
      literal(format.substr(i + 1, end - i - 1));
      i = end;
    } else if (c == '\\' || c == '!') {
      if (++i < format.size()) literal(format.substr(i, 1));
    } else if (c == '_' || c == '*') {
      ++i;
    } else if (c == '@') {
      continue;
    } else if (std::string_view("ymdgehsr").find(c) != std::string_view::npos) {
      if (parts.empty() || parts.back().letter != c) parts.push_back({c, 0, {}});
      ++parts.back().count;
    } else {
      literal(format.substr(i, 1));
    }
  }
  return parts;
}

bool is_date(const std::vector<Part>& parts) {
  for (const Part& part : parts) {
    if (part.letter == 'y' || part.letter == 'd' || part.letter == 'g' || part.letter == 'm')
      return true;
    if (part.letter == 'e' && part.count <= 2 && parts.size() > 1) return true;
  }
  return false;
}

struct Era {
  int from;  // yyyymmdd
  const char *letter, *kanji;
};
constexpr Era kEras[] = {{20190501, "R", "令和"},
                         {19890108, "H", "平成"},
                         {19261225, "S", "昭和"},
                         {19120730, "T", "大正"},
                         {18680101, "M", "明治"}};

std::string two(int value, int count) {
  return count >= 2 ? fmt::format("{:02}", value) : std::to_string(value);
}

std::string date_text(double value, const std::vector<Part>& parts, bool since_1904) {
  using namespace std::chrono;
  // Day 60 is a 29 February 1900 that never was: serial numbers count from 1899-12-30.
  const sys_days start = since_1904 ? sys_days(year(1904) / 1 / 1) : sys_days(year(1899) / 12 / 30);
  const double whole = std::floor(value);
  const year_month_day date(start + days(static_cast<int>(whole)));
  const int y = int(date.year()), m = static_cast<int>(unsigned(date.month())),
            d = static_cast<int>(unsigned(date.day()));
  const int seconds = static_cast<int>(std::lround((value - whole) * 86400));
  const Era* era = &kEras[4];
  for (const Era& e : kEras) {
    if (y * 10000 + m * 100 + d >= e.from) {
      era = &e;
      break;
    }
  }
  const int era_year = y - era->from / 10000 + 1;
  std::string out;
  bool after_hour = false;
  for (const Part& part : parts) {
    switch (part.letter) {
      case 'y':
        out += part.count <= 2 ? fmt::format("{:02}", y % 100) : std::to_string(y);
        break;
      case 'm':
        out += after_hour ? two(seconds / 60 % 60, part.count) : two(m, part.count);
        break;
      case 'd':
        if (part.count <= 2) out += two(d, part.count);
        break;
      case 'g':
        out += part.count == 1   ? era->letter
               : part.count == 2 ? std::string(era->kanji).substr(0, 3)
                                 : era->kanji;
        break;
      case 'e':
        out += two(era_year, part.count);
        break;
      case 'r':
        out += era->kanji + two(era_year, 1);
        break;
      case 'h':
        out += two(seconds / 3600, part.count);
        break;
      case 's':
        out += two(seconds % 60, part.count);
        break;
      default:
        out += part.text;
    }
    after_hour = part.letter == 'h' || (after_hour && part.letter == 0);
  }
  return out;
}

std::string plain(double value) {
  if (std::abs(value) < 1e15 && value == std::floor(value)) return fmt::format("{:.0f}", value);
  return fmt::format("{:.15g}", value);
}

std::string grouped(double value) {
  std::string digits = fmt::format("{:.0f}", std::abs(value));
  for (int i = static_cast<int>(digits.size()) - 3; i > 0; i -= 3)
    digits.insert(static_cast<std::size_t>(i), ",");
  return (value < 0 ? "-" : "") + digits;
}

}  // namespace

std::string_view builtin_number_format(int id) {
  switch (id) {
    case 14:
    case 30:
      return "yyyy/m/d";
    case 15:
      return "d-m-yy";
    case 16:
      return "d-m";
    case 17:
      return "m-yy";
    case 22:
      return "yyyy/m/d h:mm";
    case 27:
    case 36:
    case 50:
    case 57:
      return "ge.m.d";
    case 28:
    case 29:
    case 51:
    case 54:
    case 58:
      return "ggge\"年\"m\"月\"d\"日\"";
    case 31:
      return "yyyy\"年\"m\"月\"d\"日\"";
    case 34:
    case 52:
    case 55:
      return "yyyy\"年\"m\"月\"";
    case 35:
    case 53:
    case 56:
      return "m\"月\"d\"日\"";
    case 3:
    case 4:
    case 37:
    case 38:
    case 39:
    case 40:
      return "#,##0";
    case 9:
    case 10:
      return "0%";
    default:
      return "General";
  }
}

std::string format_number(double value, std::string_view format, bool since_1904) {
  if (!std::isfinite(value)) return {};
  const bool general = format.empty() || format == "General" || format == "@";
  if (!general) {
    const std::vector<Part> parts = parts_of(format);
    if (is_date(parts) && value >= 0 && value < 2958466) return date_text(value, parts, since_1904);
    if (format.find("#,##0") != std::string_view::npos && value == std::floor(value)) {
      // The text around the digits is printed too: #,##0"人".
      std::string before, after;
      bool digits = false;
      for (const Part& part : parts) {
        for (const char c : part.text) {
          if (c == '#' || c == '0' || c == ',' || c == '.')
            digits = true;
          else
            (digits ? after : before) += c;
        }
      }
      return before + grouped(value) + after;
    }
    if (format.ends_with("%") && format.find('0') != std::string_view::npos)
      return plain(value * 100) + "%";
    std::string before, after;
    bool digits = false;
    for (const Part& part : parts) {
      for (const char c : part.text) {
        if (c == '#' || c == '0' || c == '.' || c == '?')
          digits = true;
        else
          (digits ? after : before) += c;
      }
    }
    if (digits && value == std::floor(value)) return before + plain(value) + after;
  }
  return plain(value);
}

}  // namespace pia
