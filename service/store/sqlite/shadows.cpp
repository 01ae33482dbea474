// SqliteStore: the tables shadow and shadow_verdict.
#include "service/store/sqlite/shadows.h"

#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

using sqlite::Connection;
using sqlite::Phrases;
using sqlite::Query;

constexpr std::int64_t kAllSites = 0;

// What people said last of each verdict and did not take back: its site's reports on the text are found by an
// index.
constexpr std::string_view kCounts =
    "SELECT (SELECT text FROM phrase WHERE id = verdict.model), verdict.outcome, shadow_verdict.outcome, "
    "(SELECT label FROM feedback WHERE feedback.site = verdict.site AND feedback.text_key = verdict.text_key "
    "AND feedback.is_test = 0 AND feedback.verdict = verdict.id "
    "AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.feedback = feedback.seq) "
    "ORDER BY feedback.seq DESC LIMIT 1) AS said, "
    "count(*) FROM shadow_verdict JOIN verdict ON verdict.seq = shadow_verdict.verdict "
    "WHERE shadow_verdict.model = (SELECT id FROM phrase WHERE text = ?) AND verdict.is_test = 0 "
    "GROUP BY verdict.model, verdict.outcome, shadow_verdict.outcome, said ORDER BY 1, 2, 3, 4";

void put(Connection& connection, std::int64_t site, std::string_view model_id) {
  Query(connection, "INSERT OR REPLACE INTO shadow (site, model) VALUES (?, ?)", {site, model_id}).run();
}

}  // namespace

void sqlite::put_shadow_opinion(Connection& connection, Phrases& phrases, std::int64_t verdict,
                                const ShadowOpinion& opinion) {
  Query(connection, "INSERT INTO shadow_verdict (verdict, model, outcome, score) VALUES (?, ?, ?, ?)",
        {verdict, phrases.id_of(opinion.model_id), static_cast<std::int64_t>(opinion.outcome), opinion.score})
      .run();
}

Result<void> SqliteStore::set_shadow(std::optional<SiteId> site, std::string_view model_id) {
  return change_access([&](Connection& connection, Phrases&) -> Result<void> {
    if (!site) {
      Query(connection, "DELETE FROM shadow").run();
      if (!model_id.empty()) put(connection, kAllSites, model_id);
      return {};
    }
    Query known(connection, "SELECT 1 FROM site WHERE id = ?", {*site});
    if (!known.next())
      return Error{ErrorKind::kNotFound, "there is no site " + std::to_string(*site), "site"};
    put(connection, *site, model_id);
    return {};
  });
}

Result<std::vector<Shadow>> SqliteStore::shadows() {
  return readers_->read([](Connection& connection) -> Result<std::vector<Shadow>> {
    std::vector<Shadow> shadows;
    Query row(connection, "SELECT site, model FROM shadow ORDER BY site");
    while (row.next()) {
      const std::int64_t site = row.integer(0);
      shadows.push_back({site == kAllSites ? std::nullopt : std::optional<SiteId>(site), row.bytes(1)});
    }
    return shadows;
  });
}

Result<std::vector<ShadowCount>> SqliteStore::shadow_counts(std::string_view model_id) {
  return readers_->read([&](Connection& connection) -> Result<std::vector<ShadowCount>> {
    std::vector<ShadowCount> counts;
    Query row(connection, kCounts, {model_id});
    while (row.next()) {
      ShadowCount count;
      count.in_force = row.bytes(0);
      count.outcome = static_cast<Outcome>(row.integer(1));
      count.shadow_outcome = static_cast<Outcome>(row.integer(2));
      if (!row.is_null(3)) count.said = row.integer(3) != 0 ? Label::kSpam : Label::kHam;
      count.verdicts = row.integer(4);
      counts.push_back(std::move(count));
    }
    return counts;
  });
}

}  // namespace winnow
