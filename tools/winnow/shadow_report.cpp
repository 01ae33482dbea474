#include "tools/winnow/shadow_report.h"

#include <array>
#include <map>

#include "tools/winnow/figures_text.h"
#include "tools/winnow/table.h"

namespace winnow::cli {
namespace {

constexpr std::array kOutcomes = {Outcome::kHam, Outcome::kUnsure, Outcome::kSpam, Outcome::kDiscard};

bool is_spam(Outcome outcome) {
  return outcome == Outcome::kSpam || outcome == Outcome::kDiscard;
}

// Of comments that people reported as one label.
struct Right {
  std::int64_t both = 0;
  std::int64_t in_force = 0;  // alone
  std::int64_t shadow = 0;    // alone
  std::int64_t neither = 0;

  std::int64_t all() const { return both + in_force + shadow + neither; }
};

// One model in force beside the shadow.
struct Pair {
  std::int64_t verdicts = 0;
  std::int64_t agreed = 0;                                // both spam (or discard), or neither
  std::array<std::array<std::int64_t, 4>, 4> outcomes{};  // [in force][shadow]
  Right spam;
  Right ham;

  void add(const ShadowCount& count) {
    verdicts += count.verdicts;
    if (is_spam(count.outcome) == is_spam(count.shadow_outcome)) agreed += count.verdicts;
    outcomes[static_cast<std::size_t>(count.outcome)][static_cast<std::size_t>(count.shadow_outcome)] +=
        count.verdicts;
    if (!count.said) return;
    const bool truth = *count.said == Label::kSpam;
    Right& right = truth ? spam : ham;
    const bool ours = is_spam(count.outcome) == truth, theirs = is_spam(count.shadow_outcome) == truth;
    (ours ? (theirs ? right.both : right.in_force) : (theirs ? right.shadow : right.neither)) +=
        count.verdicts;
  }
  Json agreement() const {
    return verdicts == 0 ? Json() : Json(static_cast<double>(agreed) / static_cast<double>(verdicts));
  }
};

std::map<std::string, Pair> pairs_of(const std::vector<ShadowCount>& counts) {
  std::map<std::string, Pair> pairs;
  for (const ShadowCount& count : counts) pairs[count.in_force].add(count);
  return pairs;
}

Json json_of(const Right& right) {
  return {{"both_right", right.both},
          {"in_force_right", right.in_force},
          {"shadow_right", right.shadow},
          {"neither_right", right.neither}};
}

void print_outcomes(std::ostream& out, const std::string& in_force, const std::string& shadow,
                    const Pair& pair) {
  TableRow head = {in_force + " \\ " + shadow};
  std::vector<TableRow> rows;
  for (const Outcome outcome : kOutcomes) {
    head.emplace_back(to_string(outcome));
    rows.push_back({std::string(to_string(outcome))});
    for (const std::int64_t count : pair.outcomes[static_cast<std::size_t>(outcome)])
      rows.back().push_back(std::to_string(count));
  }
  print_table(out, head, rows);
}

void print_reported(std::ostream& out, const std::string& in_force, const std::string& shadow,
                    const Pair& pair) {
  if (pair.spam.all() + pair.ham.all() == 0) {
    out << "\nNobody has reported any of these comments.\n";
    return;
  }
  std::vector<TableRow> rows;
  const auto add = [&](const char* label, const Right& right) {
    rows.push_back({label, std::to_string(right.both), std::to_string(right.in_force),
                    std::to_string(right.shadow), std::to_string(right.neither)});
  };
  add("spam", pair.spam);
  add("ham", pair.ham);
  out << '\n';
  print_table(out, {"REPORTED AS", "BOTH RIGHT", in_force + " ALONE", shadow + " ALONE", "NEITHER"}, rows);
}

}  // namespace

Json shadow_json(const std::string& shadow, const std::vector<ShadowCount>& counts) {
  Json out = Json::array();
  for (const auto& [in_force, pair] : pairs_of(counts)) {
    Json outcomes = Json::object();
    for (const Outcome ours : kOutcomes) {
      for (const Outcome theirs : kOutcomes)
        outcomes[std::string(to_string(ours))][std::string(to_string(theirs))] =
            pair.outcomes[static_cast<std::size_t>(ours)][static_cast<std::size_t>(theirs)];
    }
    out.push_back({{"in_force", in_force},
                   {"shadow", shadow},
                   {"verdicts", pair.verdicts},
                   {"agreement", pair.agreement()},
                   {"outcomes", std::move(outcomes)},
                   {"reported", {{"spam", json_of(pair.spam)}, {"ham", json_of(pair.ham)}}}});
  }
  return out;
}

void print_shadow(std::ostream& out, const std::string& shadow, const std::vector<ShadowCount>& counts) {
  if (counts.empty()) out << shadow << " has not shadowed any verdict\n";
  bool first = true;
  for (const auto& [in_force, pair] : pairs_of(counts)) {
    if (!first) out << '\n';
    first = false;
    out << shadow << " in the shadow of " << in_force << ": " << pair.verdicts << " verdicts, both agree on "
        << percent_text(pair.agreement()) << "\n\n";
    print_outcomes(out, in_force, shadow, pair);
    print_reported(out, in_force, shadow, pair);
  }
}

}  // namespace winnow::cli
