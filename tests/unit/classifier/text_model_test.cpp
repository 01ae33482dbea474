#include "classifier/text_model.h"

#include <doctest/doctest.h>
#include <fasttext/fasttext.h>

#include <unistd.h>
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "classifier/comment_json.h"
#include "classifier/features.h"
#include "classifier/model.h"
#include "tests/source_dir.h"
#include "tools/training/text_model_trainer.h"

namespace winnow {
namespace {

// Each line twenty times: fewer teach next to nothing, and any two models would agree.
std::vector<LabelledLine> lines() {
  const std::vector<LabelledLine> once = {{"buy cheap pills now", true},
                                          {"a:casino best casino bonus", true},
                                          {"u:top win money fast", true},
                                          {"купить дешево таблетки", true},
                                          {"cheap casino pills", true},
                                          {"I agree with the second point", false},
                                          {"thanks that solved my problem", false},
                                          {"a:anna does it run on linux", false},
                                          {"спасибо всё работает", false},
                                          {"你好 好世 世界", false},
                                          {"the second problem is harder", false}};
  std::vector<LabelledLine> all;
  for (int i = 0; i < 20; ++i) all.insert(all.end(), once.begin(), once.end());
  return all;
}

TextModelOptions small_options() {
  TextModelOptions options;
  options.epochs = 20;
  options.min_count = 1;
  options.buckets = 5000;
  return options;
}

// A model trained by libfasttext itself with the same options, as the trainer does it.
double fasttext_log_odds(const std::string& line) {
  static fasttext::FastText* reference = [] {
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("winnow-reference-" + std::to_string(::getpid()));
    std::ofstream out(file);
    for (const LabelledLine& one : lines())
      out << "__label__" << (one.spam ? "spam " : "ham ") << one.line << '\n';
    out.close();
    const TextModelOptions options = small_options();
    fasttext::Args args;
    args.input = file.string();
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
    args.seed = options.seed;
    args.verbose = 0;
    static fasttext::FastText model;
    model.train(args);
    std::filesystem::remove(file);
    return &model;
  }();
  std::istringstream in(line + "\n");
  std::vector<std::pair<fasttext::real, std::string>> predictions;
  reference->predictLine(in, predictions, 2, 0.0);
  double spam = 0, ham = 0;
  for (const auto& [probability, label] : predictions)
    (label == "__label__spam" ? spam : ham) = static_cast<double>(probability);
  return std::log(spam / ham);
}

TEST_CASE("the folded model says what libfasttext says, known words, unknown words and other scripts alike") {
  TextModelOptions options = small_options();
  options.drop_start = false;
  const Result<TextModel> model = train_text_model(lines(), options);
  REQUIRE(model);
  for (const std::string line :
       {"buy cheap pills now", "thanks", "unheard of words entirely", "купить casino 世界", "a:casino u:top",
        "x", "cheapest casinos problematic пилюли"}) {
    CAPTURE(line);
    // libfasttext adds 1e-5 to each probability, which shows at the far ends.
    CHECK(model->score(line).log_odds == doctest::Approx(fasttext_log_odds(line)).epsilon(0.005));
  }
  CHECK(model->score("buy cheap pills now").log_odds > 2);
  CHECK(model->score("thanks that solved my problem").log_odds < -2);
}

TEST_CASE("without their random start, rows that training never touched say nothing") {
  TextModelOptions options = small_options();
  const auto strange = [&] { return train_text_model(lines(), options)->score("qzxwv").log_odds; };
  const double end_of_line_alone = train_text_model(lines(), options)->score("").log_odds;
  // "qzxwv" has nine n-grams and one pair with the end of line, none of them in the lines (collisions aside:
  // 5,000 buckets).
  CHECK(std::abs(strange()) < std::abs(end_of_line_alone) / 5);
  options.drop_start = false;
  CHECK(strange() != doctest::Approx(0).epsilon(0.0001));
}

TEST_CASE("training twice gives the same bytes") {
  const Result<TextModel> one = train_text_model(lines(), small_options()),
                          two = train_text_model(lines(), small_options());
  REQUIRE(one);
  REQUIRE(two);
  CHECK(one->serialize() == two->serialize());
}

TEST_CASE("training needs both labels") {
  const Result<TextModel> model = train_text_model({{"a", true}, {"b", true}}, small_options());
  REQUIRE_FALSE(model);
  CHECK(model.error().kind == ErrorKind::kInvalid);
}

TextModel tiny() {
  return TextModel({0, 0, 0, false}, {{"good", -1.0F}, {"bad", 2.0F}}, {}, 0.5F);
}

TEST_CASE("log-odds are the mean over the rows, the end of line among them") {
  const TextModel model = tiny();
  CHECK(model.score("bad").log_odds == doctest::Approx((2 + 0.5) / 2));
  CHECK(model.score("bad good").log_odds == doctest::Approx((2 - 1 + 0.5) / 3));
  CHECK(model.score("").log_odds == doctest::Approx(0.5));
  CHECK(model.score("   ").words == 0);
}

TEST_CASE("the shares of all places and of the end of line sum to the log-odds, a pair's half to each word") {
  const TextModel pairs({2, 3, 50, true}, {{"good", -1.0F}, {"bad", 2.0F}}, std::vector<float>(50, 0.3F),
                        0.5F);
  for (const std::vector<std::string_view>& words :
       {std::vector<std::string_view>{}, {"bad"}, {"bad", "good", "bad", "strange", "很好"}}) {
    std::string line;
    for (const std::string_view word : words) line.append(line.empty() ? "" : " ").append(word);
    const LineShares shares = pairs.shares(words);
    CHECK(shares.words.size() == words.size());
    double sum = shares.end_of_line;
    for (const double share : shares.words) sum += share;
    CHECK(sum == doctest::Approx(pairs.score(line).log_odds));
  }
  const TextModel alone({0, 0, 50, true}, {{"good", -1.0F}, {"bad", 2.0F}}, std::vector<float>(50, 0.4F),
                        0.5F);
  const std::vector<std::string_view> words = {"bad", "good"};
  const LineShares shares = alone.shares(words);  // rows: two words, two pairs, the end of line
  CHECK(shares.words[0] == doctest::Approx((2 + 0.4 / 2) / 5));
  CHECK(shares.words[1] == doctest::Approx((-1 + 0.4) / 5));
  CHECK(shares.end_of_line == doctest::Approx((0.5 + 0.4 / 2) / 5));
}

TEST_CASE("with a length power below one, a long line says more, and shares still sum to the log-odds") {
  const TextModel model({0, 0, 0, false, 0.5F}, {{"good", -1.0F}, {"bad", 2.0F}}, {}, 0.0F);
  CHECK(model.score("bad").log_odds == doctest::Approx(2 / std::sqrt(2)));
  CHECK(model.score("bad bad bad").log_odds == doctest::Approx(6 / std::sqrt(4)));
  CHECK(model.explain("bad good bad", 9)[0].points == doctest::Approx(4 / std::sqrt(4)));
  const std::vector<std::string_view> words = {"bad", "good"};
  CHECK(model.shares(words).words[0] == doctest::Approx(2 / std::sqrt(3)));
  const Result<TextModel> again = TextModel::parse(model.serialize());
  REQUIRE(again);
  CHECK(again->shape().length_power == 0.5F);
  CHECK(again->score("bad good").log_odds == doctest::Approx(1 / std::sqrt(3)));
  CHECK_FALSE(TextModel::parse(TextModel({0, 0, 0, false, 1.5F}, {}, {}, 0.0F).serialize()));
}

// What read() says, as score() and explain() say it.
std::map<std::string, double> named(const TextReading& reading, const LineWords& line) {
  std::map<std::string, double> shares;
  const auto add = [&](std::string name, const TextReading::Part& part) {
    if (part.rows > 0) shares[std::move(name)] = part.total / reading.length;
  };
  for (std::size_t i = 0; i < line.words().size(); ++i) add(std::string(line.words()[i]), reading.words[i]);
  for (std::size_t i = 0; i < line.pairs().size(); ++i) {
    const LineWords::Pair pair = line.pairs()[i];
    const bool is_last = pair.second == LineWords::kEnd;
    add(std::string(line.words()[pair.first]) + " " +
            (is_last ? "(end)" : std::string(line.words()[pair.second])),
        reading.pairs[i]);
  }
  return shares;
}

bool reads_alike(const TextModel& model, const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : " ").append(word);
  const LineWords line(words);
  const TextReading quick = model.read(line);
  const TextScore plain = model.score(text);
  std::map<std::string, double> shares;
  for (const WordShare& share : model.explain(text, std::string::npos)) shares[share.word] = share.points;
  return quick.score.log_odds == plain.log_odds && quick.score.words == plain.words &&
         quick.score.known == plain.known && named(quick, line) == shares;
}

bool reads_alike(const TextReading& one, const TextReading& other) {
  const auto is_same = [](const TextReading::Part& a, const TextReading::Part& b) {
    return a.total == b.total && a.rows == b.rows;
  };
  return one.score.log_odds == other.score.log_odds && one.score.words == other.score.words &&
         one.score.known == other.score.known && one.length == other.length &&
         std::ranges::equal(one.words, other.words, is_same) &&
         std::ranges::equal(one.pairs, other.pairs, is_same);
}

TEST_CASE("read() says the same as score() and explain(), to the last bit, of every comment there is") {
  const Result<Model> shipped = Model::load(std::filesystem::canonical(source_dir() + "/models/current"));
  REQUIRE(shipped);
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(source_dir() + "/data/seed"))
    if (file.path().extension() == ".jsonl") files.push_back(file.path());
  // Others, where there are any: COMMENTS=one.jsonl:two.jsonl
  if (const char* more = std::getenv("COMMENTS")) {
    std::istringstream names(more);
    for (std::string name; std::getline(names, name, ':');) files.emplace_back(name);
  }
  int comments = 0;
  for (const std::filesystem::path& file : files) {
    std::ifstream in(file);
    for (std::string row; std::getline(in, row); ++comments) {
      const Result<Json> json = parse_json(row);
      REQUIRE(json);
      const Result<Comment> comment = comment_from_json(*json);
      REQUIRE(comment);
      const Features features(*comment);
      const std::vector<std::string_view> words = model_words(features);
      const LineWords line(words);
      const auto [text, linear] = TextModel::read_both(shipped->text, *shipped->linear, line);
      if (!reads_alike(shipped->text, words) || !reads_alike(*shipped->linear, words) ||
          !reads_alike(text, shipped->text.read(line)) || !reads_alike(linear, shipped->linear->read(line)))
        FAIL_CHECK("differs: ", file.filename().string(), " ", json->value("id", ""));
    }
  }
  CHECK(comments > 10000);
}

