#include "service/lists.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "classifier/lists/list_pattern.h"
#include "classifier/rules/catalogue.h"
#include "classifier/unicode.h"
#include "service/house_rules.h"
#include "service/log.h"

namespace winnow {
namespace {

// It is stored: where it cannot be read back now, the thread takes it when it can.
void take_over(const Services& services) {
  if (!services.house) return;
  if (const Result<void> done = services.house->catch_up(); !done)
    log(LogLevel::kWarn, "a change of lists or rules waits to be taken", {{"error", done.error().message}});
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

bool is_a_rule(const Services& services, const std::string& id) {
  if (find_rule(id)) return true;
  const std::vector<Signal> rules = services.engine()->operator_rules().all();
  return std::ranges::any_of(rules, [&](const Signal& rule) { return rule.id == id; });
}

}  // namespace

Result<KeptEntry> list_entry_of(const ListRequest& request, const std::string& by, UnixMillis now) {
  const Result<ListPattern> pattern = read_list_pattern(request.field, request.pattern);
  if (!pattern) return pattern.error();
  if (request.note.size() > kMaxNoteBytes)
    return Error{ErrorKind::kInvalid, "A note has at most 1000 bytes.", "note"};
  if (request.until && *request.until <= now)
    return Error{ErrorKind::kInvalid, "That time has passed already.", "until"};
  KeptEntry kept;
  kept.entry = {0, request.list, request.field, request.pattern, request.site, request.until};
  const std::size_t first = kept.entry.pattern.find_first_not_of(" \t\r\n");
  kept.entry.pattern =
      kept.entry.pattern.substr(first, kept.entry.pattern.find_last_not_of(" \t\r\n") - first + 1);
  kept.key = pattern->key;
  kept.note = to_valid_utf8(request.note);
  kept.by = by;
  kept.at = now;
  return kept;
}

Result<KeptEntry> add_list_entry(const Services& services, const ListRequest& request,
                                 const std::string& by) {
  Result<KeptEntry> kept = list_entry_of(request, by, services.now());
  if (!kept) return kept;
  const Result<std::int64_t> id = services.store.add_list_entry(*kept);
  if (!id) return id.error();
  kept->entry.id = *id;
  take_over(services);
  return kept;
}

Result<void> remove_list_entry(const Services& services, std::int64_t id) {
  if (Result<void> removed = services.store.remove_list_entry(id); !removed) return removed;
  take_over(services);
  return {};
}

Result<void> switch_rule(const Services& services, const std::string& id, bool on, const std::string& by) {
  if (!is_a_rule(services, id)) return Error{ErrorKind::kNotFound, "There is no rule with this id.", "id"};
  if (Result<void> set = services.store.set_rule({id, by, services.now()}, on); !set) return set;
  take_over(services);
  return {};
}

Result<void> check_thresholds(const SiteThresholds& thresholds, const Thresholds& defaults) {
  const Thresholds wanted = thresholds.over(defaults);
  const bool rising = wanted.unsure >= 0 && wanted.unsure <= wanted.spam && wanted.spam <= wanted.discard &&
                      wanted.discard <= 1;  // false for what is no number, too
  if (rising) return {};
  return Error{ErrorKind::kInvalid,
               "Thresholds rise from 0 to 1; unsure " + number(wanted.unsure) + ", spam " +
                   number(wanted.spam) + ", discard " + number(wanted.discard) + " do not.",
               "thresholds"};
}

Result<void> set_thresholds(const Services& services, SiteId site, const SiteThresholds& thresholds) {
  const Thresholds defaults = services.thresholds(services.engine()->model().thresholds);
  if (Result<void> good = check_thresholds(thresholds, defaults); !good) return good;
  return services.store.set_thresholds(site, thresholds);
}

}  // namespace winnow
