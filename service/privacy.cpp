#include "service/privacy.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "classifier/comment_json.h"
#include "classifier/pseudonym.h"
#include "classifier/unicode.h"
#include "service/concealment.h"
#include "service/log.h"

namespace winnow {
namespace {

constexpr std::size_t kAtOnce = 50;  // removed in one transaction

std::vector<std::string> names_of(std::vector<std::string> pseudonyms, std::string clear) {
  pseudonyms.push_back(std::move(clear));
  return pseudonyms;
}

Result<PersonMatch> match_of(const Services& services, const PersonQuery& query) {
  const int given = static_cast<int>(!query.email.empty()) + static_cast<int>(!query.ip.empty()) +
                    static_cast<int>(!query.author.empty());
  if (given != 1)
    return Error{ErrorKind::kInvalid, "Name a person by one of e-mail address, address and author.", ""};
  PersonMatch match;
  match.site = query.site;
  const Concealment* keys = services.concealment;
  using Names = std::vector<std::string>;
  if (!query.email.empty())
    match.emails = names_of(keys ? keys->email_pseudonyms(query.email) : Names(), email_name(query.email));
  if (!query.ip.empty())
    match.addresses = names_of(keys ? keys->address_pseudonyms(query.ip) : Names(), address_name(query.ip));
  match.author = fold(query.author);
  return match;
}

std::string text_of(UnixMillis at) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds(at)};
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(floor<seconds>(time - day));
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

Json json_of(const Comment& comment) {
  Json json = Json::object();
  for (const CommentField& field : comment_fields())
    if (const std::string& text = comment.*field.member; !text.empty()) json[std::string(field.name)] = text;
  if (!comment.context.empty()) json["context"] = comment.context;
  return json;
}

Json json_of(const StoredVerdict& verdict, const std::string& site) {
  Json signals = Json::array();
  for (const Signal& signal : verdict.verdict.signals)
    signals.push_back({{"signal", signal.id}, {"points", signal.points}, {"detail", signal.detail}});
  return {{"kind", "verdict"},
          {"id", verdict.id},
          {"site", site},
          {"at", text_of(verdict.at)},
          {"outcome", to_string(verdict.verdict.outcome)},
          {"score", verdict.verdict.score},
          {"reasons", std::move(signals)},
          {"model", verdict.verdict.model_id},
          {"comment", json_of(verdict.comment)}};
}

Json json_of(const FeedbackEvent& event, const std::string& site) {
  return {{"kind", "report"},
          {"id", event.id},
          {"verdict_id", event.verdict_id},
          {"site", site},
          {"at", text_of(event.at)},
          {"label", to_string(event.label)},
          {"withdrawn", event.withdrawn ? Json(text_of(event.withdrawn->at)) : Json(nullptr)},
          {"comment", json_of(event.comment)}};
}

Result<std::string> url_of(Store& store, SiteId id) {
  Result<Site> site = store.site(id);
  if (!site) return site.error();
  return std::move(site->url);
}

// The verdicts that reports of the person are on: they may have lost their text, or hold another of their
// names.
Result<std::vector<std::string>> verdicts_of(Store& store, const PersonRows& rows) {
  std::set<std::string> verdicts(rows.verdicts.begin(), rows.verdicts.end());
  for (const std::string& id : rows.reports) {
    const Result<std::optional<FeedbackEvent>> event = store.find_feedback(id);
    if (!event) return event.error();
    if (event->has_value() && !(*event)->verdict_id.empty()) verdicts.insert((*event)->verdict_id);
  }
  return std::vector<std::string>(verdicts.begin(), verdicts.end());
}

std::vector<std::string> taken_off(std::vector<std::string>& ids) {
  const std::size_t count = std::min(kAtOnce, ids.size());
  std::vector<std::string> taken(ids.end() - static_cast<std::ptrdiff_t>(count), ids.end());
  ids.resize(ids.size() - count);
  return taken;
}

}  // namespace

Result<PersonRows> find_person(const Services& services, const PersonQuery& query) {
  const Result<PersonMatch> match = match_of(services, query);
  if (!match) return match.error();
  Result<PersonRows> rows = services.store.find_person(*match);
  if (rows && !rows->complete)
    return Error{ErrorKind::kTooLarge, "There are more than 100,000; name a site, or another address.", ""};
  return rows;
}

Result<void> export_person(const Services& services, const PersonRows& rows,
                           const std::function<Result<void>(const Json&)>& visit) {
  Store& store = services.store;
  for (const std::string& id : rows.verdicts) {
    const Result<std::optional<StoredVerdict>> verdict = store.find_verdict(id);
    if (!verdict) return verdict.error();
    if (!verdict->has_value()) continue;
    const Result<std::string> site = url_of(store, (*verdict)->site);
    if (!site) return site.error();
    if (Result<void> visited = visit(json_of(**verdict, *site)); !visited) return visited;
  }
  for (const std::string& id : rows.reports) {
    const Result<std::optional<FeedbackEvent>> event = store.find_feedback(id);
    if (!event) return event.error();
    if (!event->has_value()) continue;
    const Result<std::string> site = url_of(store, (*event)->site);
    if (!site) return site.error();
    if (Result<void> visited = visit(json_of(**event, *site)); !visited) return visited;
  }
  return {};
}

Result<Erased> erase_person(const Services& services, const PersonQuery& query) {
  Result<PersonRows> rows = find_person(services, query);
  if (!rows) return rows.error();
  Result<std::vector<std::string>> verdicts = verdicts_of(services.store, *rows);
  if (!verdicts) return verdicts.error();
  Erased erased;
  Result<void> done;
  while (done && (!verdicts->empty() || !rows->reports.empty())) {
    const Result<CleanupStep> step = services.store.erase(taken_off(*verdicts), taken_off(rows->reports));
    if (!step) {
      done = step.error();
      break;
    }
    erased.verdicts += step->verdicts;
    erased.reports += step->reports;
  }
  // Noted also where nothing was found, or not all could be removed: that proves what was done.
  const Result<void> noted = services.store.put_cleanup({0, services.now(), CleanupWhat::kErase,
                                                         static_cast<std::int64_t>(erased.verdicts),
                                                         static_cast<std::int64_t>(erased.reports)});
  if (const Result<void> folded = services.learning.catch_up(); !folded)
    log(LogLevel::kWarn, "what was erased waits to be forgotten", {{"error", folded.error().message}});
  if (!done) return done.error();
  if (!noted) return noted.error();
  return erased;
}

}  // namespace winnow
