// Poisoning: one site reports the comments of other sites' authors as spam and a spam campaign as ham, ten
// thousand times. No other site judges differently by it, and the reporter is found out.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/learning/site.h"
#include "tests/learning/spintax.h"
#include "tests/source_dir.h"
#include "tools/training/golden_set.h"

namespace winnow::learning_test {
namespace {

constexpr std::int64_t kSites = 20;
constexpr std::int64_t kPoisoner = kSites + 1;
constexpr int kFalseReports = 10000;

// A comment of the campaign that the poisoner wants to be let pass.
Comment campaign_comment(std::uint32_t seed) {
  Choices choices(seed);
  Comment comment;
  comment.author = spin("{Eva|Max|Ida} {Bonus|Jackpot|Vegas}", choices);
  comment.author_url = spin("http://{lucky|royal|grand}-{spins|slots}{1|2|3}.example/", choices);
  comment.content = spin(
      "{Great|Super|Wonderful} {article|post}! {Get|Take|Claim} your {welcome bonus|free spins} {today|right "
      "now} and "
      "{win|earn} {real money|big prizes} at {our|the best} {online casino|slot site}, {no deposit|no card} "
      "{needed|required}: "
      "http://{lucky|royal|grand}-{spins|slots}{1|2|3}.example/{go|win|play}",
      choices);
  return comment;
}

double errors_percent(const Site& all, const std::vector<std::pair<Comment, bool>>& comments) {
  long errors = 0, judged = 0;
  for (std::int64_t site = 1; site <= kSites; ++site)
    for (std::size_t i = static_cast<std::size_t>(site); i < comments.size(); i += kSites, ++judged)
      errors += all.judge(comments[i].first, site).is_spam() != comments[i].second;
  return 100.0 * static_cast<double>(errors) / static_cast<double>(judged);
}

TEST_CASE(
    "ten thousand false reports of one site change no other site's verdicts, and its reporter is flagged") {
  // Each site's own traffic: comments of its authors, and the campaign.
  std::vector<std::pair<Comment, bool>> traffic;
  const auto golden =
      golden::read_golden_set(source_dir() + "/tests/golden", source_dir() + "/data/seed").rows;
  for (std::size_t i = 0; i < golden.size(); ++i) {
    Comment comment = golden[i].comment;
    if (!golden[i].spam) comment.author_email = "reader" + std::to_string(i) + "@mail.example";
    traffic.emplace_back(comment, golden[i].spam);
  }
  for (std::uint32_t seed = 1; seed <= 200; ++seed) traffic.emplace_back(campaign_comment(seed), true);

  Site all;
  // Three sites have reported some of the campaign, as they saw it.
  for (const std::int64_t site : {1, 2, 3})
    for (std::uint32_t seed = 900; seed < 905; ++seed)
      all.report(campaign_comment(seed), true, site, "owner");
  const double before = errors_percent(all, traffic);

  std::vector<Comment> honest;
  for (const auto& [comment, spam] : traffic)
    if (!spam) honest.push_back(comment);
  for (int i = 0; i < kFalseReports; ++i) {
    const auto seed = static_cast<std::uint32_t>(i);
    if (i % 2 == 0)
      all.report(campaign_comment(seed + 1000), false, kPoisoner, "mallory");
    else
      all.report(honest[static_cast<std::size_t>(i) / 2 % honest.size()], true, kPoisoner, "mallory");
  }
  const double after = errors_percent(all, traffic);
  MESSAGE("errors of the other sites: ", before, " % before, ", after, " % after");
  CHECK(std::abs(after - before) <= 0.1);

  const auto& reporters = all.memory.reporters().all();
  const auto mallory = std::ranges::find(reporters, "mallory", &Reporter::name);
  REQUIRE(mallory != reporters.end());
  CHECK_FALSE(all.memory.reporters().is_trusted(static_cast<std::uint32_t>(mallory - reporters.begin())));
  for (std::size_t i = 0; i < reporters.size(); ++i)
    if (reporters[i].name == "owner") CHECK(all.memory.reporters().is_trusted(static_cast<std::uint32_t>(i)));
}

}  // namespace
}  // namespace winnow::learning_test
