// tesseract reads the picture from its standard input (a file in memory) and writes one line a
// word, tab-separated. Rules are found by looking for long dark runs of pixels.

#include "indexer/ocr.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "dicts/utf8.h"

extern char** environ;

namespace pia {
namespace {

constexpr int kDotsPerInch = 300;
constexpr double kPoints = 72.0 / kDotsPerInch;

Error no_tesseract() {
  return {
      ErrorCode::Dictionary,
      "OCR needs the program tesseract with Japanese; install tesseract-ocr and tesseract-ocr-jpn",
      {},
      0,
      0};
}

// Runs tesseract with `input` on its standard input; nullopt if it cannot be run or fails.
std::optional<std::string> run_tesseract(std::vector<const char*> arguments,
                                         std::string_view input) {
  const int in = memfd_create("page", MFD_CLOEXEC);
  int out[2];
  if (in < 0 || pipe2(out, O_CLOEXEC) != 0) return std::nullopt;
  for (std::string_view rest = input; !rest.empty();) {
    const ssize_t n = write(in, rest.data(), rest.size());
    if (n <= 0) break;
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
  lseek(in, 0, SEEK_SET);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in, 0);
  posix_spawn_file_actions_adddup2(&actions, out[1], 1);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  arguments.insert(arguments.begin(), "tesseract");
  arguments.push_back(nullptr);
  pid_t pid = 0;
  const int failed = posix_spawnp(&pid, "tesseract", &actions, nullptr,
                                  const_cast<char**>(arguments.data()), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(in), close(out[1]);
  std::string text;
  if (!failed) {
    std::array<char, 65536> part;
    for (ssize_t n; (n = read(out[0], part.data(), part.size())) > 0;)
      text.append(part.data(), static_cast<std::size_t>(n));
  }
  close(out[0]);
  int status = 0;
  if (failed || waitpid(pid, &status, 0) != pid || status != 0) return std::nullopt;
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t at; (at = text.find(separator)) != std::string_view::npos;
       text.remove_prefix(at + 1)) {
    parts.push_back(text.substr(0, at));
  }
  parts.push_back(text);
  return parts;
}

double number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

struct Word {
  Box box;
  std::u32string text;
};

// The words of one line, left to right. Their boxes are rough: they overlap, and tesseract parts
// Japanese words where nothing parts them. So every word begins where the one before ended, unless
// there is a real gap, and its width is shared out evenly among its characters.
void add_line(std::vector<Word> words, const Box& line, std::vector<Glyph>& glyphs) {
  double end = -1e9;
  for (Word& word : words) {
    const bool joined = word.box.x0 - end < 0.9 * line.height();
    if (joined) word.box.x0 = end;
    word.box.x1 = std::max(word.box.x1, word.box.x0 + 0.3 * line.height());
    const double step = word.box.width() / static_cast<double>(word.text.size());
    // A comma's box is low and small: the line's height serves all.
    const bool small = word.box.height() < 0.6 * line.height();
    const double top = small ? line.y0 : word.box.y0, bottom = small ? line.y1 : word.box.y1;
    for (std::size_t i = 0; i < word.text.size(); ++i) {
      const double x = word.box.x0 + step * static_cast<double>(i);
      if (word.text[i] > U' ')
        glyphs.push_back({word.text[i], {x, top, x + step, bottom}, bottom - top, 0, Glyph{}.clip});
    }
    end = word.box.x1;
  }
}

// level page block par line word left top width height conf text; level 4 is a line, 5 a word.
void add_words(std::string_view table, std::vector<Glyph>& glyphs) {
  std::vector<Word> words;
  Box line;
  for (std::string_view row : split(table, '\n')) {
    const auto fields = split(row, '\t');
    if (fields.size() != 12 || (fields[0] != "4" && fields[0] != "5")) continue;
    const double left = number(fields[6]) * kPoints, top = number(fields[7]) * kPoints;
    const Box box{left, top, left + number(fields[8]) * kPoints, top + number(fields[9]) * kPoints};
    if (fields[0] == "4") {
      add_line(std::move(words), line, glyphs);
      words.clear();
      line = box;
    } else if (fields[11].find_first_not_of(" |") != std::string_view::npos) {
      words.push_back({box, utf8::decode(fields[11])});
    }
  }
  add_line(std::move(words), line, glyphs);
}

struct Picture {
  int width = 0, height = 0;
  std::string pixels;
  char& at(int x, int y) {
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(x)];
  }
  bool dark(int x, int y) { return static_cast<unsigned char>(at(x, y)) < 140; }
};

// Runs of dark pixels of at least half an inch are rules; text has none so long. Thick rules give
// several, which find_cells() snaps together.
std::vector<Rule> rules_of(Picture& picture, bool across) {
  std::vector<Rule> rules;
  const int outer = across ? picture.height : picture.width,
            inner = across ? picture.width : picture.height;
  for (int o = 0; o < outer; ++o) {
    int from = -1, gap = 0;
    for (int i = 0; i <= inner; ++i) {
      const bool dark = i < inner && (across ? picture.dark(i, o) : picture.dark(o, i));
      if (dark) {
        if (from < 0) from = i;
        gap = 0;
        continue;
      }
      if (from < 0 || (i < inner && ++gap <= 2)) continue;
      if (i - gap - from >= kDotsPerInch / 2) {
        const double at = o * kPoints, a = from * kPoints, b = (i - gap) * kPoints;
        rules.push_back(across ? Rule{{a, at, b, at}} : Rule{{at, a, at, b}});
      }
      from = -1, gap = 0;
    }
  }
  return rules;
}

// Rules disturb the reading of what stands near them.
void erase(Picture& picture, const Rule& rule) {
  const auto pixel = [](double points) { return static_cast<int>(std::lround(points / kPoints)); };
  for (int y = std::max(0, pixel(rule.box.y0) - 1);
       y <= std::min(picture.height - 1, pixel(rule.box.y1) + 1); ++y) {
    for (int x = std::max(0, pixel(rule.box.x0) - 1);
         x <= std::min(picture.width - 1, pixel(rule.box.x1) + 1); ++x)
      picture.at(x, y) = '\xFF';
  }
}

Picture parse(std::string_view pnm) {
  Picture picture;
  const std::size_t end = pnm.find('\n');
  const auto fields = split(pnm.substr(0, end), ' ');
  if (fields.size() != 4) return picture;
  picture.width = static_cast<int>(number(fields[1])),
  picture.height = static_cast<int>(number(fields[2]));
  picture.pixels = pnm.substr(end + 1);
  picture.pixels.resize(
      static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height), '\xFF');
  return picture;
}

}  // namespace

