// Chooses the layout, refuses what is no assessment, and finishes what a layout found.

#include "indexer/extract.h"

#include <algorithm>
#include <initializer_list>
#include <set>

#include "indexer/entries.h"
#include "indexer/form.h"

namespace pia {
namespace {

// The list of files and addresses that belongs behind --manifest, met in a folder.
bool is_manifest(const Source& source) {
  if (source.lines.empty()) return false;
  const std::string& heads = source.lines.front().text;
  const auto names = [&](std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return heads.find(word) != std::string::npos;
    });
  };
  return heads.find(',') != std::string::npos && names({"path", "ファイル", "パス"}) &&
         names({"url", "municipality", "published_on", "自治体", "公表日"});
}

Error not_a_form(const Source& source) {
  if (is_manifest(source))
    return Error{ErrorCode::SourceNotForm,
                 "a list of files, not an assessment: name it with --manifest", source.path};
  return Error{ErrorCode::SourceNotForm,
               "no privacy impact assessment: the labels of the forms 様式2, 3 and 4 (評価書番号, "
               "事務の名称, 特定個人情報ファイル名, …) do not stand in it",
               source.path};
}

bool holds_anything(const Assessment& a) {
  return a.kind && (a.title || a.process.name || !a.files.empty() || !a.risks.empty() ||
                    !a.revisions.empty());
}

// How many different labels of the form must begin a line or a cell. A text about assessments has
// the words of the form too, but in its sentences; a form has labels, even where pages are missing.
constexpr std::size_t kLabelsOfAForm = 5;
constexpr std::size_t kLongestLabelLine = 400;

// Counts different labels at the beginnings of lines, and stops when there are enough.
class LabelCounter {
 public:
  explicit LabelCounter(const Form& form) : form_(form) {}

  bool enough() const { return found_.size() >= kLabelsOfAForm; }

  void add(std::string_view text) {
    while (!text.empty() && !enough()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      add_line(text.substr(0, std::min(end, kLongestLabelLine)));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

 private:
  void add_line(std::string_view line) {
    const std::string key = read_label(line).key;
    std::size_t length = 0;
    auto nodes = form_.find(key);
    if (nodes.empty()) nodes = form_.find_prefix(key, &length);
    if (!nodes.empty()) found_.insert(nodes.front());
  }
  const Form& form_;
  std::set<int> found_;
};

bool has_labels(const Source& source, std::string_view kind) {
  LabelCounter counter(Form::of(kind == kind_name(Kind::Basic)      ? Kind::Basic
                                : kind == kind_name(Kind::Priority) ? Kind::Priority
                                                                    : Kind::Full));
  for (const auto& row : source.rows) {
    for (const auto& cell : row.cells) counter.add(cell.text);
    if (counter.enough()) return true;
  }
  for (const auto& line : source.lines) {
    counter.add(line.text);
    if (counter.enough()) return true;
  }
  return false;
}

}  // namespace

Result<Assessment> extract(const Source& source) {
  Assessment assessment =
      source.layout == SourceLayout::Cells ? extract_cells(source) : extract_boxes(source);
  if (!holds_anything(assessment) || !has_labels(source, *assessment.kind))
    return not_a_form(source);
  finish(assessment, source);
  return assessment;
}

}  // namespace pia
