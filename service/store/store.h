// Store: what winnow remembers, in domain words. No SQL type crosses this border; service/store/sqlite
// implements it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/lists/list_entry.h"
#include "classifier/result.h"
#include "service/store/cleanup.h"
#include "service/store/house.h"
#include "service/store/key.h"
#include "service/store/person.h"
#include "service/store/report.h"
#include "service/store/site.h"
#include "service/store/stored_verdict.h"
#include "service/store/tally.h"

namespace winnow {

// What the admin pages ask for: service/store/search.h.
struct VerdictSearch;
struct ShownVerdict;
struct SearchPage;
struct TabCounts;
struct IndexState;
struct DayRange;
struct DayCounts;
struct ReasonCounts;

// Thread rule: all methods may be called from any thread. Methods that write return when the data is on disk
// (fsync done) and commit many callers' writes together. Every method fails with kUnavailable when the
// database cannot be used now, kInternal otherwise, beside what is stated. find_key(), find_site() and site()
// then give what was last read of it, where it was.
class Store {
 public:
  virtual ~Store() = default;

  // kConflict if the site exists.
  virtual Result<Site> add_site(std::string_view canonical_url, UnixMillis now) = 0;
  // The site with this canonical url, or none.
  virtual Result<std::optional<Site>> find_site(std::string_view canonical_url) = 0;
  // kNotFound if there is none with this id.
  virtual Result<Site> site(SiteId id) = 0;
  virtual Result<std::vector<Site>> sites() = 0;
  // kNotFound if there is no such site.
  virtual Result<void> set_log_only(SiteId id, bool log_only) = 0;

  // kNotFound if there is no such site.
  virtual Result<void> set_thresholds(SiteId id, const SiteThresholds& thresholds) = 0;

  // Without its id and hits, which it gets. One that has expired by `entry.at` makes room. kConflict (field
  // "pattern") if the list has this key for this site already, or kMostListEntries entries.
  virtual Result<std::int64_t> add_list_entry(const KeptEntry& entry) = 0;
  // Many in one transaction; what is there already is passed over. Gives how many were new.
  virtual Result<std::size_t> add_list_entries(const std::vector<KeptEntry>& entries) = 0;
  // kNotFound if there is none with this id.
  virtual Result<KeptEntry> list_entry(std::int64_t id) = 0;
  virtual Result<void> remove_list_entry(std::int64_t id) = 0;
  // Newest first, expired ones included. `before`: an id, 0 for the newest.
  virtual Result<std::vector<KeptEntry>> list_entries(const ListQuery& query, std::int64_t before,
                                                      std::size_t limit) = 0;
  // All that have not expired, by id.
  virtual Result<std::vector<ListEntry>> lists_in_force(UnixMillis now) = 0;
  // Adds to the hits of entries, by id; those that are gone are passed over.
  virtual Result<void> count_list_hits(const std::map<std::int64_t, std::int64_t>& hits) = 0;

  // By id.
  virtual Result<std::vector<RuleOff>> rules_off() = 0;
  // Off twice keeps the first; on where it is on changes nothing.
  virtual Result<void> set_rule(const RuleOff& rule, bool on) = 0;
  // Cheap.
  virtual Result<HouseRevision> house_revision() = 0;

  // Sets Site::shadow_model of one site, or of all in place of what each had; empty: none. kNotFound if there
  // is no such site.
  virtual Result<void> set_shadow(std::optional<SiteId> site, std::string_view model_id) = 0;
  virtual Result<std::vector<Shadow>> shadows() = 0;
  // Of all verdicts that this model has shadowed.
  virtual Result<std::vector<ShadowCount>> shadow_counts(std::string_view model_id) = 0;

