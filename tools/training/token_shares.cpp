#include "tools/training/token_shares.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "classifier/memory/tokens.h"

namespace winnow {
namespace {

constexpr int kMinRows = 100;
constexpr double kMinShare = 0.02;

struct Language {
  int rows = 0;
  std::unordered_map<std::uint32_t, int> tokens;
};

}  // namespace

Background token_shares(const std::vector<Row>& rows) {
  std::map<std::string, Language> languages;
  for (const Row& row : rows) {
    if (row.spam || row.lang == "und") continue;
    Comment content;
    content.content = row.comment.content;
    Language& language = languages[row.lang];
    ++language.rows;
    for (const Token& token : learner_tokens(Features(content)).tokens) ++language.tokens[token.hash];
  }
  std::map<std::uint32_t, double> largest;
  for (const auto& [name, language] : languages) {
    if (language.rows < kMinRows) continue;
    for (const auto& [token, count] : language.tokens) {
      const double share = static_cast<double>(count) / language.rows;
      if (share >= kMinShare) largest[token] = std::max(largest[token], share);
    }
  }
  return Background({largest.begin(), largest.end()});
}

}  // namespace winnow
