// SqliteStore: texts that had their time, and addresses that are to be kept in another form.
#include <algorithm>
#include <bit>
#include <limits>

#include "classifier/lists/lists.h"
#include "service/store/sqlite/author_key.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/removing.h"
#include "service/store/sqlite/rewriting.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/tally.h"
#include "service/store/sqlite/verdict_row.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Phrases;
using sqlite::PreparedRow;
using sqlite::Query;
using sqlite::Value;

constexpr UnixMillis kDay = 24 * 3600 * 1000;
constexpr std::size_t kMostBytesAtOnce = 4 * 1024 * 1024;  // of comments
constexpr std::size_t kMostLookedAtOnce = 1000;            // where nearly all are in the form

// Verdicts come in the order of time, but where a clock was wrong.
constexpr std::string_view kNextToExpire =
    "SELECT seq, at, outcome, id FROM verdict WHERE seq > ? ORDER BY seq LIMIT ?";
const std::string kNextToConceal = sqlite::kSelectVerdict + " FROM verdict WHERE seq > ? ORDER BY seq";

constexpr std::string_view kOldReports =
    "SELECT seq FROM feedback WHERE at < ? AND is_test = 0 AND NOT EXISTS "
    "(SELECT 1 FROM withdrawal WHERE withdrawal.feedback = feedback.seq) ORDER BY at LIMIT ?";
constexpr std::string_view kOldUncounted =
    "SELECT seq FROM feedback WHERE at < ?1 AND is_test = 1 AND comment NOT GLOB '{\"deleted\":*' UNION ALL "
    "SELECT feedback.seq FROM withdrawal CROSS JOIN feedback ON feedback.seq = withdrawal.feedback WHERE "
    "feedback.at < ?1 AND feedback.is_test = 0 AND feedback.comment NOT GLOB '{\"deleted\":*' LIMIT ?2";

std::int64_t most(std::size_t limit) {
  return static_cast<std::int64_t>(std::min<std::uint64_t>(limit, std::numeric_limits<std::int64_t>::max()));
}

// Verdicts that had their time, each with all others on its comment, whose time is that of the first.
struct ToExpire {
  std::vector<PreparedRow> rows;
  std::int64_t first = 0, last = 0;  // what was looked at: behind the one, up to the other
  std::size_t looked = 0;
};

Result<ToExpire> read_to_expire(Connection& connection, const Expired& expired, UnixMillis now,
                                std::size_t limit) {
  ToExpire found;
  {
    Query state(connection, "SELECT texts, max(texts, discarded) FROM privacy_state");
    state.next();
    found.first = found.last = state.integer(expired.only_discard ? 1 : 0);
  }
  std::size_t bytes = 0;
  Query row(connection, kNextToExpire, {found.first, most(limit)});
  while (bytes < kMostBytesAtOnce && row.next()) {
    const UnixMillis at = row.integer(1);
    if (at >= expired.before && at <= now + kDay) break;  // what is of the future goes with those before it
    ++found.looked;
    found.last = row.integer(0);
    const bool is_discard = static_cast<Outcome>(row.integer(2)) == Outcome::kDiscard;
    if (expired.only_discard && !is_discard) continue;
    Result<std::vector<PreparedRow>> all =
        sqlite::all_on_comment(connection, sqlite::hex_of_id(row.bytes(3)));
    if (!all) return all.error();
    const auto newest = std::ranges::max_element(*all, {}, &PreparedRow::seq);
    if (newest == all->end() ||
        (expired.only_discard && newest->verdict.verdict.outcome != Outcome::kDiscard))
      continue;
    for (PreparedRow& each : *all) {
      if (each.verdict.text_deleted_at) continue;
      bytes += each.comment.size();
      found.rows.push_back(std::move(each));
    }
  }
  return found;
}

StoredVerdict without_text(const StoredVerdict& verdict, UnixMillis now) {
  StoredVerdict left = verdict;
  left.comment = Comment();
  for (Signal& signal : left.verdict.signals) signal.detail.clear();
  left.text_key = 0;
  left.text_deleted_at = now;
  return left;
}

