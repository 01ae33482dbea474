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

#include "classifier/comment.h"
#include "classifier/lists/list_entry.h"
#include "classifier/result.h"
#include "classifier/verdict.h"
#include "service/store/key_scopes.h"

namespace winnow {

using SiteId = std::int64_t;
using KeyId = std::int64_t;
using UnixMillis = std::int64_t;  // milliseconds since 1970-01-01 UTC

// What a site has of its own in place of the default; none: the default.
struct SiteThresholds {
  std::optional<double> unsure, spam, discard;

  Thresholds over(const Thresholds& defaults) const;
  bool operator==(const SiteThresholds&) const = default;
};

struct Site {
  SiteId id = 0;
  std::string url;  // canonical, see canonical_site()
  UnixMillis created_at = 0;
  bool log_only = false;          // its clients are answered ham, the verdicts are stored as they are
  std::string shadow_model = {};  // judges beside the model in force, and is never answered; empty: none
  SiteThresholds thresholds = {};
};

// An entry of a list as it is kept.
struct KeptEntry {
  ListEntry entry;
  std::string key;   // ListPattern::key
  std::string note;  // why, for people; may be empty
  std::string by;    // who added it
  UnixMillis at = 0;
  std::int64_t hits = 0;  // checks that it decided
};

// Which entries are shown.
struct ListQuery {
  std::optional<SiteId> site;  // that hold there: its own, and those of all sites
  // Sites whose entries may be seen, beside those of all sites; none: every site's.
  std::optional<std::vector<SiteId>> visible;
  std::string text;  // in pattern or note, whatever its case (ASCII); empty: any
};

// A rule that is switched off.
struct RuleOff {
  std::string id;
  std::string by;  // who
  UnixMillis at = 0;
};

// Rises with each change of the lists, and of the rules that are off.
struct HouseRevision {
  std::int64_t lists = 0;
  std::int64_t rules = 0;

  bool operator==(const HouseRevision&) const = default;
};

// Reports without tests.
struct ReportCounts {
  std::int64_t spam = 0;
  std::int64_t ham = 0;
  std::int64_t withdrawn = 0;  // these are not counted in spam and ham
  std::int64_t since = 0;      // of spam and ham, those behind the one that was asked for
};

enum class KeyKind {
  kAkismet,  // 12 hex digits: what Akismet clients can send
  kApi,      // wnw_ and 32 hex digits (128 bits)
};

struct Key {
  KeyId id = 0;
  KeyKind kind = KeyKind::kAkismet;
  bool any_site = false;
  std::vector<SiteId> sites = {};  // those that it is good for; empty if it is good for any
  KeyScopes scopes = kCheckAndFeedback;
  std::vector<std::string> networks = {};  // "203.0.113.0/24": clients that may use it; empty: all
  std::string hash = {};  // keyed hash of the secret (service/secret.h); the secret itself is never stored
  std::string hint = {};  // first four characters (after wnw_), to tell keys apart
  UnixMillis created_at = 0;
  std::optional<UnixMillis> expires_at = {};    // from then on it is as unknown
  std::optional<UnixMillis> last_used_at = {};  // about a minute late
  std::optional<UnixMillis> revoked_at = {};
  std::optional<UnixMillis> suspended_at = {};  // known, but good for nothing until it is resumed

  bool speaks_for(SiteId site) const;
  // False, too, for what is no address where networks are named.
  bool may_come_from(std::string_view address) const;
};

// What becomes of a key; what is none stays.
struct KeyChange {
  std::optional<KeyScopes> scopes = {};
  std::optional<std::optional<UnixMillis>> expires_at = {};
  std::optional<std::vector<std::string>> networks = {};
};

// What a person may do in the admin pages; each may what those before it may.
enum class Role { kViewer, kModerator, kOwner };
std::string_view to_string(Role role);  // "viewer", "moderator", "owner"

using PersonId = std::int64_t;

// Who acts in the admin pages.
struct Person {
  PersonId id = 0;   // 0: a program with an administrator's key
  KeyId key = 0;     // that key; 0 for people
  std::string name;  // of a program: "key HINT"
  Role role = Role::kViewer;
  bool any_site = false;
  std::vector<SiteId> sites = {};  // those that they may see; empty if they may see all

