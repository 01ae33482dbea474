#include "classifier/memory/memory.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "classifier/fingerprint.h"
#include "classifier/memory/traces.h"

namespace winnow {
namespace {

// A short text ("thanks!") is written by many; a report on one says nothing of the next.
constexpr int kMinLettersToRemember = 20;

// A person's word on a text outweighs what a model thinks of it; that on one nearly the same less so: from a
// tenth where the two are just alike to six tenths, for the learner has its say on such a text, too.
constexpr double kSameTextPoints = 11;
constexpr double kNoLikeness = 0.25, kFullLikeness = 0.75;
constexpr double kMostOfNear = 0.6;
// From this likeness on, what people say of one comment is taken as said of the other.
constexpr double kSettledLikeness = 0.7;
// Likeness from which reports of several sites are of one campaign.
constexpr double kCampaignLikeness = 0.4;

// What is known of an author, a network or a domain leans, it does not decide.
struct Leaning {
  ReputationOf kind;
  const char* id;
  const char* subject;  // of the sentence
  double weight;
  double limit;
};
constexpr Leaning kAuthor = {ReputationOf::kAuthor, "memory.author", "comments of this e-mail address", 1.5,
                             4};
constexpr Leaning kNetwork = {ReputationOf::kNetwork, "memory.network", "comments from this network", 0.7, 2};
constexpr Leaning kDomain = {ReputationOf::kDomain, "memory.domain", "comments with links to ", 1.5, 4};
// Where more than this share of a site's reports comes from one network, it is a proxy's and says nothing of
// who is behind it.
constexpr double kProxyShare = 0.3;
constexpr double kProxyReports = 10;

// Bytes that one of each takes, about.
constexpr std::size_t kReportBytes = 400, kNameBytes = 150, kWeightBytes = 32;
constexpr std::size_t kMegabyte = 1 << 20;

std::size_t share_of(std::size_t megabytes, double share, std::size_t bytes) {
  return std::max<std::size_t>(
      1000, static_cast<std::size_t>(share * static_cast<double>(megabytes * kMegabyte)) / bytes);
}

double near_points(double likeness) {
  if (likeness >= 1) return kSameTextPoints;
  const double share = (likeness - kNoLikeness) / (kFullLikeness - kNoLikeness);
  return kSameTextPoints * std::clamp(share, 0.0, kMostOfNear);
}

std::string times(double count) {
  const auto whole = static_cast<long>(std::lround(count));
  return std::to_string(whole) + (whole == 1 ? " time" : " times");
}

const char* name_of(bool spam) {
  return spam ? "spam" : "ham";
}

}  // namespace

// The comment, read once.
struct Memory::Look {
  explicit Look(const Features& from)
      : line(model_line(from)),
        sketch(sketch_of(line)),
        text_key(from.shape.letters < kMinLettersToRemember ? 0 : winnow::text_key(from.content.folded)) {}

