// FullDiskStore: another store, as it is when the disk is full: it can be read, and every write fails.
#pragma once

#include "service/store/search.h"

namespace winnow {

class FullDiskStore : public Store {
 public:
  explicit FullDiskStore(Store& store) : store_(store) {}

  Result<Site> add_site(std::string_view, UnixMillis) override { return full(); }
  Result<std::optional<Site>> find_site(std::string_view url) override { return store_.find_site(url); }
  Result<Site> site(SiteId id) override { return store_.site(id); }
  Result<std::vector<Site>> sites() override { return store_.sites(); }
  Result<void> set_log_only(SiteId, bool) override { return full(); }
  Result<void> set_thresholds(SiteId, const SiteThresholds&) override { return full(); }
  Result<std::int64_t> add_list_entry(const KeptEntry&) override { return full(); }
  Result<std::size_t> add_list_entries(const std::vector<KeptEntry>&) override { return full(); }
  Result<KeptEntry> list_entry(std::int64_t id) override { return store_.list_entry(id); }
  Result<void> remove_list_entry(std::int64_t) override { return full(); }
  Result<std::vector<KeptEntry>> list_entries(const ListQuery& query, std::int64_t before,
                                              std::size_t limit) override {
    return store_.list_entries(query, before, limit);
  }
  Result<std::vector<ListEntry>> lists_in_force(UnixMillis now) override {
    return store_.lists_in_force(now);
  }
  Result<void> count_list_hits(const std::map<std::int64_t, std::int64_t>&) override { return full(); }
  Result<std::vector<RuleOff>> rules_off() override { return store_.rules_off(); }
  Result<void> set_rule(const RuleOff&, bool) override { return full(); }
  Result<HouseRevision> house_revision() override { return store_.house_revision(); }
  Result<void> set_shadow(std::optional<SiteId>, std::string_view) override { return full(); }
  Result<std::vector<Shadow>> shadows() override { return store_.shadows(); }
  Result<std::vector<ShadowCount>> shadow_counts(std::string_view id) override {
    return store_.shadow_counts(id);
  }
  Result<Key> add_key(const Key&) override { return full(); }
  Result<std::optional<Key>> find_key(std::string_view hash) override { return store_.find_key(hash); }
  Result<std::vector<Key>> keys() override { return store_.keys(); }
  Result<void> revoke_key(KeyId, UnixMillis) override { return full(); }
  Result<void> suspend_key(KeyId, std::optional<UnixMillis>) override { return full(); }
  Result<void> change_key(KeyId, const KeyChange&) override { return full(); }
  Result<void> touch_keys(const std::map<KeyId, UnixMillis>&) override { return full(); }
  Result<void> put_verdict(const StoredVerdict&, const std::optional<Watch>&) override { return full(); }
  void put_verdict(std::shared_ptr<const StoredVerdict>, std::optional<Watch>,
                   std::function<void(const Result<void>&)> done) override {
    done(full());
  }
  Result<void> put_verdicts(const std::vector<StoredVerdict>&) override { return full(); }
  Result<std::optional<StoredVerdict>> find_verdict(std::string_view id) override {
    return store_.find_verdict(id);
  }
  Result<std::vector<StoredVerdict>> verdicts_by_text(SiteId site, std::uint64_t text_key,
                                                      std::size_t limit) override {
    return store_.verdicts_by_text(site, text_key, limit);
  }
  Result<CommentHistory> history_of(std::string_view id) override { return store_.history_of(id); }
  Result<std::vector<LoggedVerdict>> verdicts(const VerdictQuery& query, std::int64_t before,
                                              std::size_t limit) override {
    return store_.verdicts(query, before, limit);
  }
  Result<std::uint64_t> count_verdicts(const VerdictQuery& query) override {
    return store_.count_verdicts(query);
  }
  Result<SearchPage> search(const VerdictSearch& search, std::int64_t before, std::size_t limit) override {
    return store_.search(search, before, limit);
  }
  Result<TabCounts> count_tabs(const VerdictSearch& search, std::int64_t after) override {
    return store_.count_tabs(search, after);
  }
  Result<std::optional<ShownVerdict>> shown_verdict(std::string_view id) override {
    return store_.shown_verdict(id);
  }
  Result<std::vector<ShownVerdict>> maybe_alike(const std::optional<std::vector<SiteId>>& sites,
                                                std::uint64_t text_key, const std::vector<std::string>& words,
                                                std::size_t limit) override {
    return store_.maybe_alike(sites, text_key, words, limit);
  }
  Result<std::size_t> index_verdicts(std::size_t) override { return full(); }
  Result<IndexState> index_state() override { return store_.index_state(); }
  Result<std::vector<std::string>> delete_verdicts(const std::vector<std::string>&) override {
    return full();
  }
  Result<void> count_check(KeyId, SiteId, UnixMillis, Outcome) override { return full(); }
  Result<CleanupStep> delete_texts(const Expired&, UnixMillis, std::size_t) override { return full(); }
  Result<CleanupStep> remove_reports(UnixMillis, UnixMillis, std::size_t) override { return full(); }
  Result<CleanupStep> delete_uncounted_texts(UnixMillis, UnixMillis, std::size_t) override { return full(); }
  Result<CleanupStep> conceal_stored(std::string_view, const std::function<Comment(const Comment&)>&,
                                     std::size_t) override {
    return full();
  }
  Result<PersonRows> find_person(const PersonMatch& person) override { return store_.find_person(person); }
  Result<CleanupStep> erase(const std::vector<std::string>&, const std::vector<std::string>&) override {
    return full();
  }
  Result<std::optional<UnixMillis>> scrub_due() override { return store_.scrub_due(); }
  Result<void> plan_scrub(UnixMillis) override { return full(); }
  Result<void> scrub(const std::function<bool()>&) override { return full(); }
  Result<void> put_cleanup(const Cleanup&) override { return full(); }
  Result<std::vector<Cleanup>> cleanups(std::int64_t before, std::size_t limit) override {
    return store_.cleanups(before, limit);
  }
  Result<std::vector<DayCounts>> day_counts(const DayRange& range) override {
    return store_.day_counts(range);
  }
  Result<std::vector<ReasonCounts>> reason_counts(const DayRange& range) override {
    return store_.reason_counts(range);
  }
  Result<void> put_feedback(const FeedbackEvent&) override { return full(); }
  Result<std::vector<FeedbackEvent>> feedback(SiteId site, std::string_view after,
                                              std::size_t limit) override {
    return store_.feedback(site, after, limit);
  }
  Result<std::size_t> put_feedbacks(const std::vector<FeedbackEvent>&) override { return full(); }
  Result<std::optional<FeedbackEvent>> find_feedback(std::string_view id) override {
    return store_.find_feedback(id);
  }
  Result<std::vector<FeedbackEvent>> reports_on_text(SiteId site, std::uint64_t text_key,
                                                     std::size_t limit) override {
    return store_.reports_on_text(site, text_key, limit);
  }
  Result<void> withdraw_feedback(std::string_view, const Withdrawal&) override { return full(); }
  Result<void> withdraw_feedbacks(const std::vector<TakenBack>&, const Withdrawal&) override {
    return full();
  }
  Result<std::vector<LoggedEvent>> feedback_log(std::int64_t after, std::size_t limit) override {
    return store_.feedback_log(after, limit);
  }
  Result<LogEnd> log_end() override { return store_.log_end(); }
  Result<ReportCounts> report_counts(const std::optional<std::vector<SiteId>>& sites,
                                     std::int64_t since) override {
    return store_.report_counts(sites, since);
  }
  Result<std::vector<Watch>> watches_due(UnixMillis now, std::size_t limit) override {
    return store_.watches_due(now, limit);
  }
  Result<std::optional<Watch>> find_watch(std::string_view id) override { return store_.find_watch(id); }
  Result<void> update_watch(const Watch&, UnixMillis) override { return full(); }
  Result<void> end_watch(std::string_view) override { return full(); }
  Result<void> end_watches(SiteId) override { return full(); }
  Result<void> put_told(std::string_view, const Told&) override { return full(); }
  Result<std::vector<PeriodTally>> tallies(const TallyRange& range, Period period) override {
    return store_.tallies(range, period);
  }
  Result<SiteTallyPage> site_tallies(const SiteTallyQuery& query) override {
    return store_.site_tallies(query);
  }
  Result<std::vector<SiteActivity>> site_activity(std::int64_t first_day) override {
    return store_.site_activity(first_day);
  }
  Result<PersonId> add_account(const Account&, bool) override { return full(); }
  Result<std::optional<Account>> find_account(std::string_view name) override {
    return store_.find_account(name);
  }
  Result<std::optional<Account>> account(PersonId id) override { return store_.account(id); }
  Result<std::vector<Account>> accounts() override { return store_.accounts(); }
  Result<void> change_account(PersonId, const AccountChange&) override { return full(); }
  Result<void> remove_account(PersonId) override { return full(); }
  Result<bool> use_factor_step(PersonId, std::int64_t) override { return full(); }
  Result<void> put_session(std::string_view, PersonId, UnixMillis, UnixMillis, UnixMillis) override {
    return full();
  }
  Result<std::optional<Session>> find_session(std::string_view hash) override {
    return store_.find_session(hash);
  }
  Result<void> touch_session(std::string_view, UnixMillis) override { return full(); }
  Result<void> end_session(std::string_view) override { return full(); }
  Result<void> end_sessions(PersonId, std::string_view) override { return full(); }
  Result<void> put_act(const Act&) override { return full(); }
  Result<std::vector<Act>> acts(const ActQuery& query) override { return store_.acts(query); }
  Result<void> ping() override { return full(); }

 private:
  static Error full() { return {ErrorKind::kUnavailable, "winnow.db: database or disk is full", ""}; }

  Store& store_;
};

}  // namespace winnow
