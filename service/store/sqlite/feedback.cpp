// SqliteStore: the table feedback.
#include <algorithm>
#include <bit>
#include <limits>

#include "service/store/sqlite/author_key.h"
#include "service/store/sqlite/day_counts.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/tabs.h"
#include "service/store/sqlite/tally.h"
#include "service/store/sqlite/watches.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Phrases;
using sqlite::Query;
using sqlite::Value;

constexpr std::string_view kInsert =
    "INSERT INTO feedback (id, verdict, site, api_key, at, is_test, label, text_key, reporter, "
    "comment, origin, curator, points, author_key) "
    "VALUES (?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

// Rows for event_of(), and behind them what only the log tells.
const std::string kEvents =
    "SELECT report.id, report.verdict, report.site, report.api_key, report.at, report.is_test, report.label, "
    "report.text_key, report.reporter, report.comment, report.origin, report.curator, report.points, "
    "withdrawal.at, withdrawal.api_key, withdrawal.by, report.seq, coalesce(api_key.any_site, 1) "
    "FROM feedback AS report LEFT JOIN withdrawal ON withdrawal.feedback = report.seq "
    "LEFT JOIN api_key ON api_key.id = report.api_key ";
const std::string kList = kEvents + "WHERE report.site = ? AND report.seq > ? ORDER BY report.seq LIMIT ?";
const std::string kFind = kEvents + "WHERE report.id = ?";
const std::string kOnText = kEvents +
                            "WHERE report.site = ? AND report.text_key = ? AND report.is_test = 0 AND "
                            "withdrawal.seq IS NULL ORDER BY report.seq DESC LIMIT ?";
const std::string kOnVerdict = kEvents + "WHERE report.verdict = ? ORDER BY report.seq LIMIT ?";
const std::string kLog = kEvents + "WHERE report.seq > ? ORDER BY report.seq LIMIT ?";

constexpr std::string_view kSaidBefore =
    "SELECT 1 FROM feedback WHERE site = ? AND text_key = ? AND is_test = 0 AND label = ? AND verdict IS ? "
    "LIMIT "
    "1";

// Changes look_at in any case: who is looking at this moment must see that something came in.
constexpr std::string_view kLookNow =
    "UPDATE watch SET look_at = min(look_at - 1, ?1) WHERE text_key = ?2 AND told = 0 AND ends_at > ?1";

void count_correction(Connection& connection, const FeedbackEvent& event) {
  const bool is_spam = event.label == Label::kSpam;
  sqlite::count(connection, event.key, event.site, event.at,
                is_spam ? sqlite::Counted::kMissedSpam : sqlite::Counted::kFalsePositive);
  sqlite::DaySums sums;
  sums.add(event.site, event.at, is_spam ? sqlite::Happened::kMissed : sqlite::Happened::kWronglyFlagged, 0,
           1);
  sums.put(connection);
}

Result<void> insert(Connection& connection, Phrases& phrases, const FeedbackEvent& event) {
  const std::optional<std::string> id = sqlite::bytes_of_id(event.id);
  if (!id) return Error{ErrorKind::kInvalid, "the id of a report is 32 hex digits", "id"};
  const std::optional<std::string> verdict = sqlite::bytes_of_id(event.verdict_id);
  if (!verdict && !event.verdict_id.empty()) {
    return Error{ErrorKind::kInvalid, "the id of a verdict is 32 hex digits", "verdict_id"};
  }
  const std::string comment = sqlite::comment_to_text(event.comment, phrases);
  const std::optional<std::int64_t> author = sqlite::author_key(event.comment);
  const Value verdict_value = verdict ? Value(Blob{*verdict}) : Value(nullptr);
  const auto text_key = std::bit_cast<std::int64_t>(event.text_key);
  const auto label = static_cast<std::int64_t>(event.label == Label::kSpam);
  if (event.corrects && !event.is_test) {
    Query said(connection, kSaidBefore, {event.site, text_key, label, verdict_value});
    if (!said.next()) count_correction(connection, event);
  }
  Query(connection, kInsert,
        {Blob{*id}, verdict_value, event.site, event.key, event.at, static_cast<std::int64_t>(event.is_test),
         label, text_key, std::string_view(event.reporter), std::string_view(comment),
         std::string_view(event.origin), static_cast<std::int64_t>(event.curator),
         event.points ? Value(*event.points) : Value(nullptr), author ? Value(*author) : Value(nullptr)})
      .run();
  if (!event.is_test) {
    if (event.tell && verdict)
      sqlite::tell(connection, *verdict, event.label, event.at);
    else
      Query(connection, "DELETE FROM watch WHERE verdict = ?", {verdict_value}).run();
    Query(connection, kLookNow, {event.at, text_key}).run();
    if (verdict) {
      sqlite::report_was_put(connection, *verdict);
      sqlite::count_reasons_of_report(connection, *verdict, event.site, event.at, event.label, 1);
    }
  }
  return {};
}

