// The real CLI: what it prints, and how it ends.
#include <doctest/doctest.h>

#include <string>

#include "classifier/json.h"
#include "tests/api/cli_run.h"

namespace winnow::api_test {
namespace {

TEST_CASE("check tells a person the outcome and every reason with its points") {
  const Installation installation;
  const CliEnded ended = run(installation, "check --content 'cheap things'");
  CHECK(ended.code == 0);
  CHECK(ended.out.find("spam (score ") == 0);
  CHECK(ended.out.find("text.model") != std::string::npos);
  CHECK(ended.out.find("sum") != std::string::npos);
}

TEST_CASE("check reads JSON from standard input and prints JSON") {
  const Installation installation;
  const auto file = installation.data().parent_path() / "comment.json";
  write_file(file, R"({"content": "cheap things", "author": "Ann"})");
  const CliEnded ended = run(installation, "check --stdin --json < " + file.string());
  const Result<Json> verdict = parse_json(ended.out);
  REQUIRE(verdict);
  CHECK((*verdict)["outcome"] == "spam");
  CHECK((*verdict)["reasons"].size() > 1);
  write_file(file, R"({"content": 7})");
  const CliEnded wrong = run(installation, "check --stdin < " + file.string());
  CHECK(wrong.code == 1);
  CHECK(wrong.out == "winnow: content must be a string\n");
}

TEST_CASE("score answers a line for a line, and names the line that it cannot read") {
  const Installation installation;
  const auto lines = installation.data().parent_path() / "lines.jsonl";
  write_file(lines, "{\"id\":\"a\",\"content\":\"cheap\"}\n{\"id\":\"b\",\"content\":\"plain talk\"}\n");
  const CliEnded ended = run(installation, "score < " + lines.string());
  CHECK(ended.code == 0);
  const std::size_t end = ended.out.find('\n');
  const Result<Json> first = parse_json(ended.out.substr(0, end));
  const Result<Json> second = parse_json(ended.out.substr(end + 1, ended.out.size() - end - 2));
  REQUIRE(first);
  REQUIRE(second);
  CHECK((*first)["id"] == "a");
  CHECK((*first)["outcome"] == "spam");
  CHECK((*second)["outcome"] == "ham");
  write_file(lines, "{\"content\":\"x\"}\nnonsense\n");
  const CliEnded broken = run(installation, "score < " + lines.string());
  CHECK(broken.code == 1);
  CHECK(broken.out.find("winnow: line 2: ") != std::string::npos);
}

TEST_CASE("score answers a program that waits for each answer before it writes on") {
  const Installation installation;
  const std::string talk = R"(coproc )" + cli_settings(installation) + WINNOW_CLI + R"( score
for n in 1 2 3; do
  printf '{"id":%d,"content":"cheap"}\n\n' $n >&${COPROC[1]}
  read -t 30 -u ${COPROC[0]} line && echo "$line"
done)";
  const auto script = installation.data().parent_path() / "talk.sh";
  write_file(script, talk);
  const std::vector<Json> rows = rows_of(run_shell("bash " + script.string()).out);
  REQUIRE(rows.size() == 3);
  for (int n = 1; n <= 3; ++n) CHECK(rows[static_cast<std::size_t>(n - 1)]["id"] == n);
}

TEST_CASE("evaluate prints one object with every figure, by source and language, too") {
  const Installation installation;
  const auto rows = installation.data().parent_path() / "rows.jsonl";
  write_file(
      rows,
      "{\"id\":\"a\",\"label\":\"spam\",\"lang\":\"en\",\"source\":\"s\",\"content\":\"cheap\"}\n"
      "{\"id\":\"b\",\"label\":\"ham\",\"lang\":\"de\",\"source\":\"t\",\"content\":\"plain talk\"}\n");
  const CliEnded ended = run(
      installation, "evaluate --json --data " + rows.string() + " --model " + installation.model().string());
  const Result<Json> figures = parse_json(ended.out);
  REQUIRE(figures);
  for (const char* name :
       {"n", "spam", "ham", "tp", "fp", "tn", "fn", "accuracy", "precision", "recall", "f1", "mcc", "roc_auc",
        "one_minus_roca_percent", "recall_at_fpr", "ham_blocked", "brier", "by"}) {
    CAPTURE(name);
    CHECK(figures->contains(name));
  }
  CHECK((*figures)["accuracy"] == 1.0);
  CHECK((*figures)["by"]["source"]["s"]["tp"] == 1);
  CHECK((*figures)["by"]["lang"]["de"]["tn"] == 1);
}

TEST_CASE("evaluate writes a report that quotes comments only when asked to") {
  const Installation installation;
  const auto dir = installation.data().parent_path();
  const auto page = dir / "report.html";
  write_file(dir / "rows.jsonl",
             "{\"id\":\"a\",\"label\":\"spam\",\"content\":\"cheap <b>quagga</b>\"}\n"
             "{\"id\":\"b\",\"label\":\"ham\",\"content\":\"cheap <script>okapi</script>\"}\n"
             "{\"id\":\"c\",\"label\":\"ham\",\"content\":\"plain talk\"}\n");
  const std::string words = "evaluate --data " + (dir / "rows.jsonl").string();
  const CliEnded ended = run(installation, words + " --json --report " + page.string());
  CHECK(ended.code == 0);
  CHECK(parse_json(ended.out));
  const std::string without = read_text(page);
  CHECK(without.find("<!DOCTYPE html>") == 0);
  CHECK(without.find("local.cheap") != std::string::npos);
  CHECK(without.find("okapi") == std::string::npos);

  const CliEnded quoted = run(installation, words + " --report-text --report " + page.string());
  CHECK(quoted.out.find("report: " + page.string()) != std::string::npos);
  const std::string with = read_text(page);
  CHECK(with.find("&lt;script&gt;okapi&lt;/script&gt;") != std::string::npos);
  CHECK(with.find("<script") == std::string::npos);
  CHECK(with.find("quagga") == std::string::npos);  // judged right

  CHECK(run(installation, words + " --report-text").code == 2);
  CHECK(run(installation, words + " --report " + (dir / "rows.jsonl").string()).code == 2);
  CHECK(run(installation, words + " --report " + (dir / "none" / "report.html").string()).code == 2);
  std::filesystem::remove(page);
  std::filesystem::create_directories(page / "full");
  const CliEnded failed = run(installation, words + " --report " + page.string());
  CHECK(failed.code == 1);
  CHECK(failed.out.find(page.string() + ": it cannot be written: ") != std::string::npos);
}

TEST_CASE("a key for several sites, suspended and resumed") {
  const Installation installation;
  CHECK(run(installation, "key create --site http://a.example --site https://www.b.example/").code == 0);
  CHECK(run(installation, "key create --site '*' --site http://a.example").code == 2);
  CHECK(run(installation, "key list").out.find("a.example, b.example") != std::string::npos);
  CHECK(run(installation, "key suspend 1").code == 0);
  CHECK(run(installation, "key list").out.find("suspended 20") != std::string::npos);
  CHECK(run(installation, "key resume 1").code == 0);
  CHECK(run(installation, "key list").out.find("suspended 20") == std::string::npos);
  CHECK(run(installation, "key suspend 99").code == 1);
}

TEST_CASE("exit codes: 0 done, 1 failed, 2 wrong usage; every command has help with an example") {
  const Installation installation;
  CHECK(run(installation, "version").code == 0);
  CHECK(run(installation, "no-such-command").code == 2);
  CHECK(run(installation, "score --no-such-flag").code == 2);
  CHECK(run(installation, "check --content x --model /no/such/model").code == 1);
  CHECK(run(installation, "key revoke 99").code == 1);
  for (const char* command : {"site add",      "site list",         "site mode",     "model list",
                              "model show",    "model compare",     "model promote", "model rollback",
                              "model shadow",  "key create",        "key list",      "key revoke",
                              "key change",    "key suspend",       "key resume",    "feedback report",
                              "feedback list", "feedback withdraw", "reporters",     "import",
                              "export",        "recheck",           "check",         "score",
                              "train",         "evaluate",          "replay",        "config",
                              "version"}) {
    CAPTURE(command);
    const CliEnded help = run(installation, std::string(command) + " --help");
    CHECK(help.code == 0);
    CHECK(help.out.find("Example:\n  winnow ") != std::string::npos);
  }
}

TEST_CASE("train makes a model from the named files alone, which evaluate then reads") {
  const Installation installation;
  const auto dir = installation.data().parent_path();
  std::string rows;
  for (int i = 0; i < 40; ++i) {
    const std::string n = std::to_string(i);
    rows += "{\"label\":\"spam\",\"content\":\"order pills " + n + " now http://shop" + n + ".top/\"}\n";
    rows += "{\"label\":\"ham\",\"content\":\"my tomatoes of row " + n + " are still green\"}\n";
  }
  write_file(dir / "rows.jsonl", rows);
  const std::string words = "train --json --from-scratch --buckets 4096 --data " +
                            (dir / "rows.jsonl").string() + " --out " + (dir / "mine").string();
  CHECK(run(installation, words).code == 0);
  const CliEnded again = run(installation, words);
  CHECK(again.code == 1);
  CHECK(again.out.find("there is a model already") != std::string::npos);
  const CliEnded figures = run(installation, "evaluate --json --model " + (dir / "mine").string() +
                                                 " --data " + (dir / "rows.jsonl").string());
  const Result<Json> json = parse_json(figures.out);
  REQUIRE(json);
  CHECK((*json)["model"] == "mine");
  CHECK((*json)["roc_auc"].get<double>() > 0.99);
}

}  // namespace
}  // namespace winnow::api_test
