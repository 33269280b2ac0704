// The three official forms as one table: which items there are, in which order and under which
// heading, what their labels look like and what kind of answer they take. Readers of a layout
// recognise labels through this table and nothing else, so that a new layout or a new edition
// needs rows here and not code elsewhere.
//
//   kind        form    chapters
//   基礎項目    様式2   Ⅰ 関連情報, Ⅱ しきい値判断項目, Ⅲ しきい値判断結果, Ⅳ リスク対策
//   重点項目    様式3   Ⅰ 基本情報, Ⅱ ファイルの概要, Ⅲ リスク対策, Ⅳ 開示請求, Ⅴ 評価実施手続
//   全項目      様式4   Ⅰ, Ⅱ, Ⅲ (process risks), Ⅳ その他のリスク対策, Ⅴ 開示請求, Ⅵ 評価実施手続
//
// Editions (平成26年4月 … 令和6年10月) differ in numbering and wording, not in structure: the table
// has the numbers of the newest edition for order and defaults, and every wording as a variant;
// item paths print the number that stands in the document (see item_path).

#ifndef PIA_INDEXER_FORM_H_
#define PIA_INDEXER_FORM_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pia {

enum class Kind : std::uint8_t { Basic, Priority, Full };

// 基礎項目, 重点項目, 全項目; 様式2, 様式3, 様式4.
std::string_view kind_name(Kind kind);
std::string_view form_name(Kind kind);

// What stands at a label.
enum class Answer : std::uint8_t {
  None,          // a heading: nothing of its own (ticks beside it are rows below it in the table)
  Prose,         // free text
  Choice,        // one of `options` in brackets: [ 十分である ]
  Ticks,         // any of `options`, each with a box: [○] 紙
  Number,        // a number, perhaps with 件
  Date,          // a date as printed
  Organisation,  // names of companies or bodies
  Table,         // rows of their own (変更箇所)
};

enum class Level : std::uint8_t {
  Chapter,  // Ⅱ 特定個人情報ファイルの概要, （別添2） 変更箇所, 表紙
  Section,  // ４．特定個人情報ファイルの取扱いの委託
  Group,   // 委託事項1, 提供先2, システム3, リスク1: repeats or has its own sub-items
  Item,    // ③委託先名
  Detail,  // 使用部署 below ④使用の主体, その妥当性, 具体的な方法
};

struct FormItem {
  const char* forms;  // the digits of the forms that have it: "234", "34", "2"
  Level level;
  const char* numbers[3];  // in 様式2, 様式3, 様式4 (newest edition): "③", "４", "Ⅱ", "" if none
  const char* label;     // as printed in the newest edition, without number and ※
  const char* variants;  // other wordings (older editions, misprints), separated by '|'
  Answer answer;
  const char* options;  // choices or boxes, separated by '|'; those of all editions
  const char* pointer;  // JSON Pointer of the value it fills, '*' for a row; "" if none
};

// The whole table in the order of the forms; every form is a filter of it.
std::span<const FormItem> form_table();

// A label with what is not its wording taken off: spaces, ※ and ＊ marks, width and dashes, the
// number before it. `number` is normalised: "③", "4" (of ４．), "Ⅱ", "リスク1", "リスク";
// `repeat` is the number behind a repeating heading (委託事項2 → 2), `range` marks the empty
// continuation headings (委託事項6～10).
struct Label {
  std::string key;
  std::string number;
  int repeat = 0;
  bool range = false;
};
Label read_label(std::string_view text);

// One node of one form.
struct FormNode {
  const FormItem* item = nullptr;
  int parent = -1;          // index of the heading above it, -1 for chapters
  const char* number = "";  // in this form, newest edition
};

// One form, ready to look up labels. Immutable; safe to use from several threads.
class Form {
 public:
  static const Form& of(Kind kind);

  Kind kind() const { return kind_; }
  std::span<const FormNode> nodes() const { return nodes_; }
  const FormNode& node(int id) const { return nodes_[static_cast<std::size_t>(id)]; }

  // Nodes with that wording, in form order (リスクへの対策は十分か has many). Keys are those of
  // read_label. Numbers are not compared: see resolve.
  std::span<const int> find(std::string_view key) const;

  // The longest label that `key` begins with, at least three characters long; its length in bytes
  // of `key`, and the nodes. For labels with their value in the same cell.
  std::span<const int> find_prefix(std::string_view key, std::size_t* length) const;

  // Which of the nodes with this label is meant when `current` was the last one met (-1 at the
  // start): below current or its headings first, else the next one in form order, else the first
  // before. A circled number in the label must stand in the table too, or the label is text that
  // happens to look like one. -1 if none fits.
  int resolve(const Label& label, int current) const;
  int resolve(const Label& label, int current, std::span<const int> candidates) const;

  bool is_below(int id, int ancestor) const;  // also true of id == ancestor
  int chapter_of(int id) const;
  int section_of(int id) const;          // -1 if the node is not in a section
  int group_of(int id) const;            // -1 if the node is not in a group
  int repeating_group_of(int id) const;  // its group if it may stand several times
                                         // (委託事項, システム, 提供先), else -1
  int child(int id, std::string_view label) const;  // by table label; -1 if absent

 private:
  explicit Form(Kind kind);
  Kind kind_;
  struct Headings {
    int chapter = -1, section = -1, group = -1, repeating = -1;
  };
  std::vector<FormNode> nodes_;
  std::vector<Headings> headings_;  // above each node, itself included
  struct Index;
  std::shared_ptr<const Index> index_;
};

// Choices of an item as the table lists them.
std::vector<std::string_view> options_of(const FormItem& item);

// The headings above an item as the document prints them; empty ones fall back on the table.
struct PrintedPath {
  std::string chapter;  // "Ⅱ"
  std::string section;  // "4"
  std::string group;    // "委託事項1", "リスク1"
  std::string item;     // "③"
};

// "Ⅱ-4 委託事項1 ③委託先名", "Ⅰ-5 ②法令上の根拠", "表紙 公表日", "別添2 変更箇所".
std::string item_path(const Form& form, int node, const PrintedPath& printed);

}  // namespace pia

#endif  // PIA_INDEXER_FORM_H_
