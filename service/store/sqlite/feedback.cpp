// SqliteStore: the table feedback.
#include <algorithm>
#include <bit>
#include <limits>

#include "classifier/unicode.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/tally.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Phrases;
using sqlite::Query;
using sqlite::Value;

constexpr std::string_view kInsert =
    "INSERT INTO feedback (id, verdict, site, api_key, at, is_test, label, text_key, author, reporter, "
    "comment) "
    "VALUES (?, ?, ?, nullif(?, 0), ?, ?, ?, ?, nullif(?, ''), ?, ?)";

constexpr std::string_view kList =
    "SELECT id, verdict, site, api_key, at, is_test, label, text_key, reporter, comment "
    "FROM feedback WHERE site = ? AND seq > ? ORDER BY seq LIMIT ?";

constexpr std::string_view kSaidBefore =
    "SELECT 1 FROM feedback WHERE site = ? AND text_key = ? AND is_test = 0 AND label = ? AND verdict IS ? "
    "LIMIT "
    "1";

// Sites, or those who speak for them if these are fewer. Reports beyond a thousand change nothing any more.
constexpr std::string_view kSitesSaying =
    "SELECT min(count(DISTINCT report.site), "
    "count(DISTINCT iif(api_key.any_site, -report.site, report.api_key))) "
    "FROM (SELECT site, api_key FROM feedback WHERE text_key = ? AND is_test = 0 AND label = ? AND site <> ? "
    "LIMIT 1000) AS report LEFT JOIN api_key ON api_key.id = report.api_key";

// Changes look_at in any case: who is looking at this moment must see that something came in.
constexpr std::string_view kLookNow = "UPDATE watch SET look_at = min(look_at - 1, ?) WHERE text_key = ?";

Result<void> insert(Connection& connection, Phrases& phrases, const FeedbackEvent& event) {
  const std::optional<std::string> id = sqlite::bytes_of_id(event.id);
  if (!id) return Error{ErrorKind::kInvalid, "the id of a report is 32 hex digits", "id"};
  const std::optional<std::string> verdict = sqlite::bytes_of_id(event.verdict_id);
  if (!verdict && !event.verdict_id.empty()) {
    return Error{ErrorKind::kInvalid, "the id of a verdict is 32 hex digits", "verdict_id"};
  }
  const std::string author = fold(event.comment.author_email);
  const std::string comment = sqlite::comment_to_text(event.comment, phrases);
  const Value verdict_value = verdict ? Value(Blob{*verdict}) : Value(nullptr);
  const auto text_key = std::bit_cast<std::int64_t>(event.text_key);
  const auto label = static_cast<std::int64_t>(event.label == Label::kSpam);
  if (event.corrects && !event.is_test) {
    Query said(connection, kSaidBefore, {event.site, text_key, label, verdict_value});
    if (!said.next())
      sqlite::count(
          connection, event.key, event.site, event.at,
          event.label == Label::kSpam ? sqlite::Counted::kMissedSpam : sqlite::Counted::kFalsePositive);
  }
  Query(connection, kInsert,
        {Blob{*id}, verdict_value, event.site, event.key, event.at, static_cast<std::int64_t>(event.is_test),
         label, text_key, std::string_view(author), std::string_view(event.reporter),
         std::string_view(comment)})
      .run();
  if (!event.is_test) {
    Query(connection, "DELETE FROM watch WHERE verdict = ?", {verdict_value}).run();
    Query(connection, kLookNow, {event.at, text_key}).run();
  }
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
  return event;
}

// The place in the order of arrival that `after` names; 0 for the start.
Result<std::int64_t> place_of(Connection& connection, SiteId site, std::string_view after) {
  if (after.empty()) return 0;
  const std::optional<std::string> id = sqlite::bytes_of_id(after);
  Query row(connection, "SELECT seq FROM feedback WHERE id = ? AND site = ?", {Blob{id.value_or("")}, site});
  if (row.next()) return row.integer(0);
  return Error{ErrorKind::kNotFound, "there is no report with this id", "after"};
}

// Columns of `row`: label, count.
Past past_of(Query& row) {
  Past past;
  while (row.next()) (row.integer(0) != 0 ? past.spam : past.ham) = static_cast<int>(row.integer(1));
  return past;
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
    constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
    std::vector<FeedbackEvent> events;
    Query row(connection, kList, {site, *place, static_cast<std::int64_t>(std::min(limit, kMost))});
    while (row.next()) {
      Result<FeedbackEvent> event = event_of(connection, row);
      if (!event) return event.error();
      events.push_back(*std::move(event));
    }
    return events;
  });
}

Result<Past> SqliteStore::reports_of_text(SiteId site, std::uint64_t text_key) {
  return readers_->read([&](Connection& connection) -> Result<Past> {
    Query row(
        connection,
        "SELECT label, count(*) FROM feedback WHERE site = ? AND text_key = ? AND is_test = 0 GROUP BY label",
        {site, std::bit_cast<std::int64_t>(text_key)});
    return past_of(row);
  });
}

Result<Past> SqliteStore::sites_on_text(SiteId site, std::uint64_t text_key) {
  return readers_->read([&](Connection& connection) -> Result<Past> {
    const auto sites_saying = [&](Label label) {
      Query row(
          connection, kSitesSaying,
          {std::bit_cast<std::int64_t>(text_key), static_cast<std::int64_t>(label == Label::kSpam), site});
      row.next();
      return static_cast<int>(row.integer(0));
    };
    Past past;
    past.spam = sites_saying(Label::kSpam);
    if (past.spam > 0) past.ham = sites_saying(Label::kHam);
    return past;
  });
}

Result<Past> SqliteStore::reports_of_author(SiteId site, std::string_view author_email) {
  const std::string author = fold(author_email);
  if (author.empty()) return Past{};
  return readers_->read([&](Connection& connection) -> Result<Past> {
    Query row(
        connection,
        "SELECT label, count(*) FROM feedback WHERE site = ? AND author = ? AND is_test = 0 GROUP BY label",
        {site, std::string_view(author)});
    return past_of(row);
  });
}

}  // namespace winnow
