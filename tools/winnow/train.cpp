#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "classifier/json.h"
#include "tools/training/trainer.h"
#include "tools/training/write_model.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/stages.h"

namespace winnow::cli {
namespace {

// Below this many rows, rare words are all there is to learn from.
constexpr std::size_t kFewRows = 5000;

class TrainCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("--data", data_, "JSONL files of labelled comments")
        ->required()
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    app.add_option("--out", out_, "Directory to write the model to; its name becomes the model's id")
        ->required()
        ->type_name("DIR");
    app.add_flag("--from-scratch", options_.from_scratch,
                 "Let only the rows count: rule points start at zero, not at the catalogue's");
    app.add_option("--epochs", options_.text.epochs, "Passes over the rows")
        ->capture_default_str()
        ->check(CLI::Range(1, 200));
    app.add_option("--learning-rate", options_.text.learning_rate, "fastText's learning rate")
        ->capture_default_str()
        ->check(CLI::Range(0.001, 5.0));
    app.add_option("--dim", options_.text.dim, "Length of fastText's vectors")
        ->capture_default_str()
        ->check(CLI::Range(2, 300));
    app.add_option("--min-ngram", options_.text.min_ngram, "Shortest character n-gram")
        ->capture_default_str()
        ->check(CLI::Range(1, 16));
    app.add_option("--max-ngram", options_.text.max_ngram, "Longest character n-gram")
        ->capture_default_str()
        ->check(CLI::Range(1, 16));
    min_count_ =
        app.add_option("--min-count", options_.text.min_count,
                       "Times a word must occur to have a row of its own (default: 3; 1 for small sets)")
            ->check(CLI::Range(1, 1000));
    app.add_option("--buckets", options_.text.buckets, "Rows for hashed n-grams")
        ->capture_default_str()
        ->check(CLI::Range(1024, 1 << 24));
    app.add_option("--linear-pull", options_.linear.pull,
                   "How strongly the linear model's numbers are drawn to zero")
        ->capture_default_str()
        ->check(CLI::Range(1e-6, 1000.0));
    app.add_option("--linear-steps", options_.linear.max_steps, "Steps of its fit at most")
        ->capture_default_str()
        ->check(CLI::Range(1, 200));
    app.add_option("--max-per-source", options_.preparation.max_per_source,
                   "Most rows of one label that one source may give")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000000000));
    app.add_option("--minor", minor_,
                   "Sources of another medium (chats, messages, videos), which count for less")
        ->type_name("SOURCE");
    app.add_flag("--word-pairs,!--no-word-pairs", options_.text.word_pairs,
                 "Give each two neighbouring words a row (default: on)");
    app.add_option("--folds", options_.folds, "Parts that are held out in turn")
        ->capture_default_str()
        ->check(CLI::Range(2, 50));
    app.add_option("--runs", options_.text.runs, "Text models that are averaged, each from another seed")
        ->capture_default_str()
        ->check(CLI::Range(1, 50));
    app.add_option("--rule-pull", options_.rule_pull,
                   "How strongly a rule keeps its points of the catalogue when few rows show it")
        ->capture_default_str()
        ->check(CLI::Range(0.01, 1000.0));
    app.add_flag("--keep-fields", keep_fields_,
                 "Blank no fields at random: for rows of one platform, which tell truly who sends which");
    app.add_option("--ham-per-spam", options_.ham_per_spam, "The mix that scores are calibrated for")
        ->capture_default_str()
        ->check(CLI::Range(0.1, 100.0));
    app.add_option("--ham-blocked", options_.spam_ham_share, "Share of held-out ham that may be called spam")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 0.5));
    app.add_option("--seed", options_.text.seed, "Seed of every random choice")->capture_default_str();
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions&) override {
    const std::vector<std::filesystem::path> files(data_.begin(), data_.end());
    const Result<Dataset> dataset = read_dataset(files);
    if (!dataset) return dataset.error();
    if (min_count_->count() == 0 && dataset->rows.size() < kFewRows) options_.text.min_count = 1;
    if (keep_fields_)
      options_.preparation.drop_author = options_.preparation.drop_author_url =
          options_.preparation.drop_author_email = 0;
    options_.preparation.minor_sources = {minor_.begin(), minor_.end()};
    options_.preparation.seed = static_cast<std::uint64_t>(options_.text.seed);
    std::error_code failure;
    if (std::filesystem::exists(std::filesystem::path(out_) / "manifest.json", failure))
      return Error{ErrorKind::kConflict, out_ + ": there is a model already", ""};

    Result<TrainedModel> trained = [&] {
      Stages stages;
      return train_model(dataset->rows, options_, std::ref(stages));
    }();
    if (!trained) return trained.error();
    if (Result<void> written = write_model(out_, *trained, dataset->files, options_); !written)
      return written;
    print(*trained);
    return {};
  }

 private:
  void print(const TrainedModel& trained) const {
    const Json& held_out = trained.held_out;
    if (json_) {
      std::cout << to_text(Json{{"model", out_}, {"held_out", held_out}}) << '\n';
      return;
    }
    std::cout << "wrote " << out_ << "\nheld out: " << held_out["n"] << " comments, recall "
              << held_out["recall"] << ", ham blocked " << held_out["ham_blocked"]
              << ", recall at 1 % of ham " << held_out["recall_at_fpr"]["0.01"] << '\n';
  }

  std::vector<std::string> data_;
  std::vector<std::string> minor_;
  std::string out_;
  TrainingOptions options_;
  CLI::Option* min_count_ = nullptr;
  bool keep_fields_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_train() {
  return std::make_unique<TrainCommand>();
}

}  // namespace winnow::cli