TEST_CASE("read() of words that come again, of none, and of a model without pairs or n-grams") {
  const TextModel pairs({2, 3, 50, true, 0.5F}, {{"good", -1.0F}, {"bad", 2.0F}},
                        std::vector<float>(50, 0.3F), 0.5F);
  for (const std::vector<std::string_view>& words : {std::vector<std::string_view>{},
                                                     {"bad"},
                                                     {"bad", "bad", "bad"},
                                                     {"bad", "good", "bad", "good", "odd", "bad"}}) {
    CHECK(reads_alike(pairs, words));
    CHECK(reads_alike(tiny(), words));
  }
}

TEST_CASE(
    "models that lie together say what each says alone; those of other words or shapes are left alone") {
  const std::vector<TextModel::WordRow> words = {
      {"bad", 2.0F}, {"good", -1.0F}, {"incomprehensibilities", 0.25F}};
  std::vector<float> rows(64), others(64);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] = 0.1F * static_cast<float>(i);
    others[i] = 1 - 0.3F * static_cast<float>(i);
  }
  const TextModel text({2, 4, 64, true}, words, rows, 0.5F);
  std::vector<TextModel::WordRow> same = words, longer = words;
  for (TextModel::WordRow& row : same) row.value = 3 - row.value;
  longer.push_back({"odd", 1.0F});
  for (const TextModel& linear :
       {TextModel({2, 4, 64, true, 0.5F}, same, others, 0.0F),
        TextModel({2, 4, 64, true}, longer, others, 0.0F), TextModel({2, 3, 64, true}, same, others, 0.0F),
        TextModel({0, 0, 0, false}, same, {}, 0.0F)}) {
    TextModel one = text, other = linear;
    TextModel::lay_together(one, other);
    CHECK(one.serialize() == text.serialize());
    CHECK(other.serialize() == linear.serialize());
    CHECK(other.word_count() == linear.word_count());
    for (const std::vector<std::string_view>& said :
         {std::vector<std::string_view>{},
          {"bad"},
          {"bad", "good", "odd", "bad", "incomprehensibilities", "incomprehensibility", "пилюли", "bad"}}) {
      const LineWords line(said);
      const auto [of_one, of_other] = TextModel::read_both(one, other, line);
      CHECK(reads_alike(of_one, text.read(line)));
      CHECK(reads_alike(of_other, linear.read(line)));
      CHECK(reads_alike(one, said));
      CHECK(reads_alike(other, said));
      CHECK(one.shares(said).words == text.shares(said).words);
      CHECK(other.shares(said).words == linear.shares(said).words);
    }
  }
}