  // Without its id, which it gets. kConflict if the hash exists or a site does not.
  virtual Result<Key> add_key(const Key& key) = 0;
  // The key whose hash begins so; with half a hash (32 digits) there is one at most, and the other half is
  // the caller's to compare.
  virtual Result<std::optional<Key>> find_key(std::string_view hash_start) = 0;
  virtual Result<std::vector<Key>> keys() = 0;
  // kNotFound if there is no such key; revoking twice keeps the first time.
  virtual Result<void> revoke_key(KeyId id, UnixMillis now) = 0;
  // `since`: suspended from then on, an earlier time is kept; none: resumed. kNotFound if there is no such
  // key.
  virtual Result<void> suspend_key(KeyId id, std::optional<UnixMillis> since) = 0;
  // kNotFound if there is no such key.
  virtual Result<void> change_key(KeyId id, const KeyChange& change) = 0;
  // When keys were used last; an earlier time than the one known changes nothing.
  virtual Result<void> touch_keys(const std::map<KeyId, UnixMillis>& used) = 0;

  // With `watch`, which replaces an earlier one of its verdict, in one transaction. This and the next fail
  // with kUnavailable where others write for more than a second.
  virtual Result<void> put_verdict(const StoredVerdict& verdict, const std::optional<Watch>& watch) = 0;
  // The same without waiting: `done` is told when it is on disk, or failed, on another thread, or before this
  // returns. Others wait for `done`: it is quick, calls nothing here, and throws nothing. What stands in the
  // verdict is not changed before.
  virtual void put_verdict(std::shared_ptr<const StoredVerdict> verdict, std::optional<Watch> watch,
                           std::function<void(const Result<void>&)> done) = 0;
  // All of them in one transaction.
  virtual Result<void> put_verdicts(const std::vector<StoredVerdict>& verdicts) = 0;
  virtual Result<std::optional<StoredVerdict>> find_verdict(std::string_view id) = 0;
  // This site's on comments with this text_key, newest first, without tests; of many unindexed not all.
  virtual Result<std::vector<StoredVerdict>> verdicts_by_text(SiteId site, std::uint64_t text_key,
                                                              std::size_t limit) = 0;
  // Empty if there is no such verdict. Of a comment that was judged very often or reported very often the
  // first hundred of each.
  virtual Result<CommentHistory> history_of(std::string_view verdict_id) = 0;
  // Newest first, without tests; a verdict that replaces another comes before it. `before`: a
  // LoggedVerdict::seq, 0 for the newest.
  virtual Result<std::vector<LoggedVerdict>> verdicts(const VerdictQuery& query, std::int64_t before,
                                                      std::size_t limit) = 0;
  // How many there are, without those that were replaced; about, where the clock was set back. Quick.
  virtual Result<std::uint64_t> count_verdicts(const VerdictQuery& query) = 0;

  // One page of what is found, newest first. `before`: SearchPage::next of the page before, 0 for the newest.
  // Takes about a quarter of a second at most, see SearchPage::next. Words and facets are known of verdicts
  // that are indexed.
  virtual Result<SearchPage> search(const VerdictSearch& search, std::int64_t before, std::size_t limit) = 0;
  // Of all tabs, whatever search.tab is; of verdicts behind this seq alone. As bounded in time.
  virtual Result<TabCounts> count_tabs(const VerdictSearch& search, std::int64_t after) = 0;
  virtual Result<std::optional<ShownVerdict>> shown_verdict(std::string_view id) = 0;
  // Newest first, the verdicts in a tab that may be nearly the same as a comment with this text_key and these
  // words (of classifier's model_line()): those on the same text, and those that have most of the words.
  // `sites` as VerdictSearch::sites.
  virtual Result<std::vector<ShownVerdict>> maybe_alike(const std::optional<std::vector<SiteId>>& sites,
                                                        std::uint64_t text_key,
                                                        const std::vector<std::string>& words,
                                                        std::size_t limit) = 0;

  // Indexes the oldest verdicts that are not, at most `limit`, for search() and the counts by day. Gives how
  // many it took; 0 when none is left. Several may call it at once, then one of them does the work.
  virtual Result<std::size_t> index_verdicts(std::size_t limit) = 0;
  // Cheap.
  virtual Result<IndexState> index_state() = 0;
  // Removes verdicts with all others on the same comment (that they replace, or that replace them), their
  // words in the index, watches and opinions of models in shadow, for good. Reports stay. An id that is not
  // there is passed over. Gives the ids of what was named and removed.
  virtual Result<std::vector<std::string>> delete_verdicts(const std::vector<std::string>& ids) = 0;