  std::string line;
  Sketch sketch;
  std::uint64_t text_key;
};

Memory::Memory(const MemoryOptions& options, std::shared_ptr<const Background> background)
    : options_(options),
      background_(background ? std::move(background) : std::make_shared<const Background>()),
      reporters_(options.floor),
      reports_(share_of(options.megabytes, 0.4, kReportBytes)),
      reputations_(share_of(options.megabytes, 0.2, kNameBytes)),
      learners_(share_of(options.megabytes, 0.4, kWeightBytes)) {}

Taught Memory::learn(const Lesson& lesson, const Features& features, const Who& who) {
  latest_ = std::max(latest_, lesson.at);
  const Look look(features);
  const std::uint32_t reporter = reporters_.number_of(lesson.site, lesson.voter, lesson.reporter);
  ++reporters_[reporter].reports;
  Taught taught = remember(lesson, look, reporter);
  if (taught.became == Taught::Became::kDuplicate) return taught;
  count(lesson, features, who, reporter);

  if (!lesson.teaches) return taught;
  const TokenList tokens = learner_tokens(features);
  double points = lesson.points;
  bool learned = false;
  if (taught.everywhere)
    learned = learners_.learn(Learners::kEverywhere, tokens, lesson.spam, points, *background_);
  if (const Learner* others = learners_.find(Learners::kEverywhere))
    points += others->points(tokens, points, *background_);
  learned |= learners_.learn(lesson.site, tokens, lesson.spam, points, *background_);
  if (!learned && taught.became == Taught::Became::kLearned) taught.became = Taught::Became::kAlreadyKnown;
  return taught;
}

void Memory::discredit(const Lesson& withdrawn) {
  const std::uint32_t reporter = reporters_.number_of(withdrawn.site, withdrawn.voter, withdrawn.reporter);
  ++reporters_[reporter].taken_back;
}

// Files the report among those that are remembered one by one, and sees who agrees.
Taught Memory::remember(const Lesson& lesson, const Look& look, std::uint32_t reporter) {
  Taught taught;
  RememberedReport* before = reports_.same_text(lesson.site, look.text_key);
  if (before) {
    taught.earlier = before->seq;
    taught.became = before->spam == lesson.spam ? Taught::Became::kDuplicate : Taught::Became::kConflict;
  }
  if (before && (taught.became == Taught::Became::kConflict || lesson.curator)) {
    const bool raised = lesson.curator && !before->curator;
    before->seq = lesson.seq;
    before->reporter = reporter;
    before->spam = lesson.spam;
    before->curator = lesson.curator;
    before->settled = lesson.curator;
    if (raised && taught.became == Taught::Became::kDuplicate) taught.became = Taught::Became::kLearned;
  }
  if (!before)
    reports_.add({lesson.seq, reporter, lesson.site, look.text_key, look.sketch, lesson.spam, lesson.curator,
                  lesson.curator});

  std::vector<ReportMatch> same = reports_.find(look.text_key, look.sketch);
  std::erase_if(same, [](const ReportMatch& match) { return match.likeness < kSettledLikeness; });
  std::vector<std::uint32_t> saying_the_same = {reporter};
  for (const ReportMatch& match : same)
    if (reports_.at(match.report).spam == lesson.spam &&
        reporters_.is_trusted(reports_.at(match.report).reporter, Trust::kInTheFold))
      saying_the_same.push_back(reports_.at(match.report).reporter);
  taught.sites = reporters_.independent(saying_the_same);
  const bool is_spam = agreement_on(same, 0, true, Trust::kInTheFold).reached,
             is_ham = agreement_on(same, 0, false, Trust::kInTheFold).reached;
  taught.everywhere = lesson.curator || (lesson.spam ? is_spam && !is_ham : is_ham && !is_spam);
  if (taught.everywhere || is_spam != is_ham) settle(same, taught.everywhere ? lesson.spam : is_spam);
  return taught;
}

// What is said of these reports' comment is settled: each counts for or against its reporter, once.
void Memory::settle(const std::vector<ReportMatch>& same, bool spam) {
  for (const ReportMatch& match : same) {
    RememberedReport& report = reports_.at(match.report);
    if (report.settled) continue;
    report.settled = true;
    Reporter& reporter = reporters_[report.reporter];
    ++(report.spam == spam ? reporter.agreed : reporter.disagreed);
  }
}

void Memory::count(const Lesson& lesson, const Features& features, const Who& who, std::uint32_t reporter) {
  const auto add = [&](ReputationOf kind, std::string_view name) {
    if (!name.empty()) reputations_.add(kind, name, reporter, lesson.spam, lesson.at);
  };
  if (!who.author.empty()) add(ReputationOf::kAuthor, who.author.front());
  if (!who.network.empty()) add(ReputationOf::kNetwork, who.network.front());
  add(ReputationOf::kSite, std::to_string(lesson.site));
  for (const std::string& domain : linked_domains(features)) add(ReputationOf::kDomain, domain);
}

// Whether an administrator, or trusted reporters of enough independent sites other than `site`, say it.
Memory::Agreement Memory::agreement_on(const std::vector<ReportMatch>& matches, std::int64_t site, bool spam,
                                       Trust standing) const {
  std::vector<std::uint32_t> saying;
  for (const ReportMatch& match : matches) {
    const RememberedReport& report = reports_.at(match.report);
    if (report.spam != spam || report.site == site || match.likeness < kCampaignLikeness) continue;
    if (!report.curator && !reporters_.is_trusted(report.reporter, standing)) continue;
    saying.push_back(report.reporter);
    const int sites = reporters_.independent(saying);
    if (report.curator || sites >= options_.quorum) return {true, match.likeness, sites};
  }
  return {};
}

void Memory::judge(std::int64_t site, const Features& features, const Who& who,
                   std::vector<Signal>& signals) const {
  if (reporters_.all().empty()) return;
  judge_by_learners(site, features, signals);
  judge_by_reports(site, Look(features), signals);
  judge_by_reputation(site, features, who, signals);
}

// Most sites have reported nothing: then the tokens are not looked for.
void Memory::judge_by_learners(std::int64_t site, const Features& features,
                               std::vector<Signal>& signals) const {
  const Learner* everywhere = learners_.find(Learners::kEverywhere);
  const Learner* here = learners_.find(site);
  if (!everywhere && !here) return;
  const TokenList tokens = learner_tokens(features);
  double points = 0;
  for (const Signal& signal : signals) points += signal.points;
  points += judge_by_learner(everywhere, "memory.learned_everywhere", "reports that count everywhere", tokens,
                             points, signals);
  judge_by_learner(here, "memory.learned", "this site's reports", tokens, points, signals);
}

double Memory::judge_by_learner(const Learner* learner, const char* id, const char* whose,
                                const TokenList& tokens, double offset, std::vector<Signal>& signals) const {
  if (!learner) return 0;
  const double points = learner->points(tokens, offset, *background_);
  if (points == 0) return 0;
  signals.push_back({id, points,
                     std::string(whose) + " make it look like " + name_of(points > 0) +
                         words_that_count(*learner, tokens, *background_)});
  return points;
}

void Memory::add_shares(std::int64_t site, const TokenList& list, double before,
                        std::span<double> shares) const {
  if (const Learner* everywhere = learners_.find(Learners::kEverywhere)) {
    everywhere->add_shares(list, before, *background_, shares);
    before += everywhere->points(list, before, *background_);
  }
  if (const Learner* here = learners_.find(site)) here->add_shares(list, before, *background_, shares);
}

// What reports of this label have to say of a comment that this site has not reported itself.
Memory::Opinion Memory::opinion_of(const std::vector<ReportMatch>& matches, std::int64_t site,
                                   bool spam) const {
  const auto here = std::ranges::find_if(matches, [&](const ReportMatch& match) {
    return reports_.at(match.report).site == site && reports_.at(match.report).spam == spam;
  });
  const double points_here = here == matches.end() ? 0 : near_points(here->likeness);
  const Agreement elsewhere = agreement_on(matches, site, spam, Trust::kNow);
  const double points_elsewhere = elsewhere.reached ? near_points(elsewhere.likeness) : 0;
  const std::string reported = std::string("reported as ") + name_of(spam) + " on ";
  if (points_here >= points_elsewhere)
    return {points_here, "nearly the same as a comment that was " + reported + "this site"};
  const std::string sites = std::to_string(elsewhere.sites) + (elsewhere.sites == 1 ? " site" : " sites");
  const char* as =
      elsewhere.likeness >= 1 ? "the same as a comment that was " : "nearly the same as a comment that was ";
  return {points_elsewhere, as + reported + sites};
}

void Memory::judge_by_reports(std::int64_t site, const Look& look, std::vector<Signal>& signals) const {
  if (const RememberedReport* same = reports_.same_text(site, look.text_key)) {
    signals.push_back(
        {"memory.same_text", same->spam ? kSameTextPoints : -kSameTextPoints,
         std::string("the same text was reported as ") + name_of(same->spam) + " on this site"});
    return;
  }
  const std::vector<ReportMatch> matches = reports_.find(look.text_key, look.sketch);
  if (matches.empty()) return;
  const Opinion spam = opinion_of(matches, site, true), ham = opinion_of(matches, site, false);
  if (spam.points != ham.points)
    signals.push_back({"memory.near_duplicate", spam.points - ham.points,
                       spam.points > ham.points ? spam.sentence : ham.sentence});
}

void Memory::judge_by_reputation(std::int64_t site, const Features& features, const Who& who,
                                 std::vector<Signal>& signals) const {
  const auto of_site = reputations_.of(ReputationOf::kSite, {std::to_string(site)}, latest_);
  double all = 0;
  for (const ReputationCount& count : of_site)
    if (reporters_[count.reporter].site == site) all += count.spam + count.ham;

  const auto lean = [&](const Leaning& leaning, const std::vector<std::string>& names,
                        const std::string& shown) {
    double spam = 0, ham = 0;
    std::vector<std::uint32_t> spam_sites, ham_sites;
    for (const ReputationCount& count : reputations_.of(leaning.kind, names, latest_)) {
      if (reporters_[count.reporter].site == site) {
        spam += count.spam;
        ham += count.ham;
      } else if (reporters_.is_trusted(count.reporter) && count.spam != count.ham) {
        (count.spam > count.ham ? spam_sites : ham_sites).push_back(count.reporter);
      }
    }
    const int agree = reporters_.independent(spam_sites) - reporters_.independent(ham_sites);
    if (agree >= options_.quorum) spam += agree;
    if (spam == ham) return;
    double weight = leaning.weight;
    if (leaning.kind == ReputationOf::kNetwork && spam + ham > kProxyReports &&
        spam + ham > kProxyShare * all)
      weight /= 10;
    // Log-odds of reports with half a report of either kind added (Krichevsky & Trofimov 1981).
    const double points =
        std::clamp(weight * std::log((spam + 0.5) / (ham + 0.5)), -leaning.limit, leaning.limit);
    signals.push_back({leaning.id, points,
                       leaning.subject + shown + " were reported " + times(spam) + " as spam and " +
                           times(ham) + " as ham"});
  };
  lean(kAuthor, who.author, "");
  lean(kNetwork, who.network, "");
  for (const std::string& domain : linked_domains(features)) lean(kDomain, {domain}, domain);
}

std::vector<AlikeReport> Memory::alike(const Features& features, std::size_t most) const {
  const Look look(features);
  std::vector<AlikeReport> alike;
  for (const ReportMatch& match : reports_.find(look.text_key, look.sketch)) {
    if (alike.size() == most) break;
    const RememberedReport& report = reports_.at(match.report);
    alike.push_back({report.seq, report.site, report.spam, match.likeness});
  }
  return alike;
}

bool Memory::is_suspected_elsewhere(std::int64_t site, const Features& features) const {
  const Look look(features);
  std::vector<std::uint32_t> spam, ham;
  for (const ReportMatch& match : reports_.find(look.text_key, look.sketch)) {
    const RememberedReport& report = reports_.at(match.report);
    if (report.site != site && match.likeness >= kSettledLikeness && reporters_.is_trusted(report.reporter))
      (report.spam ? spam : ham).push_back(report.reporter);
  }
  return reporters_.independent(spam) > reporters_.independent(ham);
}

std::vector<WaitingReport> Memory::waiting(std::size_t look_at, std::size_t most,
                                           const std::function<bool(std::int64_t site)>& wanted) const {
  std::vector<WaitingReport> waiting;
  const std::deque<RememberedReport>& all = reports_.reports();
  for (auto report = all.rbegin(); report != all.rend() && look_at > 0 && waiting.size() < most; ++report) {
    --look_at;
    if (report->curator || !wanted(report->site)) continue;
    std::vector<ReportMatch> same = reports_.find(report->text_key, report->sketch);
    std::erase_if(same, [](const ReportMatch& match) { return match.likeness < kSettledLikeness; });
    if (agreement_on(same, 0, report->spam, Trust::kNow).reached) continue;
    std::vector<std::uint32_t> saying = {report->reporter};
    for (const ReportMatch& match : same)
      if (reports_.at(match.report).spam == report->spam &&
          reporters_.is_trusted(reports_.at(match.report).reporter))
        saying.push_back(reports_.at(match.report).reporter);
    waiting.push_back({report->seq, report->site, reporters_.independent(saying)});
  }
  return waiting;
}

}  // namespace winnow
