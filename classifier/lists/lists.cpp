#include "classifier/lists/lists.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "classifier/network.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

constexpr double kMargin = 2;
constexpr double kLeastMargin = 0.01;
constexpr double kLeastPoints = 1;
constexpr double kMostPoints = 60;
// Thresholds of 0 and 1 are as far away as this; no sum of the others is near it.
constexpr double kFarthest = 100;
constexpr int kIpv4Begin = 96;

double log_odds(double score) {
  if (score <= 0) return -kFarthest;
  if (score >= 1) return kFarthest;
  return std::log(score / (1 - score));
}

double blocked_sum(const Thresholds& thresholds) {
  const double spam = log_odds(thresholds.spam);
  return spam + std::clamp((log_odds(thresholds.discard) - spam) / 2, kLeastMargin, kMargin);
}

double allowed_sum(const Thresholds& thresholds) {
  return log_odds(thresholds.unsure) - kMargin;
}

constexpr std::string_view kHidden = " (not kept)";

std::string sentence_of(const ListEntry& entry) {
  const std::string name(to_string(entry.list));
  return (entry.site == 0 ? "on the " + name + " list of all sites: " : "on the site's " + name + " list: ") +
         std::string(to_string(entry.field)) + " \"" + entry.pattern + "\"";
}

std::size_t index_of(ListField field) {
  return static_cast<std::size_t>(field);
}

// "203.0.113.0/24" of network_bits_' 120.
std::string network_key(const IpAddress& address, int bits) {
  return address.prefix(bits).text() + "/" + std::to_string(address.is_ipv4() ? bits - kIpv4Begin : bits);
}

}  // namespace

Lists::Lists(std::vector<ListEntry> entries, const Lists* before) {
  std::sort(entries.begin(), entries.end(),
            [](const ListEntry& a, const ListEntry& b) { return a.id < b.id; });
  entries_.reserve(entries.size());
  patterns_.reserve(entries.size());
  std::size_t known = 0;
  for (ListEntry& entry : entries) {
    while (before && known < before->entries_.size() && before->entries_[known].id < entry.id) ++known;
    const bool is_known = before && known < before->entries_.size() &&
                          before->entries_[known].id == entry.id &&
                          before->entries_[known].pattern == entry.pattern;
    Result<ListPattern> pattern =
        is_known ? before->patterns_[known] : read_list_pattern(entry.field, entry.pattern);
    if (!pattern) continue;
    patterns_.push_back(*std::move(pattern));
    entries_.push_back(std::move(entry));
  }
  for (std::uint32_t i = 0; i < entries_.size(); ++i) file(i);
}

void Lists::file(std::uint32_t entry) {
  const ListField field = entries_[entry].field;
  const ListPattern& pattern = patterns_[entry];
  if (pattern.wild) {
    wild_[index_of(field)].add(pattern.key, entry);
    return;
  }
  exact_[index_of(field)][pattern.key].push_back(entry);
  const std::size_t slash = pattern.key.find('/');
  if (field != ListField::kAddress || slash == std::string::npos) return;
  int bits = 0;
  std::from_chars(pattern.key.data() + slash + 1, pattern.key.data() + pattern.key.size(), bits);
  if (pattern.key.find(':') == std::string::npos) bits += kIpv4Begin;
  if (std::ranges::find(network_bits_, bits) == network_bits_.end()) network_bits_.push_back(bits);
}

// One comment looked up.
class Lists::Search {
 public:
  Search(const Lists& lists, const ListQuestion& question) : lists_(lists), question_(question) {}

  ListMatches matches() const {
    const auto entry = [this](std::uint32_t at) { return at == kNone ? nullptr : &lists_.entries_[at]; };
    return {entry(allow_), entry(block_)};
  }

  void exact(ListField field, std::string_view key) {
    const auto& index = lists_.exact_[index_of(field)];
    const auto found = index.find(key);
    if (found == index.end()) return;
    for (const std::uint32_t entry : found->second) consider(entry);
  }

  // By patterns that stand for the whole of `subject`.
  void whole(ListField field, std::string_view subject) {
    lists_.wild_[index_of(field)].look(subject, [&](const WildIndex::Candidate& candidate, std::size_t) {
      if (may_win(candidate.entry) && matches_whole(lists_.patterns_[candidate.entry].key, subject))
        consider(candidate.entry);
    });
  }