  // A check that is answered and not stored, in the figures of its key, site and day.
  virtual Result<void> count_check(KeyId key, SiteId site, UnixMillis at, Outcome outcome) = 0;

  // Deletes of at most `limit` verdicts the comment, what the reasons quote of it, its words in the index and
  // the key of its text, for good; the oldest first.
  virtual Result<CleanupStep> delete_texts(const Expired& expired, UnixMillis now, std::size_t limit) = 0;
  // Of at most `limit` reports from before `before`: those that count are removed from the log, the comments
  // of those that are withdrawn or tests are deleted.
  virtual Result<CleanupStep> remove_reports(UnixMillis before, UnixMillis now, std::size_t limit) = 0;
  virtual Result<CleanupStep> delete_uncounted_texts(UnixMillis before, UnixMillis now,
                                                     std::size_t limit) = 0;
  // Brings at most `limit` of the next verdicts and reports into the form that `as_kept` gives, and looks at
  // a thousand at most; where another rule than `form` was in force, from the beginning.
  virtual Result<CleanupStep> conceal_stored(std::string_view form,
                                             const std::function<Comment(const Comment&)>& as_kept,
                                             std::size_t limit) = 0;

  // Goes through all rows: seconds where there are a million.
  virtual Result<PersonRows> find_person(const PersonMatch& person) = 0;
  // Removes verdicts as delete_verdicts() does, with the reports on them, and reports from the log, the one
  // exception to its being append-only: with their withdrawals, as if they had never been. Ids that are not
  // there are passed over. Gives how many were removed.
  virtual Result<CleanupStep> erase(const std::vector<std::string>& verdicts,
                                    const std::vector<std::string>& reports) = 0;
  // When what was deleted is to be gone from the files; none: it is.
  virtual Result<std::optional<UnixMillis>> scrub_due() = 0;
  // Not later than `at`.
  virtual Result<void> plan_scrub(UnixMillis at) = 0;
  // What was deleted is in the database's files no more: phrases that nobody uses go, the index is merged,
  // the write-ahead log is written back and emptied. In small steps, between which `rests` is called; it
  // gives false to stop, then kUnavailable. Takes as long as reading the database does.
  virtual Result<void> scrub(const std::function<bool()>& rests) = 0;

  // The newest 20,000 are kept.
  virtual Result<void> put_cleanup(const Cleanup& cleanup) = 0;
  // Newest first. `before`: a Cleanup::seq, 0 for the newest.
  virtual Result<std::vector<Cleanup>> cleanups(std::int64_t before, std::size_t limit) = 0;

  // By day, oldest first; days without anything are left out.
  virtual Result<std::vector<DayCounts>> day_counts(const DayRange& range) = 0;
  // In no order.
  virtual Result<std::vector<ReasonCounts>> reason_counts(const DayRange& range) = 0;

  // A watch of the event's verdict ends, for its site knows better now; or, with event.tell, the watch of the
  // verdict or of one that it replaced is to be told the label now. Other watches of comments with the same
  // text_key (any site's) that may change by themselves are to be looked at from now on.
  virtual Result<void> put_feedback(const FeedbackEvent& event) = 0;
  // Many in one transaction; those whose id exists are passed over. Gives how many were new.
  virtual Result<std::size_t> put_feedbacks(const std::vector<FeedbackEvent>& events) = 0;
  virtual Result<std::optional<FeedbackEvent>> find_feedback(std::string_view id) = 0;
  // Reports of one site on comments with this text_key that are neither tests nor withdrawn, newest first.
  virtual Result<std::vector<FeedbackEvent>> reports_on_text(SiteId site, std::uint64_t text_key,
                                                             std::size_t limit) = 0;
  // The report stays in the log and counts for nothing. kNotFound if there is none with this id; withdrawing
  // twice keeps the first time.
  virtual Result<void> withdraw_feedback(std::string_view id, const Withdrawal& withdrawal) = 0;
  // Many in one transaction; all or nothing.
  virtual Result<void> withdraw_feedbacks(const std::vector<TakenBack>& reports,
                                          const Withdrawal& withdrawal) = 0;
  // Of all sites, in order of arrival, tests and withdrawn ones included. `after`: a LoggedEvent::seq, 0 for
  // the start.
  virtual Result<std::vector<LoggedEvent>> feedback_log(std::int64_t after, std::size_t limit) = 0;
  // Cheap.
  virtual Result<LogEnd> log_end() = 0;
  // Of these sites, or of all. `since`: a LoggedEvent::seq.
  virtual Result<ReportCounts> report_counts(const std::optional<std::vector<SiteId>>& sites,
                                             std::int64_t since) = 0;
  // Of one site, oldest first, tests and withdrawn ones included. `after` is a FeedbackEvent::id or empty for
  // the start.
  virtual Result<std::vector<FeedbackEvent>> feedback(SiteId site, std::string_view after,
                                                      std::size_t limit) = 0;

