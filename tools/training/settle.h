// Settle: from all reports that were ever made to those that teach.
#pragma once

#include <cstdint>
#include <vector>

namespace winnow {

// What settling reads of a report; the comment itself is fetched later, for those that are kept.
struct ReportHead {
  std::size_t place = 0;       // in its source: the order of arrival
  int site = -1;               // -1: an administrator's row that names no site
  std::int64_t voter = 0;      // sites with the same voter are not independent of each other
  std::uint64_t text = 0;      // text_key()
  std::uint64_t sender = 0;    // hash of the author's name and address
  std::uint64_t reporter = 0;  // hash of who reported
  std::int64_t at = 0;         // milliseconds since 1970; 0 if it is not known
  bool spam = false;
  bool curator = false;  // the reporter's word counts on all sites
};

struct SettleOptions {
  int quorum = 3;                // independent sites that must agree before a report speaks for all sites
  double floor = 0.6;            // agreement below which a reporter counts at home alone
  std::size_t max_per_text = 3;  // kept of one label with one text on one site
  std::size_t max_per_reporter = 5000;  // and site
  std::size_t max_per_site = 5000;      // of one label
  std::size_t max_all = 100000;
};

// A report that is kept.
struct SettledReport {
  ReportHead head;
  bool of_site = false;  // it teaches its site's layer
  bool of_all = false;   // it teaches the layer for all
};

struct Settled {
  std::vector<SettledReport> kept;  // in order of arrival
  // How many were not kept, and why.
  std::size_t duplicates = 0;  // the same comment, reported alike
  std::size_t overruled = 0;   // the same comment, reported otherwise by whom is trusted more, or later
  std::size_t over_text = 0;
  std::size_t over_reporter = 0;
  std::size_t over_site = 0;
  std::size_t over_all = 0;
};

// Comments of one site with the same text and sender are one comment. Of each reporter its last report on it
// counts; then the label with more trust wins, the last one where they are equal. A reporter's trust is the
// share of its reports that a curator or the quorum bore out, 1 while fewer than five are judged. Of what is
// over a cap the newest is kept. A report is of_all if it is a curator's, of no site, or if the quorum calls
// the text what it calls it. Same heads, same answer.
Settled settle(std::vector<ReportHead> heads, const SettleOptions& options);

}  // namespace winnow