  void words(ListField field, std::string_view text) {
    lists_.wild_[index_of(field)].look(text, [&](const WildIndex::Candidate& candidate, std::size_t at) {
      if (may_win(candidate.entry) &&
          matches_words(lists_.patterns_[candidate.entry].key, candidate.offset, text, at))
        consider(candidate.entry);
    });
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  std::uint32_t& winner_of(ListKind list) { return list == ListKind::kAllow ? allow_ : block_; }

  // It holds here and now, and none older was found.
  bool may_win(std::uint32_t at) {
    const ListEntry& entry = lists_.entries_[at];
    return at < winner_of(entry.list) && (entry.site == 0 || entry.site == question_.site) &&
           (!entry.until || question_.now < *entry.until);
  }
  void consider(std::uint32_t at) {
    if (may_win(at)) winner_of(lists_.entries_[at].list) = at;
  }

  const Lists& lists_;
  const ListQuestion& question_;
  std::uint32_t allow_ = kNone;
  std::uint32_t block_ = kNone;
};

ListMatches Lists::find(const ListQuestion& question, const Features& features) const {
  if (entries_.empty()) return {};
  const auto has = [this](ListField field) {
    return !exact_[index_of(field)].empty() || !wild_[index_of(field)].empty();
  };
  Search search(*this, question);
  if (has(ListField::kAuthor) && !features.author.folded.empty()) {
    const std::string_view name = clip_utf8(features.author.folded, kMaxPatternBytes);
    search.exact(ListField::kAuthor, name);
    search.whole(ListField::kAuthor, name);
  }
  if (has(ListField::kEmail) && !features.comment.author_email.empty()) {
    const std::string folded = fold(features.comment.author_email);
    const std::string_view email = clip_utf8(folded, kMaxPatternBytes);
    search.exact(ListField::kEmail, email);
    if (const std::size_t at = email.rfind('@'); at != std::string_view::npos)
      search.exact(ListField::kEmail, email.substr(at));
    search.whole(ListField::kEmail, email);
  }
  if (has(ListField::kDomain)) {
    const auto ask = [&](const Link& link) {
      const std::string host = list_host(clip_utf8(link.host, kMaxPatternBytes));
      search.whole(ListField::kDomain, "." + host);
      for (std::string_view rest = host; !rest.empty();) {
        search.exact(ListField::kDomain, rest);
        rest.remove_prefix(std::min(rest.find('.'), rest.size() - 1) + 1);
      }
    };
    if (features.has_author_link()) ask(features.author_link);
    for (const LinkList* list : {&features.links, &features.name_links})
      for (const Link& link : list->links) ask(link);
  }
  if (has(ListField::kAddress)) {
    if (const std::optional<IpAddress> address = IpAddress::parse(features.comment.user_ip)) {
      search.exact(ListField::kAddress, address->text());
      for (const int bits : network_bits_)
        if (!address->is_ipv4() || bits >= kIpv4Begin)
          search.exact(ListField::kAddress, network_key(*address, bits));
    }
  }
  if (has(ListField::kText)) search.words(ListField::kText, list_text(features.content.folded));
  return search.matches();
}

ListMatches Lists::judge(const ListQuestion& question, const Features& features,
                         std::vector<Signal>& signals) const {
  const ListMatches found = find(question, features);
  double sum = 0;
  for (const Signal& signal : signals) sum += signal.points;
  if (found.block) {
    const double points = std::clamp(blocked_sum(question.thresholds) - sum, kLeastPoints, kMostPoints);
    signals.push_back({"list.block", points, sentence_of(*found.block)});
    sum += points;
  }
  if (found.allow) {
    const double points = std::clamp(allowed_sum(question.thresholds) - sum, -kMostPoints, -kLeastPoints);
    signals.push_back(
        {"list.allow", points,
         sentence_of(*found.allow) + (found.block ? ", which goes before the block list" : "")});
  }
  return found;
}

void hide_people(std::vector<Signal>& signals) {
  for (Signal& signal : signals) {
    if (!signal.id.starts_with("list.")) continue;
    for (const ListField field : {ListField::kEmail, ListField::kAddress}) {
      const std::string named = ": " + std::string(to_string(field));
      const std::size_t at = signal.detail.find(named + " \"");
      if (at != std::string::npos) signal.detail = signal.detail.substr(0, at) + named + std::string(kHidden);
    }
  }
}

bool was_decided_by_hidden(const std::vector<Signal>& signals) {
  return std::ranges::any_of(signals, [](const Signal& signal) {
    return signal.id.starts_with("list.") && signal.detail.ends_with(kHidden);
  });
}

}  // namespace winnow
