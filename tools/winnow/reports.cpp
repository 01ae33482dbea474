#include "tools/winnow/reports.h"

#include <map>
#include <vector>

#include "service/report_log.h"

namespace winnow::cli {
namespace {

LoggedReport report_of(const LoggedEvent& logged, const Site& site) {
  const FeedbackEvent& event = logged.event;
  LoggedReport report;
  report.seq = logged.seq;
  report.id = event.id;
  report.site = site_name(site.url);
  report.voter = logged.of_any_site_key ? -event.site : event.key;
  report.reporter = std::to_string(report.voter) + " " + event.reporter;
  report.at = event.at;
  report.curator = event.curator;
  report.spam = event.label == Label::kSpam;
  report.comment = event.comment;
  report.comment.blog = site.url;
  return report;
}

}  // namespace

ReportSource reports_of(Store& store) {
  return [&store](const std::function<void(const LoggedReport&)>& visit) -> Result<void> {
    const Result<std::vector<Site>> sites = store.sites();
    if (!sites) return sites.error();
    std::map<SiteId, Site> by_id;
    for (const Site& site : *sites) by_id.emplace(site.id, site);
    return for_each_logged(store, 0, [&](const LoggedEvent& logged) -> Result<void> {
      const auto site = by_id.find(logged.event.site);
      if (!logged.event.is_test && !logged.event.withdrawn && site != by_id.end())
        visit(report_of(logged, site->second));
      return {};
    });
  };
}

}  // namespace winnow::cli
