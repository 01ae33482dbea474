#include "classifier/engine.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "classifier/features.h"
#include "classifier/fingerprint.h"
#include "classifier/rules/catalogue.h"
#include "classifier/score.h"

namespace winnow {
namespace {

constexpr std::size_t kWordsNamed = 4;
// A short text ("thanks!") is written by many; a report on one says nothing of the next.
constexpr int kMinLettersToRemember = 20;

// A person's word on a text outweighs what a model thinks of it: one report is worth 11 points.
constexpr double kTextReportWeight = 10;
constexpr double kTextReportLimit = 20;
// Other sites count once this many more of them say spam than ham; a site's own word goes before theirs.
constexpr int kSitesToAgree = 2;
// What is known of an author leans, it does not decide.
constexpr double kAuthorReportWeight = 1.5;
constexpr double kAuthorReportLimit = 4;

std::string in_words(double points) {
  char text[32];
  std::snprintf(text, sizeof text, "%+.2f", points);
  return text;
}

std::string reports_in_words(const Past& past) {
  return "reported " + std::to_string(past.spam) + " times as spam and " + std::to_string(past.ham) +
         " times as ham";
}

// Log-odds of reports with half a report of either kind added (Krichevsky & Trofimov 1981), times a weight,
// within +-limit.
double report_points(const Past& past, double weight, double limit) {
  return std::clamp(weight * std::log((past.spam + 0.5) / (past.ham + 0.5)), -limit, limit);
}

void judge_by_text_history(const Features& features, const HistoryView& history,
                           std::vector<Signal>& signals) {
  if (features.shape.letters < kMinLettersToRemember) return;
  const std::uint64_t key = text_key(features.content.folded);
  const Past here = history.reports_of_text(key);
  if (here.spam != here.ham)
    signals.push_back({"history.same_text", report_points(here, kTextReportWeight, kTextReportLimit),
                       "the same text was " + reports_in_words(here)});
  if (here.spam > 0 || here.ham > 0) return;
  const Past elsewhere = history.sites_on_text(key);
  if (elsewhere.spam - elsewhere.ham >= kSitesToAgree)
    signals.push_back({"history.campaign", report_points(elsewhere, kTextReportWeight, kTextReportLimit),
                       "the same text was reported as spam by " + std::to_string(elsewhere.spam) +
                           " other sites and as ham by " + std::to_string(elsewhere.ham)});
}

void judge_by_history(const Features& features, const HistoryView& history, std::vector<Signal>& signals) {
  judge_by_text_history(features, history, signals);
  if (!features.comment.author_email.empty()) {
    const Past past = history.reports_of_author(features.comment.author_email);
    if (past.spam != past.ham)
      signals.push_back({"history.same_author", report_points(past, kAuthorReportWeight, kAuthorReportLimit),
                         "comments of this e-mail address were " + reports_in_words(past)});
  }
}

}  // namespace

TextScore text_score(const TextModel& text, const std::string& line) {
  TextScore score = text.score(line);
  score.log_odds = std::clamp(score.log_odds, -kMaxTextLogOdds, kMaxTextLogOdds);
  return score;
}

double unfamiliar_share(const TextScore& score) {
  return score.words == 0 ? 1.0 : 1.0 - static_cast<double>(score.known) / score.words;
}

double length_of(const TextScore& score) {
  return std::log((1 + score.words) / 20.0);
}

double text_weight(const Weights& weights, const TextScore& score) {
  if (score.words == 0) return 0;
  return std::max(0.0, weights.text + weights.text_unfamiliar * unfamiliar_share(score) +
                           weights.text_length * length_of(score));
}

namespace {

Signal judge_by_text(const Model& model, const Features& features) {
  const std::string line = model_line(features);
  const TextScore text = text_score(model.text, line);
  const double weight = text_weight(model.weights, text);
  Signal signal{"text.model", weight * text.log_odds, "the text model reads it as "};
  signal.detail += signal.points >= 0 ? "spam" : "ham";
  std::string named;
  for (const WordShare& share : model.text.explain(line, kWordsNamed))
    named += (named.empty() ? ", most by \"" : ", \"") + share.word + "\" " + in_words(weight * share.points);
  signal.detail += named;
  return signal;
}

std::string version_of_rules(const OperatorRules& operator_rules) {
  std::string text;
  for (const Rule& rule : catalogue())
    text.append(rule.id)
        .append("\t")
        .append(std::to_string(rule.points))
        .append("\t")
        .append(rule.sentence)
        .append("\n");
  return sha256_hex(text + operator_rules.describe()).substr(0, 12);
}

}  // namespace

Result<Engine> Engine::load(const std::filesystem::path& model_dir, const std::filesystem::path& rules_dir) {
  Result<Model> model = Model::load(model_dir);
  if (!model) return model.error();
  if (rules_dir.empty()) return Engine(*std::move(model), OperatorRules());
  Result<OperatorRules> rules = OperatorRules::load(rules_dir);
  if (!rules) return rules.error();
  return Engine(*std::move(model), *std::move(rules));
}

Engine::Engine(Model model, OperatorRules rules)
    : model_(std::move(model)),
      operator_rules_(std::move(rules)),
      rules_version_(version_of_rules(operator_rules_)) {}

Verdict Engine::judge(const Comment& comment, const HistoryView& history,
                      const std::optional<Thresholds>& thresholds) const {
  const Features features(comment);
  std::vector<Signal> signals;
  signals.push_back({"prior", model_.weights.prior, "where every comment starts"});
  signals.push_back(judge_by_text(model_, features));
  judge_by_rules(features, model_.weights, signals);
  operator_rules_.judge(features, signals);
  judge_by_history(features, history, signals);

  Verdict verdict = score(std::move(signals), thresholds.value_or(model_.thresholds));
  verdict.model_id = model_.id;
  verdict.rules_version = rules_version_;
  return verdict;
}

}  // namespace winnow