// A report whose comment is to be kept in another form.
struct OtherForm {
  std::int64_t seq = 0;
  std::string before;  // as the row has it
  Comment comment;
};

// The rows behind those that are in the form, as far as one step goes.
struct ToConceal {
  std::vector<PreparedRow> verdicts;
  std::vector<OtherForm> reports;
  std::int64_t last_verdict = 0, last_report = 0;
  std::size_t looked = 0;
};

bool is_same(const Comment& one, const Comment& other) {
  return one.concealed == other.concealed && one.author_email == other.author_email &&
         one.user_ip == other.user_ip;
}

// Nothing of it is there to be kept in a form.
bool has_neither(const Comment& comment) {
  return comment.author_email.empty() && comment.user_ip.empty();
}

using AsKept = std::function<Comment(const Comment&)>;

Result<ToConceal> read_to_conceal(Connection& connection, std::string_view form, const AsKept& as_kept,
                                  std::size_t limit) {
  Query state(connection, "SELECT form, verdicts, reports FROM privacy_state");
  state.next();
  const bool anew = state.bytes(0) != form;
  ToConceal found;
  found.last_verdict = anew ? 0 : state.integer(1);
  found.last_report = anew ? 0 : state.integer(2);
  std::size_t bytes = 0;
  const auto is_full = [&] {
    return found.verdicts.size() + found.reports.size() >= limit || found.looked >= kMostLookedAtOnce ||
           bytes >= kMostBytesAtOnce;
  };
  const auto is_in_form = [&](const std::string& text) -> Result<bool> {
    ++found.looked;
    const Result<Comment> kept = sqlite::addresses_from_text(text);
    if (!kept) return kept.error();
    return has_neither(*kept) || is_same(as_kept(*kept), *kept);
  };
  Query verdict(connection, kNextToConceal, {found.last_verdict});
  while (!is_full() && verdict.next()) {
    found.last_verdict = verdict.integer(sqlite::kSeqColumn);
    const Result<bool> in_form = is_in_form(verdict.bytes(sqlite::kCommentColumn));
    if (!in_form) return in_form.error();
    if (*in_form) continue;
    Result<PreparedRow> prepared = sqlite::prepare_row(connection, verdict);
    if (!prepared) return prepared.error();
    bytes += prepared->comment.size();
    found.verdicts.push_back(*std::move(prepared));
  }
  Query report(connection, "SELECT seq, comment FROM feedback WHERE seq > ? ORDER BY seq",
               {found.last_report});
  while (!is_full() && report.next()) {
    found.last_report = report.integer(0);
    OtherForm other{report.integer(0), report.bytes(1), {}};
    const Result<bool> in_form = is_in_form(other.before);
    if (!in_form) return in_form.error();
    if (*in_form) continue;
    Result<Comment> comment = sqlite::comment_from_text(other.before, connection);
    if (!comment) return comment.error();
    bytes += other.before.size();
    other.comment = as_kept(*comment);
    found.reports.push_back(std::move(other));
  }
  return found;
}

void rewrite_report(Connection& connection, Phrases& phrases, const OtherForm& report) {
  const std::string comment = sqlite::comment_to_text(report.comment, phrases);
  const std::optional<std::int64_t> author = sqlite::author_key(report.comment);
  Query(connection, "UPDATE feedback SET comment = ?, author_key = ? WHERE seq = ? AND comment = ?",
        {std::string_view(comment), author ? Value(*author) : Value(nullptr), report.seq,
         std::string_view(report.before)})
      .run();
}

std::vector<std::int64_t> seqs_of(Query& row) {
  std::vector<std::int64_t> seqs;
  while (row.next()) seqs.push_back(row.integer(0));
  return seqs;
}

}  // namespace

Result<void> SqliteStore::count_check(KeyId key, SiteId site, UnixMillis at, Outcome outcome) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    const bool is_spam = outcome == Outcome::kSpam || outcome == Outcome::kDiscard;
    sqlite::count(connection, key, site, at, is_spam ? sqlite::Counted::kSpam : sqlite::Counted::kHam);
    return {};
  });
}

