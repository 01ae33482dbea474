#include "tools/winnow/recheck_counts.h"

#include "tools/winnow/table.h"
#include "tools/winnow/verdict_text.h"

namespace winnow::cli {
namespace {

constexpr std::array<Outcome, 4> kOutcomes = {Outcome::kHam, Outcome::kUnsure, Outcome::kSpam,
                                              Outcome::kDiscard};

std::string text_of(Outcome outcome) {
  return std::string(to_string(outcome));
}

}  // namespace

std::optional<Outcome> outcome_of(std::string_view name) {
  for (const Outcome outcome : kOutcomes)
    if (to_string(outcome) == name) return outcome;
  return std::nullopt;
}

void RecheckCounts::count(const StoredVerdict& old, const Verdict& anew) {
  const Outcome was = old.verdict.outcome;
  ++table_[index(was)][index(anew.outcome)];
  ++judged_;
  if (was == anew.outcome) return;
  ++changed_;
  if (changes_.size() < named_)
    changes_.push_back({old.id, was, anew.outcome, old.verdict.score, anew.score});
}

void print_counts(std::ostream& out, const RecheckCounts& counts) {
  std::vector<TableRow> rows;
  for (const Outcome was : kOutcomes) {
    TableRow row = {text_of(was)};
    for (const Outcome now : kOutcomes) row.push_back(std::to_string(counts.of(was, now)));
    rows.push_back(std::move(row));
  }
  print_table(out, {"WAS", "NOW HAM", "UNSURE", "SPAM", "DISCARD"}, rows);
  out << '\n' << counts.changed() << " of " << counts.judged() << " change";
  const std::size_t named = counts.changes().size();
  out << (named == 0                 ? "\n"
          : named < counts.changed() ? "; the newest " + std::to_string(named) + ":\n\n"
                                     : ":\n\n");
  if (named > 0) {
    rows.clear();
    for (const RecheckCounts::Change& change : counts.changes())
      rows.push_back({change.id, text_of(change.was), score_text(change.score_was), text_of(change.now),
                      score_text(change.score)});
    print_table(out, {"VERDICT", "WAS", "SCORE", "NOW", "SCORE"}, rows);
  }
  if (counts.stored > 0) out << "\nstored " << counts.stored << " verdicts in place of the old ones\n";
  if (counts.without_text > 0)
    out << counts.without_text << " passed over: their text was deleted after its time\n";
  if (counts.hidden > 0)
    out << counts.hidden << " passed over: a list entry on an address that is not kept had decided\n";
  if (counts.watched > 0)
    out << counts.watched << " passed over: winnowd is watching them and tells their sites itself\n";
}

Json counts_json(const RecheckCounts& counts) {
  Json table = Json::object();
  for (const Outcome was : kOutcomes)
    for (const Outcome now : kOutcomes) table[text_of(was)][text_of(now)] = counts.of(was, now);
  Json changes = Json::array();
  for (const RecheckCounts::Change& change : counts.changes())
    changes.push_back({{"id", change.id},
                       {"was", text_of(change.was)},
                       {"now", text_of(change.now)},
                       {"score_was", change.score_was},
                       {"score", change.score}});
  return {{"judged", counts.judged()},
          {"changed", counts.changed()},
          {"stored", counts.stored},
          {"without_text", counts.without_text},
          {"hidden", counts.hidden},
          {"watched", counts.watched},
          {"table", table},
          {"changes", changes}};
}

void print_outcomes(std::ostream& out, const std::map<Outcome, std::uint64_t>& counts) {
  std::vector<TableRow> rows;
  for (const Outcome outcome : kOutcomes) {
    const auto found = counts.find(outcome);
    rows.push_back({text_of(outcome), std::to_string(found == counts.end() ? 0 : found->second)});
  }
  out << '\n';
  print_table(out, {"OUTCOME", "COMMENTS"}, rows);
}

}  // namespace winnow::cli
