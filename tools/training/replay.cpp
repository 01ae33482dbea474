#include "tools/training/replay.h"

#include <algorithm>
#include <cstdio>

#include "classifier/score.h"
#include "tools/training/figures.h"

namespace winnow {
namespace {

constexpr std::int64_t kSite = 1;

class MemoryOfSite final : public HistoryView {
 public:
  explicit MemoryOfSite(const Memory& memory) : memory_(memory) {}
  void judge(const Features& features, std::vector<Signal>& signals) const override {
    memory_.judge(kSite, features, signals);
  }

 private:
  const Memory& memory_;
};

double sum_of(const std::vector<Signal>& signals) {
  double sum = 0;
  for (const Signal& signal : signals) sum += signal.points;
  return sum;
}

double score_of(const Row& row, const Engine* engine, const Memory& memory) {
  if (engine) return engine->judge(row.comment, MemoryOfSite(memory)).score;
  std::vector<Signal> signals;
  memory.judge(kSite, Features(row.comment), signals);
  return sigmoid(sum_of(signals));
}

void teach(const Row& row, std::size_t number, const Engine* engine, Memory& memory) {
  Lesson lesson;
  lesson.seq = static_cast<std::int64_t>(number) + 1;
  lesson.site = kSite;
  lesson.voter = -kSite;
  lesson.spam = row.spam;
  if (engine) lesson.points = sum_of(engine->judge(row.comment, NoHistory()).signals);
  memory.learn(lesson, Features(row.comment));
}

bool is_error(const Judged& judged) {
  return judged.spam != judged.caught;
}

Json error_rate(const std::vector<Judged>& judged, std::size_t first, std::size_t count) {
  if (count == 0 || first + count > judged.size()) return Json();
  const auto begin = judged.begin() + static_cast<std::ptrdiff_t>(first);
  const auto errors = std::count_if(begin, begin + static_cast<std::ptrdiff_t>(count), is_error);
  return static_cast<double>(errors) / static_cast<double>(count);
}

}  // namespace

std::vector<Judged> replay(const std::vector<Row>& rows, const ReplayOptions& options,
                           const std::function<void(std::size_t)>& progress) {
  Memory memory({}, options.engine ? options.engine->model().background : nullptr);
  std::vector<Judged> judged;
  const auto teach_row = [&](std::size_t number) {
    if (!options.errors_only || is_error(judged[number])) teach(rows[number], number, options.engine, memory);
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double score = score_of(rows[i], options.engine, memory);
    judged.push_back({rows[i].source, rows[i].lang, rows[i].spam, score >= options.threshold, score});
    if (i >= options.delay) teach_row(i - options.delay);
    if (progress) progress(i + 1);
  }
  return judged;
}

Json replay_figures(const std::vector<Judged>& judged) {
  constexpr std::size_t kFirst[] = {50, 100, 200, 500, 1000};
  constexpr std::size_t kLast = 1000;
  const Json all = figures(judged);
  Json out;
  for (const char* name : {"n", "spam", "ham", "one_minus_roca_percent", "recall", "ham_blocked"})
    out[name] = all[name];
  Json error;
  for (const std::size_t count : kFirst) error[std::to_string(count)] = error_rate(judged, 0, count);
  error["all"] = error_rate(judged, 0, judged.size());
  error["last_1000"] = judged.size() < kLast ? Json() : error_rate(judged, judged.size() - kLast, kLast);
  out["error"] = error;
  return out;
}

std::string replay_curve(const std::vector<Judged>& judged) {
  std::string csv = "row,label,score,errors,error_rate\n";
  long errors = 0;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    errors += is_error(judged[i]);
    char line[96];
    std::snprintf(line, sizeof line, "%zu,%s,%.6f,%ld,%.6f\n", i + 1, judged[i].spam ? "spam" : "ham",
                  judged[i].score, errors, static_cast<double>(errors) / static_cast<double>(i + 1));
    csv += line;
  }
  return csv;
}

}  // namespace winnow
