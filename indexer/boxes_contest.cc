#include "indexer/boxes_contest.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace pia::boxes {
namespace {

constexpr int kMostSteps = 100000;
constexpr double kClearly = 0.9;  // less than any single proof

using Members = std::vector<std::size_t>;

// Chains that have a word in common compete; others do not matter to them.
std::vector<Members> contests(const std::vector<ContestChain>& chains) {
  std::vector<Members> out;
  std::vector<std::set<int>> words;
  for (std::size_t c = 0; c < chains.size(); ++c) {
    Members members{c};
    std::set<int> here;
    for (const ContestPiece& piece : chains[c].pieces) here.insert(piece.word);
    for (std::size_t k = 0; k < out.size();) {
      if (std::none_of(here.begin(), here.end(),
                       [&](int word) { return words[k].count(word) != 0; })) {
        ++k;
        continue;
      }
      members.insert(members.begin(), out[k].begin(), out[k].end());
      here.insert(words[k].begin(), words[k].end());
      out.erase(out.begin() + static_cast<std::ptrdiff_t>(k));
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(k));
    }
    out.push_back(std::move(members));
    words.push_back(std::move(here));
  }
  return out;
}

class Contest {
 public:
  Contest(const std::vector<ContestChain>& chains, const Members& members, std::size_t owners)
      : chains_(chains), members_(members), has_(owners), owner_(members.size()) {
    for (const std::size_t c : members) {
      for (const ContestPiece& piece : chains[c].pieces) words_.insert(piece.word);
    }
  }

  void decide(std::vector<Verdict>& verdicts) {
    share(0, 0);
    if (best_owner_.empty() || steps_ > kMostSteps) return;
    for (std::size_t i = 0; i < members_.size(); ++i) {
      Verdict& verdict = verdicts[members_[i]];
      verdict.owner = best_owner_[i];
      const std::vector<ContestPiece>& pieces = chains_[members_[i]].pieces;
      for (std::size_t p = 0; p < pieces.size(); ++p) {
        const auto& said = said_.at({verdict.owner, pieces[p].word});
        verdict.sure[p] = std::all_of(said.begin(), said.end(), [&](const auto& other) {
          return other.first == pieces[p].says || other.second < best_ - kClearly;
        });
      }
    }
  }

 private:
  void share(std::size_t i, double proof) {
    if (++steps_ > kMostSteps) return;
    if (i == members_.size()) return note(proof);
    const ContestChain& chain = chains_[members_[i]];
    for (std::size_t k = 0; k < has_.size(); ++k) {
      if (std::any_of(chain.pieces.begin(), chain.pieces.end(),
                      [&](const ContestPiece& p) { return has_[k].count(p.word) != 0; }))
        continue;
      for (const ContestPiece& piece : chain.pieces) has_[k][piece.word] = piece.says;
      owner_[i] = k;
      share(i + 1, proof + chain.proof[k]);
      for (const ContestPiece& piece : chain.pieces) has_[k].erase(piece.word);
    }
  }

  // A share is complete: for each word of each owner the best proof with which it says this.
  void note(double proof) {
    if (proof > best_) best_ = proof, best_owner_ = owner_;
    for (std::size_t k = 0; k < has_.size(); ++k) {
      for (const int word : words_) {
        const auto here = has_[k].find(word);
        const std::u32string says = here == has_[k].end() ? U"?" : here->second;
        double& most = said_[{k, word}].try_emplace(says, proof).first->second;
        most = std::max(most, proof);
      }
    }
  }

  const std::vector<ContestChain>& chains_;
  const Members& members_;
  std::set<int> words_;
  std::vector<std::map<int, std::u32string>> has_;  // of each owner, by word
  std::vector<std::size_t> owner_, best_owner_;
  double best_ = -1e9;
  std::map<std::pair<std::size_t, int>, std::map<std::u32string, double>> said_;
  int steps_ = 0;
};

}  // namespace

std::vector<Verdict> share_chains(const std::vector<ContestChain>& chains, std::size_t owners) {
  std::vector<Verdict> out(chains.size());
  for (std::size_t c = 0; c < chains.size(); ++c)
    out[c].sure.assign(chains[c].pieces.size(), false);
  for (const Members& members : contests(chains)) Contest(chains, members, owners).decide(out);
  return out;
}

}  // namespace pia::boxes
