#include "classifier/rules/operator_rules.h"
#include "tests/source_dir.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace winnow {
namespace {

constexpr const char* kWatches = R"(
[[rule]]
id = "local.watches"
sentence = "speaks of replica watches"
points = 2.5
field = "content"
pattern = '(?i)\breplica watch'
spam = ["best Replica Watches here"]
ham = ["a review of my watch"]
)";

std::vector<Signal> judge(const OperatorRules& rules, const Comment& comment) {
  std::vector<Signal> signals;
  rules.judge(Features(comment), signals);
  return signals;
}

Comment says(std::string_view content) {
  Comment comment;
  comment.content = content;
  return comment;
}

TEST_CASE("a rule of a file speaks where its pattern matches") {
  OperatorRules rules;
  REQUIRE(rules.add_file(kWatches, "w.toml"));
  const std::vector<Signal> signals = judge(rules, says("cheap replica watches"));
  REQUIRE(signals.size() == 1);
  CHECK(signals[0].id == "local.watches");
  CHECK(signals[0].points == 2.5);
  CHECK(signals[0].detail == "speaks of replica watches");
  CHECK(judge(rules, says("my watch")).empty());
}

TEST_CASE("a pattern sees the text as it stands and as it reads without its disguise") {
  OperatorRules rules;
  REQUIRE(rules.add_file(kWatches, "w.toml"));
  CHECK(judge(rules, says("R\u200Beplica W\u0430tches")).size() == 1);
}

TEST_CASE("each field can be asked") {
  Comment comment = says("text http://shop.example.com/x");
  comment.author = "ann";
  comment.author_email = "ann@mail.example";
  comment.author_url = "http://home.example.org/ann";
  comment.user_agent = "agent";
  comment.user_ip = "192.0.2.1";
  comment.referrer = "http://ref.example";
  comment.type = "forum-post";
  for (const auto& [field, pattern] :
       std::vector<std::pair<std::string, std::string>>{{"content", "^text"},
                                                        {"author", "^ann$"},
                                                        {"author_email", "mail[.]example$"},
                                                        {"author_url", "/ann$"},
                                                        {"domain", "^shop[.]example[.]com$"},
                                                        {"user_agent", "^agent$"},
                                                        {"user_ip", "^192[.]0[.]2[.]"},
                                                        {"referrer", "ref"},
                                                        {"type", "^forum-post$"}}) {
    CAPTURE(field);
    OperatorRules rules;
    REQUIRE(rules.add_file(
        "[[rule]]\nid='a.b'\nsentence='s'\npoints=1\nfield='" + field + "'\npattern='" + pattern + "'\n",
        "f"));
    CHECK(judge(rules, comment).size() == 1);
    CHECK(judge(rules, Comment{}).empty());
  }
}

TEST_CASE("a bad file is refused with file, line and reason, and adds nothing") {
  const std::string good = "[[rule]]\nid='a.good'\nsentence='s'\npoints=1\nfield='content'\npattern='x'\n";
  const auto rule = [](const std::string& lines) { return "[[rule]]\n" + lines; };
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"[[rule]\n", "f.toml:1: "},
      {"answer = 42\n", "f.toml:1: only [[rule]] tables"},
      {good + rule("id='a.b'\nsentense='s'\n"), "f.toml:9: unknown key \"sentense\""},
      {rule("sentence='s'\npoints=1\nfield='content'\npattern='x'\n"), "needs an id"},
      {rule("id='A B'\nsentence='s'\npoints=1\nfield='content'\npattern='x'\n"),
       "f.toml:2: a rule needs an id"},
      {rule("id='links.many'\nsentence='s'\npoints=1\nfield='content'\npattern='x'\n"),
       "belongs to a built-in rule"},
      {good + good, "the id \"a.good\" is taken"},
      {rule("id='a.b'\npoints=1\nfield='content'\npattern='x'\n"), "needs a sentence"},
      {rule("id='a.b'\nsentence='s'\npoints=21\nfield='content'\npattern='x'\n"),
       "f.toml:4: rule a.b needs points from -20 to 20"},
      {rule("id='a.b'\nsentence='s'\npoints=nan\nfield='content'\npattern='x'\n"), "needs points"},
      {rule("id='a.b'\nsentence='s'\npoints='1'\nfield='content'\npattern='x'\n"), "needs points"},
      {rule("id='a.b'\nsentence='s'\npoints=1\nfield='colour'\npattern='x'\n"),
       "f.toml:5: rule a.b needs a field"},
      {rule("id='a.b'\nsentence='s'\npoints=1\nfield='content'\npattern='('\n"),
       "f.toml:6: rule a.b: the pattern is not one"},
      {rule("id='a.b'\nsentence='s'\npoints=1\nfield='content'\npattern='((x{900}){900}){900}'\n"),
       "the pattern is not one"},
      {rule("id='a.b'\nsentence='s'\npoints=1\nfield='content'\npattern='x'\nspam=['y']\n"),
       "f.toml:7: rule a.b gets its spam example wrong"},
      {rule("id='a.b'\nsentence='s'\npoints=1\nfield='content'\npattern='x'\nham=['x']\n"),
       "gets its ham example wrong"},
      {rule("id='a.b'\nsentence='s'\npoints=1\nfield='content'\npattern='x'\nham='x'\n"),
       "ham is a list of texts"},
  };
  for (const auto& [text, message] : cases) {
    CAPTURE(text);
    OperatorRules rules;
    const Result<void> added = rules.add_file(text, "f.toml");
    REQUIRE_FALSE(added);
    CHECK(added.error().kind == ErrorKind::kInvalid);
    CAPTURE(added.error().message);
    CHECK(added.error().message.find(message) != std::string::npos);
    CHECK(rules.size() == 0);
  }
}