Result<void> withdraw(Connection& connection, const TakenBack& taken_back, const Withdrawal& withdrawal) {
  const std::optional<std::string> id = sqlite::bytes_of_id(taken_back.id);
  Query report(connection,
               "SELECT seq, text_key, verdict, site, at, label, is_test FROM feedback WHERE id = ?",
               {Blob{id.value_or("")}});
  if (!report.next()) return Error{ErrorKind::kNotFound, "there is no report with this id", "id"};
  Query(connection,
        "INSERT INTO withdrawal (feedback, at, api_key, by) VALUES (?, ?, nullif(?, 0), ?) "
        "ON CONFLICT DO NOTHING",
        {report.integer(0), withdrawal.at, withdrawal.key, std::string_view(withdrawal.by)})
      .run();
  const bool is_new = connection.changes() > 0;
  const std::string verdict = report.bytes(2);
  if (taken_back.to_tell) sqlite::tell(connection, verdict, *taken_back.to_tell, withdrawal.at);
  Query(connection, kLookNow, {withdrawal.at, report.integer(1)}).run();
  if (!is_new || verdict.empty() || report.integer(6) != 0) return {};
  sqlite::report_was_withdrawn(connection, verdict);
  sqlite::count_reasons_of_report(connection, verdict, report.integer(3), report.integer(4),
                                  report.integer(5) != 0 ? Label::kSpam : Label::kHam, -1);
  return {};
}

Result<FeedbackEvent> event_of(Connection& connection, const Query& row) {
  FeedbackEvent event;
  event.id = sqlite::hex_of_id(row.bytes(0));
  event.verdict_id = sqlite::hex_of_id(row.bytes(1));
  event.site = row.integer(2);
  event.key = row.integer(3);
  event.at = row.integer(4);
  event.is_test = row.integer(5) != 0;
  event.label = row.integer(6) != 0 ? Label::kSpam : Label::kHam;
  event.text_key = std::bit_cast<std::uint64_t>(row.integer(7));
  event.reporter = row.bytes(8);
  Result<Comment> comment = sqlite::comment_from_text(row.bytes(9), connection);
  if (!comment) return comment.error();
  event.comment = *std::move(comment);
  event.origin = row.bytes(10);
  event.curator = row.integer(11) != 0;
  if (!row.is_null(12)) event.points = row.real(12);
  if (!row.is_null(13)) event.withdrawn = Withdrawal{row.integer(13), row.integer(14), row.bytes(15)};
  return event;
}

Result<std::vector<FeedbackEvent>> events_of(Connection& connection, Query& row) {
  std::vector<FeedbackEvent> events;
  while (row.next()) {
    Result<FeedbackEvent> event = event_of(connection, row);
    if (!event) return event.error();
    events.push_back(*std::move(event));
  }
  return events;
}

std::int64_t most(std::size_t limit) {
  constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
  return static_cast<std::int64_t>(std::min(limit, kMost));
}

// The place in the order of arrival that `after` names; 0 for the start.
Result<std::int64_t> place_of(Connection& connection, SiteId site, std::string_view after) {
  if (after.empty()) return 0;
  const std::optional<std::string> id = sqlite::bytes_of_id(after);
  Query row(connection, "SELECT seq FROM feedback WHERE id = ? AND site = ?", {Blob{id.value_or("")}, site});
  if (row.next()) return row.integer(0);
  return Error{ErrorKind::kNotFound, "there is no report with this id", "after"};
}

}  // namespace

