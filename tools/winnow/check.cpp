#include <iostream>
#include <iterator>
#include <memory>
#include <string>

#include "classifier/comment_json.h"
#include "classifier/engine.h"
#include "classifier/unicode.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/model_option.h"
#include "tools/winnow/verdict_text.h"

namespace winnow::cli {
namespace {

class CheckCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    for (const CommentField& field : comment_fields()) {
      std::string flag = "--" + std::string(field.name);
      for (char& c : flag)
        if (c == '_') c = '-';
      app.add_option(flag, comment_.*field.member, "The comment's " + std::string(field.name))
          ->type_name("TEXT");
    }
    app.add_flag("--stdin", from_stdin_, "Read the comment as one JSON object from standard input");
    model_.declare(app);
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    if (from_stdin_) {
      const std::string text{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
      const Result<Json> json = parse_json(text);
      if (!json) return json.error();
      if (!json->is_object()) return Error{ErrorKind::kInvalid, "a comment is a JSON object", ""};
      Result<Comment> comment = comment_from_json(*json);
      if (!comment) return comment.error();
      comment_ = *std::move(comment);
    }
    for (const CommentField& field : comment_fields())
      comment_.*field.member = to_valid_utf8(comment_.*field.member);
    const Result<Engine> engine = model_.load(options);
    if (!engine) return engine.error();
    const Verdict verdict = engine->judge(comment_, NoHistory());
    std::cout << (json_ ? verdict_line(verdict) : verdict_text(verdict));
    return {};
  }

 private:
  Comment comment_;
  ModelOption model_;
  bool from_stdin_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_check() {
  return std::make_unique<CheckCommand>();
}

}  // namespace winnow::cli
