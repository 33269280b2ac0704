// The kind of work (分野) that a process (事務) belongs to, so that the same work compares across
// bodies that name it differently: 個人市県民税賦課事務 and 個人住民税に関する事務 are both
// 個人住民税.

#ifndef PIA_DICTS_CATEGORIES_H_
#define PIA_DICTS_CATEGORIES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pia {

// Of the name of a process or the title of an assessment; the most specific wording in it wins
// (児童扶養手当 over 児童). nullopt if none of dicts/data/categories.tsv is in it.
std::optional<std::string> category_of(std::string_view name);

// The first text that has a category: name of the process, then title, then names of files.
std::optional<std::string> category_of_first(const std::vector<std::string_view>& names);

std::vector<std::string> all_categories();  // in the file's order, each once

}  // namespace pia

#endif  // PIA_DICTS_CATEGORIES_H_