TEST_CASE("a rule that lowers the score has ham that it matches") {
  OperatorRules rules;
  CHECK(
      rules.add_file("[[rule]]\nid='a.ours'\nsentence='s'\npoints=-3\nfield='content'\npattern='our "
                     "club'\nham=['at our club']\nspam=['x']\n",
                     "f"));
  CHECK(judge(rules, says("our club"))[0].points == -3);
}

TEST_CASE("a directory is read in name order; a missing one is an error") {
  const std::filesystem::path dir =
      std::filesystem::temp_directory_path() / ("winnow-rules-" + std::to_string(::getpid()));
  std::filesystem::create_directories(dir);
  std::ofstream(dir / "b.toml")
      << "[[rule]]\nid='a.two'\nsentence='s'\npoints=1\nfield='content'\npattern='x'\n";
  std::ofstream(dir / "a.toml") << kWatches;
  std::ofstream(dir / "notes.txt") << "no rules";
  const Result<OperatorRules> rules = OperatorRules::load(dir);
  REQUIRE(rules);
  CHECK(rules->size() == 2);
  CHECK(rules->describe().find("local.watches") < rules->describe().find("a.two"));
  std::filesystem::remove_all(dir);
  REQUIRE_FALSE(OperatorRules::load(dir));
  CHECK(OperatorRules::load(dir).error().kind == ErrorKind::kNotFound);
}

// `count` rules with this pattern.
std::string file_of(int count, const std::string& pattern) {
  std::string text;
  for (int i = 0; i < count; ++i)
    text += "[[rule]]\nid='a." + std::to_string(i) + "'\nsentence='s'\npoints=1\nfield='content'\npattern='" +
            pattern + "'\n";
  return text;
}

TEST_CASE("nested quantifiers take no longer than others, or are refused") {
  OperatorRules rules;
  REQUIRE(rules.add_file(file_of(1, "((a*)*|(a|aa)+)*b$"), "f"));
  // Who tries all ways to part these letters does not come to an end.
  CHECK(judge(rules, says(std::string(100'000, 'a'))).empty());
  CHECK(judge(rules, says(std::string(100'000, 'a') + 'b')).size() == 1);
  for (const char* pattern : {"((a{1,100}){1,100}){1,100}", "(\\pL{1,500}){1,500}"}) {
    const Result<void> added = OperatorRules().add_file(file_of(1, pattern), "f");
    REQUIRE_FALSE(added);
    CHECK(added.error().kind == ErrorKind::kInvalid);
  }
}

TEST_CASE("the patterns of all rules together have a bound") {
  CHECK(OperatorRules().add_file(file_of(1000, "word"), "f"));
  // Each needs more than 256 KiB and less than 1 MiB.
  CHECK(OperatorRules().add_file(file_of(200, "(?i)(some|word|or|other){1,1000}"), "f"));
  for (const auto& [count, pattern] :
       {std::pair(1025, "word"), std::pair(257, "(?i)(some|word|or|other){1,1000}")}) {
    OperatorRules rules;
    const Result<void> added = rules.add_file(file_of(count, pattern), "f");
    REQUIRE_FALSE(added);
    CHECK(added.error().message.find("256 MiB") != std::string::npos);
    CHECK(rules.size() == 0);
  }
}

TEST_CASE("files of rules have a size and a number") {
  const std::string large = "# " + std::string(kMaxRuleFileBytes, 'x') + "\n";
  CHECK_FALSE(OperatorRules().add_file(large, "f"));
  const std::filesystem::path dir =
      std::filesystem::temp_directory_path() / ("winnow-rules-" + std::to_string(::getpid()));
  std::filesystem::create_directories(dir);
  for (std::size_t i = 0; i < kMaxRuleFiles; ++i) std::ofstream(dir / (std::to_string(i) + ".toml")) << "#";
  CHECK(OperatorRules::load(dir));
  std::ofstream(dir / "more.toml") << "#";
  CHECK_FALSE(OperatorRules::load(dir));
  std::filesystem::remove(dir / "more.toml");
  std::ofstream(dir / "0.toml") << large;
  const Result<OperatorRules> loaded = OperatorRules::load(dir);
  std::filesystem::remove_all(dir);
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().message.find("0.toml") != std::string::npos);
}

TEST_CASE("the rules of the project itself are good") {
  CHECK(OperatorRules::load(std::filesystem::path(source_dir()) / "data" / "rules"));
}

}  // namespace
}  // namespace winnow