  // Watches whose look_at is not after `now`, earliest first.
  virtual Result<std::vector<Watch>> watches_due(UnixMillis now, std::size_t limit) = 0;
  // Of the verdict, or of one that it replaced.
  virtual Result<std::optional<Watch>> find_watch(std::string_view verdict_id) = 0;
  // Replaces look_at, held_until, told, to_tell and attempts of a watch whose look_at is still `seen`: one
  // that was brought forward meanwhile stays as it is.
  virtual Result<void> update_watch(const Watch& watch, UnixMillis seen) = 0;
  virtual Result<void> end_watch(std::string_view verdict_id) = 0;
  // For the history of the comment; and its watch knows it.
  virtual Result<void> put_told(std::string_view verdict_id, const Told& told) = 0;
  virtual Result<void> end_watches(SiteId site) = 0;

  // By period, oldest first; periods without anything are left out.
  virtual Result<std::vector<PeriodTally>> tallies(const TallyRange& range, Period period) = 0;
  virtual Result<SiteTallyPage> site_tallies(const SiteTallyQuery& query) = 0;

  // Of all sites that there are, by id; `first_day`: since 1970-01-01 UTC.
  virtual Result<std::vector<SiteActivity>> site_activity(std::int64_t first_day) = 0;

  // Gives the id. kConflict (field "name") if the name is taken, in any case; or, with `only_first`, if there
  // is a person already. kNotFound (field "sites") if a site does not exist.
  virtual Result<PersonId> add_account(const Account& account, bool only_first) = 0;
  virtual Result<std::optional<Account>> find_account(std::string_view name) = 0;
  virtual Result<std::optional<Account>> account(PersonId id) = 0;
  // By id.
  virtual Result<std::vector<Account>> accounts() = 0;
  // kNotFound if there is no such person, or (field "sites") no such site; kConflict if no owner would be
  // left.
  virtual Result<void> change_account(PersonId id, const AccountChange& change) = 0;
  // With their sessions. Fails as change_account.
  virtual Result<void> remove_account(PersonId id) = 0;
  // Notes that the step was used; false if it, or a later one, was before.
  virtual Result<bool> use_factor_step(PersonId id, std::int64_t step) = 0;

  // `hash`: of the session's token. The person is seen. Those begun before `begun` or last seen before `seen`
  // go.
  virtual Result<void> put_session(std::string_view hash, PersonId person, UnixMillis now, UnixMillis begun,
                                   UnixMillis seen) = 0;
  virtual Result<std::optional<Session>> find_session(std::string_view hash) = 0;
  // The session and its person were seen.
  virtual Result<void> touch_session(std::string_view hash, UnixMillis now) = 0;
  virtual Result<void> end_session(std::string_view hash) = 0;
  // All sessions of a person but the one with this hash; empty: all.
  virtual Result<void> end_sessions(PersonId person, std::string_view but) = 0;

  // Of Act::act "session.refuse" the newest 10,000 are kept.
  virtual Result<void> put_act(const Act& act) = 0;
  // Newest first.
  virtual Result<std::vector<Act>> acts(const ActQuery& query) = 0;

  // Answers one trivial read; for /readyz.
  virtual Result<void> ping() = 0;
};

}  // namespace winnow
