// Memory: what reports taught, at once. A fold over the log of reports: the same reports in the same order
// make the same memory, so withdrawing one is to fold the others anew. It speaks as signals, like all else
// that judges; what it says of one site never changes by what a single other site reports.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/features.h"
#include "classifier/memory/learner.h"
#include "classifier/memory/report_index.h"
#include "classifier/memory/reporters.h"
#include "classifier/memory/reputations.h"
#include "classifier/memory/who.h"
#include "classifier/result.h"
#include "classifier/signal.h"

namespace winnow {

struct MemoryOptions {
  int quorum = 3;      // independent sites that must agree before reports act on other sites, at least 2
  double floor = 0.6;  // Reporters' floor
  std::size_t megabytes = 64;  // about so much is kept; what is oldest or says least goes first

  bool operator==(const MemoryOptions&) const = default;
};

// One report, as the memory takes it.
struct Lesson {
  std::int64_t seq = 0;   // its place in the log, rising
  std::int64_t site = 0;  // above 0
  // Who speaks for the site: sites with the same voter are not independent of each other.
  std::int64_t voter = 0;
  std::string reporter;  // as the platform names them; counted by site
  bool spam = false;
  bool curator = false;  // an administrator's word, which counts on all sites
  double points = 0;     // the judge's sum for the comment without the memory
  std::int64_t at = 0;   // milliseconds since 1970
  // False for a report that the model was trained on: it is remembered, but the learner passes over it.
  bool teaches = true;
};

// What became of a lesson.
struct Taught {
  enum class Became {
    kLearned,
    kAlreadyKnown,  // remembered; the judge had it right by itself, so there was nothing to learn
    kDuplicate,     // the site said the same of this text before: nothing changed
    kConflict,      // the site said the opposite of this text before: the newer word counts
  } became = Became::kLearned;
  std::int64_t earlier = 0;  // seq of that report before; 0 if there is none
  int sites = 0;             // independent sites, this one included, that say the same of this comment
  bool everywhere = false;   // it counts on all sites: enough of them agree, or an administrator said it
};

// A report on a comment that is like another.
struct AlikeReport {
  std::int64_t seq = 0;  // its place in the log
  std::int64_t site = 0;
  bool spam = false;
  double likeness = 0;  // 1: the same text
};

// A report that acts on its own site alone, for too few independent sites say the same yet.
struct WaitingReport {
  std::int64_t seq = 0;  // of its lesson
  std::int64_t site = 0;
  int sites = 0;  // that say the same, its own included
};

// Thread rule: const methods from any number of threads while nobody writes.
class Memory {
 public:
  explicit Memory(const MemoryOptions& options = {}, std::shared_ptr<const Background> background = nullptr);

  // The next report of the log. `who`: whose comment it is on, if the comment does not say it itself.
  Taught learn(const Lesson& lesson, const Features& features, const Who& who);
  Taught learn(const Lesson& lesson, const Features& features) {
    return learn(lesson, features, who_of(features.comment));
  }
  // A report of this reporter was withdrawn by somebody else. Counts against them, and for nothing more.
  void discredit(const Lesson& withdrawn);

  // What it has to say of a comment on `site`, behind the signals that are there already.
  // Their sum is what it learned to correct. `who` as with learn().
  void judge(std::int64_t site, const Features& features, const Who& who, std::vector<Signal>& signals) const;
  void judge(std::int64_t site, const Features& features, std::vector<Signal>& signals) const {
    judge(site, features, who_of(features.comment), signals);
  }

  // Adds to each of `shares`, one a token of `list` (learner_tokens() of the comment), the points that the
  // learners give for it behind signals that sum to `before`.
  void add_shares(std::int64_t site, const TokenList& list, double before, std::span<double> shares) const;

  // Reports on the same text and on nearly the same ones, the likest first, at most `most`.
  std::vector<AlikeReport> alike(const Features& features, std::size_t most) const;

  // Other sites report this comment, or nearly the same, as spam more than as ham; their number may be below
  // the quorum.
  bool is_suspected_elsewhere(std::int64_t site, const Features& features) const;

  // Those among the newest `look_at` reports, newest first, of the sites for which `wanted` says so; at most
  // `most`.
  std::vector<WaitingReport> waiting(std::size_t look_at, std::size_t most,
                                     const std::function<bool(std::int64_t site)>& wanted) const;

  const Reporters& reporters() const { return reporters_; }
  const MemoryOptions& options() const { return options_; }
  std::size_t report_count() const { return reports_.size(); }

  // Hash of all that reports taught; the standing of those who reported is not in it. Equal for logs that
  // differ in withdrawn reports alone.
  std::uint64_t hash() const;

  // All of it, for a quick start. parse() gives kCorrupt for anything but what serialize() of this version
  // wrote with the same options.
  std::string serialize() const;
  static Result<Memory> parse(std::string_view bytes, const MemoryOptions& options,
                              std::shared_ptr<const Background> background);

 private:
  struct Look;  // a comment as the memory sees it
  // What enough sites say of comments like one.
  struct Agreement {
    bool reached = false;
    double likeness = 0;  // of the least alike of the comments that it took
    int sites = 0;
  };
  struct Opinion {
    double points = 0;
    std::string sentence;
  };

  Taught remember(const Lesson& lesson, const Look& look, std::uint32_t reporter);
  void settle(const std::vector<ReportMatch>& same, bool spam);
  void count(const Lesson& lesson, const Features& features, const Who& who, std::uint32_t reporter);
  Agreement agreement_on(const std::vector<ReportMatch>& matches, std::int64_t site, bool spam,
                         Trust standing) const;
  Opinion opinion_of(const std::vector<ReportMatch>& matches, std::int64_t site, bool spam) const;
  void judge_by_reports(std::int64_t site, const Look& look, std::vector<Signal>& signals) const;
  void judge_by_reputation(std::int64_t site, const Features& features, const Who& who,
                           std::vector<Signal>& signals) const;

  void judge_by_learners(std::int64_t site, const Features& features, std::vector<Signal>& signals) const;
  double judge_by_learner(const Learner* learner, const char* id, const char* whose, const TokenList& tokens,
                          double offset, std::vector<Signal>& signals) const;

  MemoryOptions options_;
  std::shared_ptr<const Background> background_;
  Reporters reporters_;
  ReportIndex reports_;
  Reputations reputations_;
  Learners learners_;
  std::int64_t latest_ = 0;  // time of the newest lesson
};

}  // namespace winnow