Status check_ocr() {
  const auto languages = run_tesseract({"--list-langs"}, "");
  if (!languages || languages->find("\njpn\n") == std::string::npos) return no_tesseract();
  return Done{};
}

Status read_by_ocr(const PdfText& file, int index, PageContent& page) {
  const std::string image = file.picture(index, kDotsPerInch);
  if (image.empty()) {
    return Error{ErrorCode::SourceDamaged,
                 "page " + std::to_string(index + 1) + " cannot be painted",
                 {},
                 index + 1,
                 0};
  }
  Picture picture = parse(image);
  const std::string head = image.substr(0, image.find('\n') + 1);
  const std::vector<Rule> across = rules_of(picture, true), down = rules_of(picture, false);
  for (const Rule& rule : across) erase(picture, rule);
  for (const Rule& rule : down) erase(picture, rule);
  const auto table = run_tesseract(
      {"stdin", "stdout", "-l", "jpn", "--dpi", "300", "--psm", "6", "tsv"}, head + picture.pixels);
  if (!table) return no_tesseract();
  page.glyphs.clear();
  add_words(*table, page.glyphs);
  page.rules.insert(page.rules.end(), across.begin(), across.end());
  page.rules.insert(page.rules.end(), down.begin(), down.end());
  return Done{};
}

}  // namespace pia
