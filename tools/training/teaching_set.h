// TeachingSet: the reports that retraining learns from, read, settled and split.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/engine.h"
#include "classifier/result.h"
#include "tools/training/dataset.h"
#include "tools/training/delta_trainer.h"
#include "tools/training/settle.h"

namespace winnow {

// One report as a source gives it.
struct LoggedReport {
  std::int64_t seq = 0;  // of the log; 0 for a row of a file
  std::string id;
  std::string site;        // site_name(); empty for a row that names none, which speaks for all sites
  std::int64_t voter = 0;  // who speaks for the site (Lesson::voter); 0: the site for itself
  std::string reporter;    // who reported, within the site
  std::int64_t at = 0;     // milliseconds since 1970; 0 if it is not known
  bool curator = false;    // the word of one who speaks for all sites
  bool spam = false;
  Comment comment;
};

// Gives all its reports in order of arrival, each time it is asked: once to settle them, once to read those
// that are kept. What was withdrawn or was a test is left out.
using ReportSource = std::function<Result<void>(const std::function<void(const LoggedReport&)>& visit)>;

// The rows of a data set as reports: their site is that of Comment::blog.
ReportSource source_of(const Dataset& dataset);

// One row that teaches.
struct TeachingRow {
  std::int64_t seq = 0;
  std::string site;
  bool of_site = false;  // see SettledReport
  bool of_all = false;
  bool held_out = false;  // for the comparison with the champion
  DeltaExample example;   // with the base's points
};

struct TeachingSet {
  std::vector<TeachingRow> rows;  // in order of arrival
  std::vector<Row> comments;      // theirs; `source` is the site
  std::size_t read = 0;           // reports that the sources gave
  Settled settled;                // its counts; `kept` is empty
  std::int64_t last_seq = 0;      // of the newest report that was read
  std::int64_t last_at = 0;
  std::string last_id;
};

struct TeachingOptions {
  SettleOptions settle;
  // Share of each site's rows that is held out: the newest near-duplicate groups whole; where no time is
  // known, groups by lot.
  double held_out = 0.2;
  std::uint64_t seed = 1;  // of the lot
};

using TeachingProgress = std::function<void(std::string_view what, double done)>;

// Needs memory for the rows that are kept and 80 bytes for each report. Fails as the sources do.
Result<TeachingSet> read_teaching_set(const std::vector<ReportSource>& sources, const Engine& base,
                                      const TeachingOptions& options, const TeachingProgress& progress);

}  // namespace winnow
