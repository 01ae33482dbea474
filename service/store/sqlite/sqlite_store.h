// SqliteStore: the Store in one SQLite file. WAL, synchronous=FULL: what a writing call acknowledged survives
// a crash and a power cut. Several processes may have the same file open.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "service/store/store.h"

namespace winnow {

namespace sqlite {
class Connection;
struct LastKnownAccess;
class Phrases;
class ReaderPool;
class Writer;
}  // namespace sqlite

// Thread rule: as Store.
class SqliteStore final : public Store {
 public:
  // Opens the file, or makes it (mode 0600) in a directory that exists, and brings it to this version's form
  // (service/store/sqlite/migrations.h: an older one is copied first). kUnavailable if it cannot be opened or
  // written, kCorrupt if it is damaged or no database of winnow's, kConflict if a newer winnow made it; the
  // message names the file.
  static Result<std::unique_ptr<SqliteStore>> open(const std::filesystem::path& database);
  // Finishes the writes that are queued and closes the file.
  ~SqliteStore() override;

  Result<Site> add_site(std::string_view canonical_url, UnixMillis now) override;
  Result<std::optional<Site>> find_site(std::string_view canonical_url) override;
  Result<Site> site(SiteId id) override;
  Result<std::vector<Site>> sites() override;
  Result<void> set_log_only(SiteId id, bool log_only) override;
  Result<void> set_thresholds(SiteId id, const SiteThresholds& thresholds) override;

  Result<std::int64_t> add_list_entry(const KeptEntry& entry) override;
  Result<std::size_t> add_list_entries(const std::vector<KeptEntry>& entries) override;
  Result<KeptEntry> list_entry(std::int64_t id) override;
  Result<void> remove_list_entry(std::int64_t id) override;
  Result<std::vector<KeptEntry>> list_entries(const ListQuery& query, std::int64_t before,
                                              std::size_t limit) override;
  Result<std::vector<ListEntry>> lists_in_force(UnixMillis now) override;
  Result<void> count_list_hits(const std::map<std::int64_t, std::int64_t>& hits) override;
  Result<std::vector<RuleOff>> rules_off() override;
  Result<void> set_rule(const RuleOff& rule, bool on) override;
  Result<HouseRevision> house_revision() override;

  Result<void> set_shadow(std::optional<SiteId> site, std::string_view model_id) override;
  Result<std::vector<Shadow>> shadows() override;
  Result<std::vector<ShadowCount>> shadow_counts(std::string_view model_id) override;

  Result<Key> add_key(const Key& key) override;
  Result<std::optional<Key>> find_key(std::string_view hash_start) override;
  Result<std::vector<Key>> keys() override;
  Result<void> revoke_key(KeyId id, UnixMillis now) override;
  Result<void> suspend_key(KeyId id, std::optional<UnixMillis> since) override;
  Result<void> change_key(KeyId id, const KeyChange& change) override;
  Result<void> touch_keys(const std::map<KeyId, UnixMillis>& used) override;

  // kInvalid (field "id") if the id is not 32 hex digits, kConflict if it exists or the site or key does not.
  // A key of 0 stands for none.
  Result<void> put_verdict(const StoredVerdict& verdict, const std::optional<Watch>& watch = {}) override;
  void put_verdict(std::shared_ptr<const StoredVerdict> verdict, std::optional<Watch> watch,
                   std::function<void(const Result<void>&)> done) override;
  Result<void> put_verdicts(const std::vector<StoredVerdict>& verdicts) override;
  Result<std::optional<StoredVerdict>> find_verdict(std::string_view id) override;
  Result<std::vector<StoredVerdict>> verdicts_by_text(SiteId site, std::uint64_t text_key,
                                                      std::size_t limit) override;
  Result<CommentHistory> history_of(std::string_view verdict_id) override;
  Result<std::vector<LoggedVerdict>> verdicts(const VerdictQuery& query, std::int64_t before,
                                              std::size_t limit) override;
  Result<std::uint64_t> count_verdicts(const VerdictQuery& query) override;

  Result<SearchPage> search(const VerdictSearch& search, std::int64_t before, std::size_t limit) override;
  Result<TabCounts> count_tabs(const VerdictSearch& search, std::int64_t after) override;
  Result<std::optional<ShownVerdict>> shown_verdict(std::string_view id) override;
  Result<std::vector<ShownVerdict>> maybe_alike(const std::optional<std::vector<SiteId>>& sites,
                                                std::uint64_t text_key, const std::vector<std::string>& words,
                                                std::size_t limit) override;
  Result<std::size_t> index_verdicts(std::size_t limit) override;
  Result<IndexState> index_state() override;
  Result<std::vector<std::string>> delete_verdicts(const std::vector<std::string>& ids) override;
  Result<std::vector<DayCounts>> day_counts(const DayRange& range) override;
  Result<std::vector<ReasonCounts>> reason_counts(const DayRange& range) override;