Result<void> SqliteStore::put_feedback(const FeedbackEvent& event) {
  return writer_->run(
      [&](Connection& connection, Phrases& phrases) { return insert(connection, phrases, event); });
}

Result<std::vector<FeedbackEvent>> SqliteStore::feedback(SiteId site, std::string_view after,
                                                         std::size_t limit) {
  return readers_->read([&](Connection& connection) -> Result<std::vector<FeedbackEvent>> {
    const Result<std::int64_t> place = place_of(connection, site, after);
    if (!place) return place.error();
    Query row(connection, kList, {site, *place, most(limit)});
    return events_of(connection, row);
  });
}

Result<std::size_t> SqliteStore::put_feedbacks(const std::vector<FeedbackEvent>& events) {
  std::size_t added = 0;
  const Result<void> done = writer_->run([&](Connection& connection, Phrases& phrases) -> Result<void> {
    for (const FeedbackEvent& event : events) {
      const std::optional<std::string> id = sqlite::bytes_of_id(event.id);
      Query known(connection, "SELECT 1 FROM feedback WHERE id = ?", {Blob{id.value_or("")}});
      if (known.next()) continue;
      if (Result<void> put = insert(connection, phrases, event); !put) return put;
      ++added;
    }
    return {};
  });
  if (!done) return done.error();
  return added;
}

Result<std::optional<FeedbackEvent>> SqliteStore::find_feedback(std::string_view id) {
  const std::optional<std::string> bytes = sqlite::bytes_of_id(id);
  if (!bytes) return std::optional<FeedbackEvent>();
  return readers_->read([&](Connection& connection) -> Result<std::optional<FeedbackEvent>> {
    Query row(connection, kFind, {Blob{*bytes}});
    if (!row.next()) return std::optional<FeedbackEvent>();
    Result<FeedbackEvent> event = event_of(connection, row);
    if (!event) return event.error();
    return std::optional(*std::move(event));
  });
}

Result<std::vector<FeedbackEvent>> SqliteStore::reports_on_text(SiteId site, std::uint64_t text_key,
                                                                std::size_t limit) {
  return readers_->read([&](Connection& connection) {
    Query row(connection, kOnText, {site, std::bit_cast<std::int64_t>(text_key), most(limit)});
    return events_of(connection, row);
  });
}

Result<std::vector<FeedbackEvent>> SqliteStore::reports_on(std::string_view verdict, std::size_t limit) {
  return readers_->read([&](Connection& connection) {
    Query row(connection, kOnVerdict, {Blob{verdict}, most(limit)});
    return events_of(connection, row);
  });
}

Result<void> SqliteStore::withdraw_feedback(std::string_view id, const Withdrawal& withdrawal) {
  return withdraw_feedbacks({{std::string(id), std::nullopt}}, withdrawal);
}

Result<void> SqliteStore::withdraw_feedbacks(const std::vector<TakenBack>& reports,
                                             const Withdrawal& withdrawal) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    for (const TakenBack& report : reports)
      if (Result<void> done = withdraw(connection, report, withdrawal); !done) return done;
    return {};
  });
}

Result<std::vector<LoggedEvent>> SqliteStore::feedback_log(std::int64_t after, std::size_t limit) {
  return readers_->read([&](Connection& connection) -> Result<std::vector<LoggedEvent>> {
    std::vector<LoggedEvent> log;
    Query row(connection, kLog, {after, most(limit)});
    while (row.next()) {
      Result<FeedbackEvent> event = event_of(connection, row);
      if (!event) return event.error();
      log.push_back({row.integer(16), *std::move(event), row.integer(17) != 0});
    }
    return log;
  });
}

Result<LogEnd> SqliteStore::log_end() {
  return readers_->read([](Connection& connection) -> Result<LogEnd> {
    Query row(connection,
              "SELECT coalesce((SELECT max(seq) FROM feedback), 0), "
              "coalesce((SELECT max(seq) FROM withdrawal), 0), (SELECT removed FROM privacy_state)");
    row.next();
    return LogEnd{row.integer(0), row.integer(1), row.integer(2)};
  });
}

}  // namespace winnow
