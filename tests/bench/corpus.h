// A corpus of any size for benchmarks: the assessments of sample-data, extracted, with their
// sentences exchanged, numbers redrawn and bodies, companies and dates made up. Documents have the
// structure and length of real ones (about 35 KB of text each); the vocabulary is smaller.

#ifndef PIA_TESTS_BENCH_CORPUS_H_
#define PIA_TESTS_BENCH_CORPUS_H_

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

namespace pia::bench {

class Corpus {
 public:
  // Reads the texts of a folder of assessments.
  explicit Corpus(const std::filesystem::path& folder);

  // The n-th assessment of the interface document; the same for the same n.
  nlohmann::ordered_json assessment(std::uint32_t n) const;

  // Bytes of text in all passages of a record.
  static std::size_t text_bytes(const nlohmann::ordered_json& record);

 private:
  std::string rewrite(const std::string& text, std::mt19937& random) const;
  std::vector<nlohmann::ordered_json> bases_;
  std::vector<std::string> sentences_;
};

}  // namespace pia::bench

#endif  // PIA_TESTS_BENCH_CORPUS_H_
