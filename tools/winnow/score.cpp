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
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    std::string line;
    for (int number = 1; next_line(line); ++number) {
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      const Result<std::string> scored = score(*engine, line);
      if (!scored)
        return Error{scored.error().kind, "line " + std::to_string(number) + ": " + scored.error().message,
                     ""};
      std::cout << *scored;
      progress.advance();
    }
    return {};
  }

 private:
  // A program may wait for each answer before it writes on: what was read is answered before more is waited
  // for.
  static bool next_line(std::string& line) {
    if (std::cin.rdbuf()->in_avail() <= 0) std::cout.flush();
    return static_cast<bool>(std::getline(std::cin, line));
  }

  // A line of JSON.
  static Result<std::string> score(const Engine& engine, const std::string& line) {
    const Result<Json> row = parse_json(line);
    if (!row) return row.error();
    if (!row->is_object()) return Error{ErrorKind::kInvalid, "a comment is a JSON object", ""};
    const Result<Comment> comment = comment_from_json(*row);
    if (!comment) return comment.error();
    const auto id = row->find("id");
    return verdict_line(id == row->end() ? Json() : *id, engine.judge(*comment, NoHistory()));
  }

  ModelOption model_;
};

}  // namespace

std::unique_ptr<Command> make_score() {
  return std::make_unique<ScoreCommand>();
}

}  // namespace winnow::cli
