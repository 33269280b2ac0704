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
  return {ErrorCode::Dictionary,
          "OCR needs the program tesseract with Japanese; install tesseract-ocr and tesseract-ocr-jpn", {}, 0, 0};
}

// Runs tesseract with `input` on its standard input; nullopt if it cannot be run or fails.
std::optional<std::string> run_tesseract(std::vector<const char*> arguments, std::string_view input) {
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
  const int failed = posix_spawnp(&pid, "tesseract", &actions, nullptr, const_cast<char**>(arguments.data()), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(in), close(out[1]);
  std::string text;
  if (!failed) {
    std::array<char, 65536> part;
    for (ssize_t n; (n = read(out[0], part.data(), part.size())) > 0;) text.append(part.data(), static_cast<std::size_t>(n));
  }
  close(out[0]);
  int status = 0;
  if (failed || waitpid(pid, &status, 0) != pid || status != 0) return std::nullopt;
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t at; (at = text.find(separator)) != std::string_view::npos; text.remove_prefix(at + 1)) {
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

// A word's box, shared out evenly among its characters.
void add_word(std::string_view word, const Box& box, std::vector<Glyph>& glyphs) {
  const std::u32string text = utf8::decode(word);
  const double step = box.width() / static_cast<double>(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const double x = box.x0 + step * static_cast<double>(i);
    if (text[i] > ' ') glyphs.push_back({text[i], {x, box.y0, x + step, box.y1}, box.height(), 0});
  }
}

// level page block par line word left top width height conf text
void add_words(std::string_view table, std::vector<Glyph>& glyphs) {
  for (std::string_view row : split(table, '\n')) {
    const auto fields = split(row, '\t');
    if (fields.size() != 12 || fields[0] != "5" || fields[11].empty()) continue;
    const double left = number(fields[6]), top = number(fields[7]);
    add_word(fields[11], {left * kPoints, top * kPoints, (left + number(fields[8])) * kPoints, (top + number(fields[9])) * kPoints}, glyphs);
  }
}

struct Picture {
  int width = 0, height = 0;
  std::string_view pixels;
  bool dark(int x, int y) const {
    return static_cast<unsigned char>(pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)]) < 140;
  }
};

// Runs of dark pixels of at least half an inch are rules; text has none so long. Thick rules give
// several, which find_cells() snaps together.
void add_rules(const Picture& picture, bool across, std::vector<Rule>& rules) {
  const int outer = across ? picture.height : picture.width, inner = across ? picture.width : picture.height;
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
}

Picture parse(std::string_view pnm) {
  Picture picture;
  const std::size_t end = pnm.find('\n');
  const auto fields = split(pnm.substr(0, end), ' ');
  if (fields.size() != 4) return picture;
  picture.width = static_cast<int>(number(fields[1])), picture.height = static_cast<int>(number(fields[2]));
  picture.pixels = pnm.substr(end + 1);
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
    return Error{ErrorCode::SourceDamaged, "page " + std::to_string(index + 1) + " cannot be painted", {}, index + 1, 0};
  }
  const auto table = run_tesseract({"stdin", "stdout", "-l", "jpn", "--dpi", "300", "--psm", "6", "tsv"}, image);
  if (!table) return no_tesseract();
  page.glyphs.clear();
  add_words(*table, page.glyphs);
  const Picture picture = parse(image);
  add_rules(picture, true, page.rules);
  add_rules(picture, false, page.rules);
  return Done{};
}

}  // namespace pia
