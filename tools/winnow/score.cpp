#include <iostream>
#include <memory>
#include <string>

#include "classifier/comment_json.h"
#include "classifier/engine.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/model_option.h"
#include "tools/winnow/progress.h"
#include "tools/winnow/verdict_text.h"

namespace winnow::cli {
namespace {

class ScoreCommand final : public Command {
 public:
  void declare(CLI::App& app) override { model_.declare(app); }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Engine> engine = model_.load(options);
    if (!engine) return engine.error();
    Progress progress("scoring", 0);
    std::string line;
    for (int number = 1; std::getline(std::cin, line); ++number) {
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      const Result<Json> scored = score(*engine, line);
      if (!scored)
        return Error{scored.error().kind, "line " + std::to_string(number) + ": " + scored.error().message,
                     ""};
      std::cout << to_text(*scored) << '\n';
      progress.advance();
    }
    return {};
  }

 private:
  static Result<Json> score(const Engine& engine, const std::string& line) {
    const Result<Json> row = parse_json(line);
    if (!row) return row.error();
    if (!row->is_object()) return Error{ErrorKind::kInvalid, "a comment is a JSON object", ""};
    const Result<Comment> comment = comment_from_json(*row);
    if (!comment) return comment.error();
    const Verdict verdict = engine.judge(*comment, NoHistory());
    Json out;
    out["id"] = row->value("id", Json());
    out.update(verdict_json(verdict));
    return out;
  }

  ModelOption model_;
};

}  // namespace

std::unique_ptr<Command> make_score() {
  return std::make_unique<ScoreCommand>();
}

}  // namespace winnow::cli
