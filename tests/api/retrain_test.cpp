// `winnow retrain` on a real installation: from reports in its database to a model that its daemon would
// load.
#include <doctest/doctest.h>
#include <filesystem>
#include <string>

#include "classifier/json.h"
#include "tests/api/cli_run.h"
#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"
#include "tests/source_dir.h"

namespace winnow::api_test {
namespace {

// `model`: another than the installation's.
CliEnded run_with(const std::filesystem::path& model, const Installation& installation,
                  const std::string& words) {
  return run_shell(cli_settings(installation) + "WINNOW_MODEL='" + model.string() + "' " WINNOW_CLI " " +
                   words + " 2>&1");
}

// Rows of a site that gets advertising for carpets, and a small seed.
struct Files {
  std::filesystem::path rows, seed, models;
  explicit Files(const Installation& installation) {
    const std::filesystem::path root = installation.data().parent_path();
    rows = root / "rows.jsonl";
    seed = root / "seed";
    models = root / "models";
    std::filesystem::create_directories(seed);
    std::filesystem::create_directories(models);
    std::string text, seed_text;
    for (int i = 0; i < 60; ++i) {
      const std::string n = std::to_string(i);
      const std::string things = std::string(1, static_cast<char>('a' + i % 26)) + "x" + n;
      text += R"({"id":"s)" + n +
              R"(","label":"spam","blog":"https://blog.example","content":"woven carpets )" + things +
              " ship today " + things + "\"}\n";
      text += R"({"id":"h)" + n + R"(","label":"ham","blog":"https://blog.example","content":"my tomatoes )" +
              things + " grew well " + things + "\"}\n";
      seed_text += R"({"id":"t)" + n + R"(","label":"ham","content":"I read it again )" + things + "\"}\n";
    }
    write_file(rows, text);
    write_file(seed / "seed.jsonl", seed_text);
  }
  std::string options() const { return "--seed-data " + seed.string() + " --models " + models.string(); }
  std::string with_rows() const { return options() + " --no-feedback --data " + rows.string(); }
};

std::size_t entries(const std::filesystem::path& dir) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(dir)) count += entry.is_directory() ? 1 : 0;
  return count;
}

TEST_CASE("retrain writes a model that judges better what it was taught, and says so in a table") {
  const Installation installation;
  const Files files(installation);
  const CliEnded dry = run(installation, "retrain --dry-run " + files.with_rows());
  CHECK(dry.code == 0);
  CHECK(dry.out.find("blog.example") != std::string::npos);
  CHECK(dry.out.find("golden") != std::string::npos);
  CHECK(entries(files.models) == 0);

  // The shipped model, for the small one of these tests does not know the golden comments that stand guard.
  const std::filesystem::path shipped = source_dir() + "/models/current";
  const CliEnded ended = run_with(shipped, installation, "retrain --json " + files.with_rows());
  REQUIRE(ended.code == 0);
  const Result<Json> told = parse_json(ended.out.substr(0, ended.out.find('\n')));
  REQUIRE(told);
  const std::filesystem::path model = (*told)["model"].get<std::string>();
  CHECK(std::filesystem::exists(model / "delta.model"));
  CHECK((*told)["gate"]["refusals"].empty());
  CHECK((*told)["data"][0]["file"] == "rows.jsonl");
  CHECK((*told)["figures"]["held_out"]["recall"] == 1.0);

  const std::string check =
      "check --json --blog https://www.blog.example/ --content 'woven carpets ship today'";
  const Result<Json> before = parse_json(run_with(shipped, installation, check).out);
  const Result<Json> after = parse_json(run(installation, check + " --model " + model.string()).out);
  REQUIRE(before);
  REQUIRE(after);
  CHECK((*before)["outcome"] != "spam");
  CHECK((*after)["score"].get<double>() > (*before)["score"].get<double>());
  CHECK(after->dump().find("delta.site") != std::string::npos);
}

TEST_CASE("retrain learns from the daemon's reports, without the withdrawn ones, and promotes") {
  const Installation installation;
  const Files files(installation);
  const std::filesystem::path shelf = installation.data().parent_path() / "shelf";
  std::filesystem::create_directories(shelf);
  std::filesystem::copy(installation.model(), shelf / "test-model");
  std::filesystem::create_symlink("test-model", shelf / "current");
  const std::string key = installation.create_key("blog.example", "api");
  const Headers bearer = {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}};
  std::string last;
  {
    const Winnowd winnowd(installation);
    for (int i = 0; i < 60; ++i) {
      const std::string thing = std::string(1, static_cast<char>('a' + i % 26)) + "x" + std::to_string(i);
      const std::string text = i % 2 == 0 ? "woven carpets ship today " : "my tomatoes grew well ";
      const Json report = {{"label", i % 2 == 0 ? "spam" : "ham"},
                           {"comment", {{"content", text + thing + " and " + thing}}}};
      const Response answer = ask(winnowd.port(), "POST", "/api/v1/feedback", bearer, to_text(report));
      REQUIRE(answer.status == 201);
      last = (*parse_json(answer.body))["id"].get<std::string>();
    }
    CHECK(ask(winnowd.port(), "DELETE", "/api/v1/feedback/" + last, bearer).status < 300);
  }
  const CliEnded ended = run_with(shelf / "current", installation,
                                  "retrain --promote --json --seed-data " + files.seed.string());
  REQUIRE(ended.code == 0);
  const Result<Json> told = parse_json(ended.out.substr(0, ended.out.find('\n')));
  REQUIRE(told);
  CHECK((*told)["reports"]["read"] == 59);
  CHECK((*told)["feedback_until"]["event"].get<std::string>().size() == 32);
  CHECK((*told)["feedback_until"]["event"] != last);
  const std::filesystem::path model = (*told)["model"].get<std::string>();
  CHECK(std::filesystem::read_symlink(shelf / "current") == model.filename());
  const CliEnded judged = run_with(shelf / "current", installation,
                                   "check --blog https://blog.example --content 'woven carpets ship today'");
  CHECK(judged.out.find("delta.site") != std::string::npos);
}

TEST_CASE("two retrainings on the same rows write the same delta under two names") {
  const Installation installation;
  const Files files(installation);
  REQUIRE(run(installation, "retrain " + files.with_rows()).code == 0);
  REQUIRE(run(installation, "retrain " + files.with_rows()).code == 0);
  std::vector<std::string> deltas;
  for (const auto& entry : std::filesystem::directory_iterator(files.models))
    if (entry.is_directory()) deltas.push_back(read_text(entry.path() / "delta.model"));
  REQUIRE(deltas.size() == 2);
  CHECK(deltas[0] == deltas[1]);
}

TEST_CASE("retrain without enough to learn from says what there is, and writes nothing") {
  const Installation installation;
  const Files files(installation);
  const CliEnded ended = run(installation, "retrain " + files.options());
  CHECK(ended.code == 1);
  CHECK(ended.out.find("too little to learn from") != std::string::npos);
  CHECK(entries(files.models) == 0);
  CHECK(run(installation, "retrain --no-feedback").code == 1);
  CHECK(run(installation, "retrain --force").out.find("--reason") != std::string::npos);
  CHECK(run(installation, "retrain --promote --dry-run").code == 2);
}

}  // namespace
}  // namespace winnow::api_test