Result<CleanupStep> SqliteStore::delete_texts(const Expired& expired, UnixMillis now, std::size_t limit) {
  const Result<ToExpire> found =
      readers_->read([&](Connection& connection) { return read_to_expire(connection, expired, now, limit); });
  if (!found) return found.error();
  CleanupStep step{found->looked, 0, 0};
  if (found->looked == 0) return step;
  const Result<void> written = writer_->run([&](Connection& connection, Phrases& phrases) -> Result<void> {
    step.verdicts = 0;
    for (const PreparedRow& row : found->rows) {
      const Result<std::optional<PreparedRow>> current = sqlite::row_now(connection, row);
      if (!current) return current.error();
      if (!current->has_value() || (*current)->verdict.text_deleted_at) continue;
      sqlite::rewrite(connection, phrases, **current, without_text((*current)->verdict, now));
      ++step.verdicts;
    }
    Query(connection,
          expired.only_discard ? "UPDATE privacy_state SET discarded = max(discarded, ?)"
                               : "UPDATE privacy_state SET texts = max(texts, ?)",
          {found->last})
        .run();
    if (step.verdicts > 0) sqlite::plan_scrub(connection, now + kDay);
    return {};
  });
  if (!written) return written.error();
  return step;
}

Result<CleanupStep> SqliteStore::remove_reports(UnixMillis before, UnixMillis now, std::size_t limit) {
  CleanupStep step;
  const Result<void> removed = writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    step = {};
    std::vector<std::int64_t> old;
    {
      Query row(connection, kOldReports, {before, most(limit)});
      old = seqs_of(row);
    }
    step.looked = old.size();
    step.reports = sqlite::remove_reports(connection, old);
    if (step.reports > 0) sqlite::plan_scrub(connection, now + kDay);
    return {};
  });
  if (!removed) return removed.error();
  return step;
}

Result<CleanupStep> SqliteStore::delete_uncounted_texts(UnixMillis before, UnixMillis now,
                                                        std::size_t limit) {
  CleanupStep step;
  const Result<void> done = writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    std::vector<std::int64_t> old;
    {
      Query row(connection, kOldUncounted, {before, most(limit)});
      old = seqs_of(row);
    }
    const std::string deleted = sqlite::deleted_comment(now);
    for (const std::int64_t seq : old)
      Query(connection, "UPDATE feedback SET comment = ?, text_key = 0, author_key = NULL WHERE seq = ?",
            {std::string_view(deleted), seq})
          .run();
    if (!old.empty()) sqlite::plan_scrub(connection, now + kDay);
    step = {old.size(), 0, old.size()};
    return {};
  });
  if (!done) return done.error();
  return step;
}

Result<CleanupStep> SqliteStore::conceal_stored(std::string_view form, const AsKept& as_kept,
                                                std::size_t limit) {
  const Result<ToConceal> found = readers_->read(
      [&](Connection& connection) { return read_to_conceal(connection, form, as_kept, limit); });
  if (!found) return found.error();
  CleanupStep step{found->looked, found->verdicts.size(), found->reports.size()};
  const Result<void> written = writer_->run([&](Connection& connection, Phrases& phrases) -> Result<void> {
    for (const PreparedRow& row : found->verdicts) {
      const Result<std::optional<PreparedRow>> current = sqlite::row_now(connection, row);
      if (!current) return current.error();
      if (!current->has_value()) continue;
      StoredVerdict changed = (*current)->verdict;
      changed.comment = as_kept(changed.comment);
      if (changed.comment.concealed) hide_people(changed.verdict.signals);
      sqlite::rewrite(connection, phrases, **current, changed);
    }
    for (const OtherForm& report : found->reports) rewrite_report(connection, phrases, report);
    Query(connection, "UPDATE privacy_state SET form = ?, verdicts = ?, reports = ?",
          {form, found->last_verdict, found->last_report})
        .run();
    if (step.verdicts + step.reports > 0) sqlite::plan_scrub(connection, 0);
    return {};
  });
  if (!written) return written.error();
  return step;
}

}  // namespace winnow
