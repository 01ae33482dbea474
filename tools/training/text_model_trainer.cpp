#include "tools/training/text_model_trainer.h"

#include <fasttext/fasttext.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>

namespace winnow {
namespace {

constexpr const char* kLabelPrefix = "__label__";

// fastText reads its input from a file by name.
class LineFile {
 public:
  explicit LineFile(const std::vector<LabelledLine>& lines)
      : path_((std::filesystem::temp_directory_path() / "winnow-train-XXXXXX").string()) {
    const int file = ::mkstemp(path_.data());
    if (file < 0) return;
    ::close(file);
    std::ofstream out(path_, std::ios::binary);
    for (const LabelledLine& line : lines)
      out << kLabelPrefix << (line.spam ? "spam " : "ham ") << line.line << '\n';
    out.close();
    good_ = out.good();
  }
  ~LineFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;

  bool good() const { return good_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool good_ = false;
};

fasttext::Args to_args(const TextModelOptions& options, const std::string& input, int seed) {
  fasttext::Args args;
  args.input = input;
  args.model = fasttext::model_name::sup;
  args.loss = fasttext::loss_name::softmax;
  args.dim = options.dim;
  args.epoch = options.epochs;
  args.lr = options.learning_rate;
  args.minCount = options.min_count;
  args.minCountLabel = 0;
  args.minn = options.min_ngram;
  args.maxn = options.max_ngram;
  args.bucket = options.buckets;
  args.wordNgrams = options.word_pairs ? 2 : 1;
  args.thread = 1;
  args.seed = seed;
  args.label = kLabelPrefix;
  args.verbose = 0;
  return args;
}

// The rows of a model, each as one number.
struct Rows {
  std::vector<TextModel::WordRow> words;  // the dictionary's order, which does not depend on the seed
  float end_of_line = 0;
  std::vector<float> buckets;
};

// (w_spam - w_ham) . (row - its start) for every input row.
Rows fold(const fasttext::FastText& trained, const TextModelOptions& options, int seed) {
  const auto dictionary = trained.getDictionary();
  const auto input = trained.getInputMatrix(), output = trained.getOutputMatrix();
  // FastText::createRandomMatrix, for what the rows were before training.
  fasttext::DenseMatrix start(input->rows(), input->cols());
  if (options.drop_start) {
    start.uniform(1.0F / static_cast<float>(options.dim), 1, seed);
  } else {
    start.zero();
  }
  const int spam = dictionary->getLabel(0) == std::string(kLabelPrefix) + "spam" ? 0 : 1;
  const auto value = [&](std::int64_t row) {
    double sum = 0;
    for (int k = 0; k < options.dim; ++k) {
      sum += static_cast<double>(output->at(spam, k) - output->at(1 - spam, k)) *
             static_cast<double>(input->at(row, k) - start.at(row, k));
    }
    return static_cast<float>(sum);
  };
  Rows rows;
  const int word_count = dictionary->nwords();
  for (int i = 0; i < word_count; ++i) {
    const std::string word = dictionary->getWord(i);
    if (word == fasttext::Dictionary::EOS) {
      rows.end_of_line = value(i);
    } else {
      rows.words.push_back({word, value(i)});
    }
  }
  rows.buckets.resize(static_cast<std::size_t>(options.buckets));
  for (int i = 0; i < options.buckets; ++i) rows.buckets[static_cast<std::size_t>(i)] = value(word_count + i);
  return rows;
}

void add(const Rows& from, float share, Rows& to) {
  if (to.words.empty()) {
    for (const TextModel::WordRow& word : from.words) to.words.push_back({word.word, 0});
    to.buckets.resize(from.buckets.size());
  }
  for (std::size_t i = 0; i < from.words.size(); ++i) to.words[i].value += share * from.words[i].value;
  for (std::size_t i = 0; i < from.buckets.size(); ++i) to.buckets[i] += share * from.buckets[i];
  to.end_of_line += share * from.end_of_line;
}

}  // namespace

TextShape shape_of(const TextModelOptions& options) {
  return {static_cast<std::uint32_t>(options.min_ngram), static_cast<std::uint32_t>(options.max_ngram),
          static_cast<std::uint32_t>(options.buckets), options.word_pairs, 1};
}

Result<TextModel> train_text_model(const std::vector<LabelledLine>& lines, const TextModelOptions& options,
                                   const std::function<void(double)>& progress) {
  const auto is_spam = [](const LabelledLine& line) { return line.spam; };
  if (std::all_of(lines.begin(), lines.end(), is_spam) || std::none_of(lines.begin(), lines.end(), is_spam)) {
    return Error{ErrorKind::kInvalid, "training needs both spam and ham", "label"};
  }
  const LineFile file(lines);
  if (!file.good()) return Error{ErrorKind::kUnavailable, "cannot write a temporary file to train from", ""};
  try {
    Rows rows;
    for (int run = 0; run < options.runs; ++run) {
      const int seed = options.seed + run;
      fasttext::FastText trainer;
      trainer.train(to_args(options, file.path(), seed),
                    [&](float done, float, double, double, std::int64_t) {
                      if (progress) progress((run + static_cast<double>(done)) / options.runs);
                    });
      add(fold(trainer, options, seed), 1.0F / static_cast<float>(options.runs), rows);
    }
    return TextModel(shape_of(options), rows.words, std::move(rows.buckets), rows.end_of_line);
  } catch (const std::exception& failure) {
    return Error{ErrorKind::kInternal, std::string("fastText could not train: ") + failure.what(), ""};
  }
}

}  // namespace winnow
