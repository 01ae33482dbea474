#include <algorithm>
#include <string>
#include <vector>

#include "tools/report/html.h"
#include "tools/report/numbers.h"
#include "tools/report/sections.h"

namespace winnow::report {
namespace {

constexpr std::size_t kRulesListed = 200;

// `beside`: HTML between the id and the sentence.
std::string rule_name(const RuleHits& rule, const std::string& beside = "") {
  return "<code>" + foreign(rule.id) + "</code>" + beside + "<span class=\"says\">" +
         foreign(rule.sentence, 200) + "</span>";
}

std::string capped(std::size_t all) {
  if (all <= kRulesListed) return "";
  return "<p class=\"cap\">The first " + std::to_string(kRulesListed) + " are shown; " +
         count(static_cast<long>(all - kRulesListed)) + " more are left out.</p>\n";
}

// `of_label`: how many of `all` comments have the label that the rules speak for.
std::string fired(std::vector<RuleHits> rules, const std::string& label, long of_label, long all) {
  std::stable_sort(rules.begin(), rules.end(),
                   [](const RuleHits& a, const RuleHits& b) { return a.all() > b.all(); });
  Table table("Rules that speak for " + label, {{"Rule", false},
                                                {"Precision"},
                                                {"On spam"},
                                                {"On ham"},
                                                {"Points"},
                                                {"Of all comments"},
                                                {"95 % interval of precision"}});
  long weak = 0;
  for (std::size_t i = 0; i < std::min(rules.size(), kRulesListed); ++i) {
    const RuleHits& rule = rules[i];
    // No better than a rule that would speak of every comment.
    const bool is_weak = rule.right() * all <= of_label * rule.all();
    weak += is_weak;
    table.add(
        {rule_name(rule, is_weak ? " <span class=\"badge\">weak</span>" : ""),
         percent_of(rule.right(), rule.all()), count(rule.spam), count(rule.ham), signed_points(rule.points),
         percent_of(rule.all(), all), percent_range(rule.right(), rule.all())},
        is_weak ? "weak" : "");
  }
  if (rules.empty()) return "<p class=\"none\">No rule spoke for " + label + ".</p>\n";
  std::string out = table.html() + capped(rules.size());
  if (weak > 0)
    out += "<p class=\"cap\">Weak: " + plural(weak, "rule") +
           " with a precision no better than the share of " + label + " in these files, " +
           percent_of(of_label, all) + ".</p>\n";
  return out;
}

std::string silent(const std::vector<RuleHits>& rules, const std::string& title, const std::string& why) {
  if (rules.empty()) return "";
  std::string out = "<h3>" + title + "</h3>\n<p>" + why + "</p>\n<ul class=\"silent\">\n";
  for (std::size_t i = 0; i < std::min(rules.size(), kRulesListed); ++i)
    out += "<li>" + rule_name(rules[i], rules[i].points == 0 ? "" : " " + signed_points(rules[i].points)) +
           "</li>\n";
  return out + "</ul>\n" + capped(rules.size());
}

}  // namespace

std::string rules_section(const Evaluation& evaluation) {
  std::vector<RuleHits> for_spam, for_ham, never, muted;
  for (const RuleHits& rule : evaluation.rules) {
    if (rule.points == 0 && rule.all() == 0) {
      muted.push_back(rule);
    } else if (rule.all() == 0) {
      never.push_back(rule);
    } else {
      (rule.says_spam() ? for_spam : for_ham).push_back(rule);
    }
  }
  const long all = static_cast<long>(evaluation.judged.size());
  const long spam = std::count_if(evaluation.judged.begin(), evaluation.judged.end(),
                                  [](const Judged& one) { return one.spam; });
  return "<p>Precision is the share of a rule's hits that have the label it speaks for. It is measured on "
         "its own, "
         "whatever else spoke, and moves with the mix of labels; points are what the rule adds to the sum "
         "beside the "
         "text model and the other rules, so a precise rule may have few. The busiest come first.</p>\n" +
         fired(for_spam, "spam", spam, all) + fired(for_ham, "ham", all - spam, all) +
         silent(never, "Never fired", "Nothing in these files tells whether these rules are any good.") +
         silent(muted, "Silenced by the model",
                "With this model these rules have no points and say nothing.");
}

}  // namespace winnow::report
