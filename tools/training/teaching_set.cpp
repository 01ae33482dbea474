#include "tools/training/teaching_set.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "classifier/fingerprint.h"
#include "classifier/links.h"
#include "classifier/normalize.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

std::uint64_t hash_of(std::string_view text, std::uint64_t hash = 14695981039346656037ull) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  hash ^= hash >> 31;
  hash *= 0xBF58476D1CE4E5B9ull;
  return hash ^ (hash >> 29);
}

// Numbers for names, in order of first sight.
class Names {
 public:
  int number_of(const std::string& name) {
    return numbers_.emplace(name, static_cast<int>(numbers_.size())).first->second;
  }

 private:
  std::unordered_map<std::string, int> numbers_;
};

// Voters of sites that speak for themselves; those of sources are key ids or negated site ids.
constexpr std::int64_t kOwnVoters = std::int64_t{1} << 48;

ReportHead head_of(const LoggedReport& report, std::size_t place, Names& sites) {
  ReportHead head;
  head.place = place;
  head.site = report.site.empty() ? -1 : sites.number_of(report.site);
  head.voter = report.voter != 0 ? report.voter : kOwnVoters + head.site;
  head.text = text_key(normalize(report.comment.content).folded);
  head.sender = hash_of(fold(report.comment.author), hash_of(parse_url(report.comment.author_url).domain));
  head.reporter = hash_of(report.reporter, hash_of(report.site));
  head.at = report.at;
  head.spam = report.spam;
  head.curator = report.curator;
  return head;
}

// Visits all reports of all sources, numbered through.
Result<void> for_each_report(const std::vector<ReportSource>& sources,
                             const std::function<void(const LoggedReport&, std::size_t)>& visit) {
  std::size_t place = 0;
  for (const ReportSource& source : sources)
    if (Result<void> read = source([&](const LoggedReport& report) { visit(report, place++); }); !read)
      return read;
  return {};
}

// Newest group first; a group is as new as its newest row.
void hold_out(const std::vector<Row>& rows, const std::vector<std::int64_t>& times,
              const TeachingOptions& options, TeachingSet& set) {
  const std::vector<int> groups = near_duplicate_groups(rows);
  std::map<std::string, std::map<int, std::vector<std::size_t>>> by_site;
  for (std::size_t i = 0; i < rows.size(); ++i) by_site[set.rows[i].site][groups[i]].push_back(i);
  for (const auto& [site, members] : by_site) {
    struct Group {
      std::int64_t newest = 0;
      std::uint64_t lot = 0;
      const std::vector<std::size_t>* rows = nullptr;
    };
    std::vector<Group> order;
    std::size_t all = 0;
    for (const auto& [group, positions] : members) {
      Group one{0, hash_of(rows[positions.front()].id, options.seed), &positions};
      for (const std::size_t i : positions) one.newest = std::max(one.newest, times[i]);
      order.push_back(one);
      all += positions.size();
    }
    std::sort(order.begin(), order.end(), [](const Group& a, const Group& b) {
      return std::tuple(a.newest, a.lot, a.rows->front()) > std::tuple(b.newest, b.lot, b.rows->front());
    });
    const double wanted = options.held_out * static_cast<double>(all);
    std::size_t taken = 0;
    for (const Group& group : order) {
      if (static_cast<double>(taken + group.rows->size()) > wanted) continue;
      taken += group.rows->size();
      for (const std::size_t i : *group.rows) set.rows[i].held_out = true;
    }
  }
}

}  // namespace

ReportSource source_of(const Dataset& dataset) {
  return [&dataset](const std::function<void(const LoggedReport&)>& visit) -> Result<void> {
    for (const Row& row : dataset.rows) {
      LoggedReport report;
      report.id = row.id;
      report.site = site_name(row.comment.blog);
      report.spam = row.spam;
      report.comment = row.comment;
      visit(report);
    }
    return {};
  };
}

Result<TeachingSet> read_teaching_set(const std::vector<ReportSource>& sources, const Engine& base,
                                      const TeachingOptions& options, const TeachingProgress& progress) {
  TeachingSet set;
  Names sites;
  std::vector<ReportHead> heads;
  Result<void> read = for_each_report(sources, [&](const LoggedReport& report, std::size_t place) {
    heads.push_back(head_of(report, place, sites));
    set.last_at = std::max(set.last_at, report.at);
    if (report.seq > set.last_seq) set.last_seq = report.seq, set.last_id = report.id;
    if (place % 1024 == 0) progress("reading reports", 0);
  });
  if (!read) return read.error();
  set.read = heads.size();
  set.settled = settle(std::move(heads), options.settle);
  const std::vector<SettledReport> kept = std::move(set.settled.kept);
  set.settled.kept.clear();

  std::vector<Row> rows;
  std::vector<std::int64_t> times;
  std::size_t next = 0;
  read = for_each_report(sources, [&](const LoggedReport& report, std::size_t place) {
    if (next >= kept.size() || kept[next].head.place != place) return;
    const SettledReport& settled = kept[next++];
    Comment comment = report.comment;
    rows.push_back({report.id, report.site, "und", report.spam, comment});
    times.push_back(report.at);
    TeachingRow row{report.seq, report.site, settled.of_site, settled.of_all, false, {}};
    row.example = delta_example(base, comment, report.spam);
    set.rows.push_back(std::move(row));
    if (next % 64 == 0)
      progress("judging reports", static_cast<double>(next) / static_cast<double>(kept.size()));
  });
  if (!read) return read.error();
  hold_out(rows, times, options, set);
  set.comments = std::move(rows);
  return set;
}

}  // namespace winnow