TEST_CASE("words that the model knows are counted") {
  const TextScore score = tiny().score("bad stranger good");
  CHECK(score.words == 3);
  CHECK(score.known == 2);
}

TEST_CASE("the shares of the words and of the end of line sum to the log-odds") {
  const Result<TextModel> model = train_text_model(lines(), small_options());
  REQUIRE(model);
  const std::string line = "cheap cheap casino thanks unheard";
  double sum = 0;
  for (const WordShare& share : model->explain(line, 100)) sum += share.points;
  const TextScore all = model->score(line);
  // What is left is the end of line: the one row of an empty line, over the same number of rows.
  const double rest = all.log_odds - sum;
  const double end_of_line = model->score("").log_odds;
  CHECK(rest * end_of_line >= 0);
  CHECK(std::abs(rest) < std::abs(end_of_line));
  CHECK(model->explain("bad bad good", 1).size() == 1);
  CHECK(tiny().explain("good bad", 1)[0].word == "bad");
}

TEST_CASE("a model that was written is read back with the same scores") {
  const Result<TextModel> model = train_text_model(lines(), small_options());
  REQUIRE(model);
  const Result<TextModel> again = TextModel::parse(model->serialize());
  REQUIRE(again);
  CHECK(again->word_count() == model->word_count());
  for (const LabelledLine& line : lines())
    CHECK(again->score(line.line).log_odds ==
          doctest::Approx(model->score(line.line).log_odds).epsilon(0.001));
  CHECK(again->serialize().size() == model->serialize().size());
}