  Result<void> count_check(KeyId key, SiteId site, UnixMillis at, Outcome outcome) override;
  Result<CleanupStep> delete_texts(const Expired& expired, UnixMillis now, std::size_t limit) override;
  Result<CleanupStep> remove_reports(UnixMillis before, UnixMillis now, std::size_t limit) override;
  Result<CleanupStep> delete_uncounted_texts(UnixMillis before, UnixMillis now, std::size_t limit) override;
  Result<CleanupStep> conceal_stored(std::string_view form,
                                     const std::function<Comment(const Comment&)>& as_kept,
                                     std::size_t limit) override;
  Result<PersonRows> find_person(const PersonMatch& person) override;
  Result<CleanupStep> erase(const std::vector<std::string>& verdicts,
                            const std::vector<std::string>& reports) override;
  Result<std::optional<UnixMillis>> scrub_due() override;
  Result<void> plan_scrub(UnixMillis at) override;
  Result<void> scrub(const std::function<bool()>& rests) override;
  Result<void> put_cleanup(const Cleanup& cleanup) override;
  Result<std::vector<Cleanup>> cleanups(std::int64_t before, std::size_t limit) override;

  // Fails as put_verdict does; also if verdict_id is neither empty nor 32 hex digits.
  Result<void> put_feedback(const FeedbackEvent& event) override;
  Result<std::size_t> put_feedbacks(const std::vector<FeedbackEvent>& events) override;
  Result<std::optional<FeedbackEvent>> find_feedback(std::string_view id) override;
  Result<std::vector<FeedbackEvent>> reports_on_text(SiteId site, std::uint64_t text_key,
                                                     std::size_t limit) override;
  Result<void> withdraw_feedback(std::string_view id, const Withdrawal& withdrawal) override;
  Result<void> withdraw_feedbacks(const std::vector<TakenBack>& reports,
                                  const Withdrawal& withdrawal) override;
  Result<std::vector<LoggedEvent>> feedback_log(std::int64_t after, std::size_t limit) override;
  Result<LogEnd> log_end() override;
  Result<ReportCounts> report_counts(const std::optional<std::vector<SiteId>>& sites,
                                     std::int64_t since) override;
  // kNotFound if `after` names no event of this site.
  Result<std::vector<FeedbackEvent>> feedback(SiteId site, std::string_view after,
                                              std::size_t limit) override;

  Result<std::vector<Watch>> watches_due(UnixMillis now, std::size_t limit) override;
  Result<std::optional<Watch>> find_watch(std::string_view verdict_id) override;
  Result<void> update_watch(const Watch& watch, UnixMillis seen) override;
  Result<void> end_watch(std::string_view verdict_id) override;
  Result<void> end_watches(SiteId site) override;
  Result<void> put_told(std::string_view verdict_id, const Told& told) override;

  Result<std::vector<PeriodTally>> tallies(const TallyRange& range, Period period) override;
  Result<SiteTallyPage> site_tallies(const SiteTallyQuery& query) override;

  Result<std::vector<SiteActivity>> site_activity(std::int64_t first_day) override;
  Result<PersonId> add_account(const Account& account, bool only_first) override;
  Result<std::optional<Account>> find_account(std::string_view name) override;
  Result<std::optional<Account>> account(PersonId id) override;
  Result<std::vector<Account>> accounts() override;
  Result<void> change_account(PersonId id, const AccountChange& change) override;
  Result<void> remove_account(PersonId id) override;
  Result<bool> use_factor_step(PersonId id, std::int64_t step) override;
  Result<void> put_session(std::string_view hash, PersonId person, UnixMillis now, UnixMillis begun,
                           UnixMillis seen) override;
  Result<std::optional<Session>> find_session(std::string_view hash) override;
  Result<void> touch_session(std::string_view hash, UnixMillis now) override;
  Result<void> end_session(std::string_view hash) override;
  Result<void> end_sessions(PersonId person, std::string_view but) override;
  Result<void> put_act(const Act& act) override;
  Result<std::vector<Act>> acts(const ActQuery& query) override;

  Result<void> ping() override;

 private:
  // `verdict`: 16 bytes. Oldest first.
  Result<std::vector<FeedbackEvent>> reports_on(std::string_view verdict, std::size_t limit);

  // Writes to what a check reads before it is judged: sites, keys, shadow models.
  Result<void> change_access(
      const std::function<Result<void>(sqlite::Connection&, sqlite::Phrases&)>& change);

  SqliteStore(std::filesystem::path database, std::unique_ptr<sqlite::Writer> writer,
              std::unique_ptr<sqlite::ReaderPool> readers);

  const std::filesystem::path database_;
  std::unique_ptr<sqlite::LastKnownAccess> last_known_;
  std::unique_ptr<sqlite::Writer> writer_;
  std::unique_ptr<sqlite::ReaderPool>
      readers_;  // closed first: the last connection to close writes the WAL back
};

}  // namespace winnow
