#include "bench/corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "indexer/assessment.h"
#include "indexer/extract.h"

namespace pia::bench {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> split_sentences(const std::string& text) {
  std::vector<std::string> out;
  static const std::string kEnd = "。";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find(kEnd, at);
    const std::size_t next = end == std::string::npos ? text.size() : end + kEnd.size();
    out.push_back(text.substr(at, next - at));
    at = next;
  }
  return out;
}

std::size_t below(std::mt19937& random, std::size_t n) { return random() % n; }

// Company 1 is named a hundred times as often as company 100.
std::string company(std::mt19937& random) {
  constexpr std::size_t kCompanies = 800;
  const double u = static_cast<double>(random()) / static_cast<double>(std::mt19937::max());
  const auto rank = static_cast<std::size_t>(std::pow(static_cast<double>(kCompanies), u));
  return fmt::format("株式会社仮想第{}計算", rank);
}

}  // namespace

Corpus::Corpus(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  for (const auto& path : files) {
    std::ifstream in(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    const auto source = read_text_source(bytes, path.string());
    if (!source) continue;
    const auto assessment = extract(*source);
    if (!assessment) continue;
    bases_.push_back(to_json(*assessment));
    for (const auto& passage : bases_.back()["passages"]) {
      for (auto& sentence : split_sentences(passage["text"].get<std::string>())) {
        if (sentence.size() > 30) sentences_.push_back(std::move(sentence));
      }
    }
  }
}

std::string Corpus::rewrite(const std::string& text, std::mt19937& random) const {
  std::string out;
  for (const auto& sentence : split_sentences(text)) {
    out += sentence.size() > 30 && random() % 3 == 0 ? sentences_[below(random, sentences_.size())]
                                                     : sentence;
  }
  for (char& c : out) {
    if (c >= '0' && c <= '9' && random() % 2) c = static_cast<char>('0' + random() % 10);
  }
  return out;
}

Json Corpus::assessment(std::uint32_t n) const {
  std::mt19937 random(n);
  Json record = bases_[below(random, bases_.size())];
  const std::size_t town = below(random, 1741);
  record["id"] = fmt::format("bench-{}", n);
  record["series"] = fmt::format("bench-series-{}", n % 5 ? n : n / 5);
  record["sources"] = {{{"path", fmt::format("bench/{}.txt", n)},
                        {"format", "text"},
                        {"sha256", fmt::format("{:064x}", n)},
                        {"url", nullptr}}};
  record["published_on"] = fmt::format("{}-{:02}-{:02}", 2015 + below(random, 11),
                                       1 + below(random, 12), 1 + below(random, 28));
  record["body"] = {{"printed", fmt::format("仮想県仮想{}市長", town)},
                    {"municipality", fmt::format("仮想{}市", town)},
                    {"prefecture", fmt::format("仮想{}県", town % 47)},
                    {"code", fmt::format("{:06}", town)}};
  for (auto& passage : record["passages"]) {
    passage["text"] = rewrite(passage["text"].get<std::string>(), random);
  }
  for (auto& file : record["files"]) {
    for (auto& row : file["contracts"]["rows"]) {
      for (auto& contractor : row["contractors"]) {
        contractor["name"] = contractor["printed"] = company(random);
      }
    }
  }
  return record;
}

std::size_t Corpus::text_bytes(const Json& record) {
  std::size_t out = 0;
  for (const auto& passage : record["passages"])
    out += passage["text"].get_ref<const std::string&>().size();
  return out;
}

}  // namespace pia::bench