TEST_CASE("what is not a model is refused with the reason, at every cut and flip of the head") {
  const Result<TextModel> model = train_text_model(lines(), small_options());
  REQUIRE(model);
  const std::string bytes = model->serialize();
  for (const std::size_t size : {std::size_t{0}, std::size_t{3}, std::size_t{8}, std::size_t{31},
                                 std::size_t{40}, bytes.size() / 2, bytes.size() - 1}) {
    CAPTURE(size);
    const Result<TextModel> cut = TextModel::parse(std::string_view(bytes).substr(0, size));
    REQUIRE_FALSE(cut);
    CHECK(cut.error().kind == ErrorKind::kCorrupt);
  }
  CHECK_FALSE(TextModel::parse(bytes + "x"));
  for (std::size_t i = 0; i < 24; ++i) {
    std::string flipped = bytes;
    flipped[i] = static_cast<char>(~flipped[i]);
    CHECK_FALSE(TextModel::parse(flipped));
  }
}

TEST_CASE("rows that have no finite sum are refused") {
  CHECK(TextModel::parse(TextModel({0, 0, 1, true}, {{"casino", 3}}, {4}, 1).serialize()));
  CHECK_FALSE(TextModel::parse(TextModel({0, 0, 1, true}, {{"casino", 3e30F}}, {4}, 1).serialize()));
  CHECK_FALSE(TextModel::parse(TextModel({0, 0, 1, true}, {{"casino", 3}}, {4e30F}, 1).serialize()));
  CHECK_FALSE(TextModel::parse(TextModel({0, 0, 1, true}, {{"casino", 3}}, {4}, -1e30F).serialize()));
}

}  // namespace
}  // namespace winnow
