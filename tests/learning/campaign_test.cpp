// One report: a campaign that the shipped model lets pass is caught when one of its comments was reported,
// and no honest comment of tests/golden changes its outcome by that.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/learning/site.h"
#include "tests/learning/spintax.h"
#include "tests/source_dir.h"
#include "tools/training/golden_set.h"

namespace winnow::learning_test {
namespace {

constexpr std::uint32_t kVariants = 50;
const std::filesystem::path kCampaigns = source_dir() + "/tests/learning/campaigns";
const std::filesystem::path kGolden = source_dir() + "/tests/golden";
const std::filesystem::path kSeed = source_dir() + "/data/seed";

std::vector<Comment> campaign(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string author, url;
  std::getline(in, author);
  std::getline(in, url);
  std::ostringstream content;
  content << in.rdbuf();
  std::vector<Comment> variants;
  for (std::uint32_t seed = 0; seed < kVariants; ++seed) {
    Choices choices(seed * 7919 + 17);
    Comment comment;
    comment.author = spin(author, choices);
    comment.author_url = spin(url, choices);
    comment.content = spin(content.str(), choices);
    variants.push_back(comment);
  }
  return variants;
}

std::vector<std::filesystem::path> campaigns() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(kCampaigns))
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

TEST_CASE("one report of a spun campaign catches nine in ten of the rest, three nearly all, and no ham") {
  const Engine& engine = shipped_engine();
  std::vector<Comment> honest;
  for (const golden::GoldenRow& row : golden::read_golden_set(kGolden, kSeed).rows)
    if (!row.spam && !engine.judge(row.comment, NoHistory()).is_spam()) honest.push_back(row.comment);
  REQUIRE(honest.size() > 200);

  std::size_t judged = 0, caught_by_one = 0, judged_again = 0, caught_by_three = 0;
  for (const std::filesystem::path& file : campaigns()) {
    CAPTURE(file.stem().string());
    const std::vector<Comment> variants = campaign(file);
    const auto pass = std::ranges::count_if(
        variants, [&](const Comment& each) { return !engine.judge(each, NoHistory()).is_spam(); });
    CHECK(pass == kVariants);

    Site site;
    const auto caught_from = [&](std::size_t first) {
      return static_cast<std::size_t>(
          std::count_if(variants.begin() + static_cast<std::ptrdiff_t>(first), variants.end(),
                        [&](const Comment& each) { return site.judge(each).is_spam(); }));
    };
    site.report(variants[0], true);
    const std::size_t one = caught_from(1);
    site.report(variants[1], true);
    site.report(variants[2], true);
    const std::size_t three = caught_from(3);
    MESSAGE(file.stem().string(), ": ", one, " of 49 after one report, ", three, " of 47 after three");
    judged += kVariants - 1, caught_by_one += one;
    judged_again += kVariants - 3, caught_by_three += three;

    for (const Comment& comment : honest) {
      CAPTURE(comment.content);
      CHECK_FALSE(site.judge(comment).is_spam());
    }
  }
  REQUIRE(judged > 0);
  CHECK(static_cast<double>(caught_by_one) >= 0.90 * static_cast<double>(judged));
  CHECK(static_cast<double>(caught_by_three) >= 0.99 * static_cast<double>(judged_again));
}

}  // namespace
}  // namespace winnow::learning_test