  bool may_see(SiteId site) const;
};

// A Person who signs in, with all that is kept of them.
struct Account {
  Person person;
  std::string password;          // hash, see PasswordHasher (service/password.h)
  std::string second_factor;     // InstallSecret::seal()ed secret, see service/totp.h; empty: none
  std::string pending_factor;    // the same, of one that is not confirmed yet
  std::int64_t factor_step = 0;  // the last that was used
  std::string language;          // of the pages; empty: the browser's
  UnixMillis created_at = 0;
  std::optional<UnixMillis> last_seen;
};

// Which sites a person may see.
struct SiteScope {
  bool any_site = false;
  std::vector<SiteId> sites;  // of any_site: none
};

// What becomes of an account; what is none stays.
struct AccountChange {
  std::optional<Role> role = {};
  std::optional<SiteScope> scope = {};
  std::optional<std::string> password = {};
  std::optional<std::string> second_factor = {};
  std::optional<std::string> pending_factor = {};
  std::optional<std::int64_t> factor_step = {};
  std::optional<std::string> language = {};
};

// Somebody who is signed in.
struct Session {
  Account account;
  UnixMillis created_at = 0;
  UnixMillis seen_at = 0;
};

// How much a site asks.
struct SiteActivity {
  SiteId site = 0;
  std::int64_t checks = 0;  // of the days asked for, tests not counted
  std::optional<UnixMillis> last_check;
};

// One thing that somebody did, for the log of the admin pages.
struct Act {
  std::int64_t seq = 0;  // rises with each, with gaps; set when read
  UnixMillis at = 0;
  PersonId person = 0;         // 0: none
  KeyId key = 0;               // 0: none
  std::string by;              // their name then; empty where nobody is known, "command line" for that
  std::string act;             // NOUN.VERB; what deletes is NOUN.delete
  std::optional<SiteId> site;  // none: it is of no site, or of several
  std::string what = "{}";     // a JSON object; never with text, names or addresses of commenters
  std::string client;          // network_of() where it came from; may be empty
};

struct ActQuery {
  bool only_deletions = false;
  std::int64_t before = 0;  // an Act::seq; 0: from the newest
  std::size_t limit = 0;
};

enum class Label { kHam, kSpam };
std::string_view to_string(Label label);  // "ham", "spam"

// What the model that runs in shadow thinks of a comment.
struct ShadowOpinion {
  std::string model_id;
  Outcome outcome = Outcome::kHam;
  double score = 0;
};

struct StoredVerdict {
  std::string id;  // 32 lower-case hex digits
  SiteId site = 0;
  KeyId key = 0;
  UnixMillis at = 0;
  Comment comment;
  Verdict verdict;
  std::uint64_t text_key = 0;  // classifier/fingerprint.h, of the content
  std::string supersedes;      // the verdict on the same request that this one replaces, or empty
  bool is_test = false;
  std::optional<ShadowOpinion> shadow;  // stored; read again as Store::shadow_counts() alone
  // Since when the comment and what the reasons quote of it are deleted; set when read, never when put.
  std::optional<UnixMillis> text_deleted_at = {};
};

// Which model runs in shadow where.
struct Shadow {
  std::optional<SiteId> site;  // none: all sites without a Shadow of their own
  std::string model_id;        // empty: none there
};

// Verdicts of one model in force and one in shadow that are alike; tests are not counted.
struct ShadowCount {
  std::string in_force;
  Outcome outcome = Outcome::kHam;
  Outcome shadow_outcome = Outcome::kHam;
  std::optional<Label> said;  // the last report on the comment, if there is one
  std::int64_t verdicts = 0;
};

// A verdict in its place among those of all sites.
struct LoggedVerdict {
  std::int64_t seq = 0;  // rises with arrival, with gaps
  StoredVerdict verdict;
};

// Which verdicts are gone through.
struct VerdictQuery {
  SiteId site = 0;       // 0: of every site
  UnixMillis since = 0;  // given then or later
};

// An answer that may yet change, of a site that said where to tell it.
struct Watch {
  std::string verdict_id;
  SiteId site = 0;
  std::uint64_t text_key = 0;  // of the comment
  std::string callback;        // URL
  std::string sealed_key;      // the client's key (InstallSecret::seal()), by which the site knows winnow
  UnixMillis look_at = 0;      // when to look next; a report on the text brings it forward
  std::optional<UnixMillis> held_until;  // the site holds the comment until it is told, then at the latest
  UnixMillis ends_at = 0;        // until then reports of other sites may make spam of what is told ham
  UnixMillis kept_until = 0;     // until then the site may be told what a person says; not before ends_at
  Label told = Label::kHam;      // what the site knows
  std::optional<Label> to_tell;  // decided, and not yet delivered
  int attempts = 0;              // of delivering it
};

// What a site was told at its callback.
struct Told {
  UnixMillis at = 0;
  Label label = Label::kHam;
};

// That a report counts for nothing from now on.
struct Withdrawal {
  UnixMillis at = 0;
  KeyId key = 0;   // 0: the command line
  std::string by;  // who, as the platform or the command line names them; may be empty
};

// A report that is taken back.
struct TakenBack {
  std::string id;
  std::optional<Label> to_tell;  // what the site of its verdict is told at its callback, where it gave one
};

// One report by a person that a comment is spam or ham. Append-only.
struct FeedbackEvent {
  std::string id;          // 32 lower-case hex digits
  std::string verdict_id;  // the verdict it is about; empty if no check of this comment is known
  SiteId site = 0;
  KeyId key = 0;
  UnixMillis at = 0;
  Label label = Label::kHam;
  Comment comment;
  std::uint64_t text_key = 0;
  std::string reporter;  // who reported, as the platform names them; may be empty
  std::string origin =
      "report";          // "akismet", "api", "admin", "cli", "import"; "report" where it was not noted
  bool curator = false;  // reported with a curator's key
  // Sum of the points that the judge gave the comment at that time, without its memory; none if not known.
  std::optional<double> points;
  bool corrects = false;  // says the opposite of what winnow had answered; counted, not stored
  // The site does not know of it, and is told at the callback that its check named; not stored.
  bool tell = false;
  bool is_test = false;
  std::optional<Withdrawal> withdrawn;  // set when read, never when put
};

// What happened to one comment: every verdict on it and what became of each, oldest first.
struct CommentHistory {
  std::vector<StoredVerdict> verdicts;  // that which was asked for, those it replaced, those that replaced it
  std::vector<FeedbackEvent> reports;   // on any of them, tests and withdrawn ones included
  std::vector<Told> told;
};

// A report in its place in the log of all sites.
struct LoggedEvent {
  std::int64_t seq = 0;  // rises with arrival, with gaps
  FeedbackEvent event;
  // Sites that one key speaks for are not independent of each other, unless it is good for any site.
  bool of_any_site_key = false;
};

// The newest entries of the log; 0 where there is none.
struct LogEnd {
  std::int64_t event = 0;       // LoggedEvent::seq
  std::int64_t withdrawal = 0;  // rises with each withdrawal
  std::int64_t removal = 0;     // rises whenever reports that counted are removed from the log

  bool operator==(const LogEnd&) const = default;
};

// How often something was asked and corrected. Tests are not counted.
struct Tally {
  std::int64_t spam = 0;             // checks answered spam
  std::int64_t ham = 0;              // checks answered ham
  std::int64_t missed_spam = 0;      // reported as spam, was answered ham; one verdict counts once
  std::int64_t false_positives = 0;  // reported as ham, was answered spam; likewise

  std::int64_t checks() const { return spam + ham; }
};

// Which verdicts have had their time.
struct Expired {
  UnixMillis before = 0;      // given before that; with it go those that replaced it
  bool only_discard = false;  // of these alone
};

// What one step of the cleanup did.
struct CleanupStep {
  std::size_t looked = 0;  // rows; 0: there is no more to do
  std::size_t verdicts = 0;
  std::size_t reports = 0;
};

// An entry of the cleanup log: proves that it ran, and says nothing of whose data it was.
enum class CleanupWhat {
  kRetention,  // texts of verdicts, and reports, that had their time
  kConceal,    // clear addresses became pseudonyms, or went
  kErase,      // what a person asked to be erased
  kRotate,     // pseudonyms have a new key, the oldest key is destroyed
  kScrub,      // what was deleted is gone from the files, too
};
std::string_view to_string(CleanupWhat what);  // "retention", "conceal", "erase", "rotate", "scrub"

struct Cleanup {
  std::int64_t seq = 0;  // set when read
  UnixMillis at = 0;
  CleanupWhat what = CleanupWhat::kRetention;
  std::int64_t verdicts = 0;
  std::int64_t reports = 0;
};

// Whose comments are looked for: of any of the e-mail addresses, or of any of the addresses, or of the
// author.
struct PersonMatch {
  std::vector<std::string> emails;     // email_name_of() (classifier/pseudonym.h)
  std::vector<std::string> addresses;  // address_name_of()
  std::string author;                  // folded; empty: nobody's
  std::optional<SiteId> site;          // none: of every site
};

// Ids, oldest first.
struct PersonRows {
  std::vector<std::string> verdicts;
  std::vector<std::string> reports;
  bool complete = true;  // false: there are more than kMost of either
  static constexpr std::size_t kMost = 100'000;
};

// What was counted for one key (on all sites) or for one site (by all keys); days since 1970-01-01 UTC, both
// included.
struct TallyRange {
  enum class Of { kKey, kSite } of = Of::kKey;
  std::int64_t id = 0;
  std::int64_t first_day = 0;
  std::int64_t last_day = 0;
};

enum class Period { kDay, kMonth };

struct PeriodTally {
  std::string period;  // "2026-01-05", "2026-01"
  Tally tally;
  std::int64_t sites = 0;  // how many had any
};

enum class TallyOrder { kTotal, kSpam, kHam, kMissedSpam, kFalsePositives };

struct SiteTally {
  Site site;
  Tally tally;
};

// Sites with anything counted in the range whose url holds `filter`; most first, by url where they are equal.
struct SiteTallyQuery {
  TallyRange range;
  std::string filter;
  TallyOrder order = TallyOrder::kTotal;
  std::int64_t limit = 0;
  std::int64_t offset = 0;
};

struct SiteTallyPage {
  std::vector<SiteTally> sites;
  std::int64_t total = 0;  // without limit and offset
};

// What tells sites apart beside their host and port.
struct SiteForm {
  bool scheme = false;  // http://example.org is another site than https://example.org
  bool www = false;     // www.example.org is another site than example.org
  bool path = true;     // example.org/blog is another site than example.org

  bool operator==(const SiteForm&) const = default;
};

// `url` as one name for one site: host in lower case without default port, trailing slash, query and
// fragment, and without what `form` does not tell apart ("example.org/blog"). With form.scheme the name
// begins with the scheme, http where none is written. kInvalid if no host can be read from it.
Result<std::string> canonical_site(std::string_view url, const SiteForm& form = {});

// What the admin pages ask for: service/store/search.h.
struct VerdictSearch;
struct ShownVerdict;
struct SearchPage;
struct TabCounts;
struct IndexState;
struct DayRange;
struct DayCounts;
struct ReasonCounts;
// Entries that the lists hold in all.
inline constexpr std::int64_t kMostListEntries = 200'000;

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
  // Brings at most `limit` of the next verdicts and reports into the form that `as_kept` gives, and looks at a
  // thousand at most; where another rule than `form` was in force, from the beginning.
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
