// winnow import and export: comments that others have judged.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "classifier/json.h"
#include "tests/api/cli_run.h"
#include "tests/api/http_client.h"

namespace winnow::api_test {
namespace {

std::string wxr_comment(int id, const std::string& approved, const std::string& content) {
  return "<wp:comment><wp:comment_id>" + std::to_string(id) + "</wp:comment_id><wp:comment_author>Ann " +
         std::to_string(id) +
         "</wp:comment_author><wp:comment_date_gmt>2012-06-11 12:00:00</wp:comment_date_gmt>"
         "<wp:comment_content><![CDATA[" +
         content + "]]></wp:comment_content><wp:comment_approved>" + approved +
         "</wp:comment_approved></wp:comment>\n";
}

std::string wxr(const std::string& comments) {
  return "<?xml version=\"1.0\"?>\n<rss><channel><item><title>Beans</title><link>http://blog.example/beans"
         "</link>\n" +
         comments + "</item></channel></rss>\n";
}

const std::string kComments = wxr_comment(1, "1", "they climb the whole summer") +
                              wxr_comment(2, "spam", "visit my shop") + wxr_comment(3, "0", "hm") +
                              wxr_comment(4, "trash", "oops") + wxr_comment(5, "1", "mine did not");

TEST_CASE("import counts what it finds; a dry run stores nothing; a second run finds it there") {
  const Home home;
  const std::string words = "import --site http://www.blog.example/ " + home.file("blog.xml", wxr(kComments));
  const CliEnded dry = home.winnow(words + " --dry-run");
  CHECK(dry.code == 0);
  CHECK(dry.out.find("dry run: 3 reports would be added to blog.example\n") != std::string::npos);
  CHECK(home.winnow("site list").out.find("blog.example") == std::string::npos);

  const CliEnded first = home.winnow(words);
  CHECK(first.code == 0);
  CHECK(first.out ==
        "                                            COMMENTS\n"
        "spam                                        1\n"
        "ham                                         2\n"
        "  of these there already                    0\n"
        "waiting for a decision                      1\n"
        "skipped: in the trash, which is no verdict  1\n"
        "\n"
        "added 3 reports to blog.example\n");

  const Json again = json_of(home.winnow(words + " --json"));
  CHECK(again["added"] == 0);
  CHECK(again["already_there"] == 3);
  CHECK(again["complete"] == true);
  CHECK(again["skipped"]["in the trash, which is no verdict"] == 1);
  CHECK(json_of(home.winnow(words + " --json --dry-run"))["already_there"] == 3);
}

TEST_CASE("the same comment is known again in another format, and on another site is another") {
  const Home home;
  const std::string xml = home.file("blog.xml", wxr(kComments));
  const std::string csv = home.file("dump.csv",
                                    "comment_ID,comment_content,comment_approved\n2,visit my shop,spam\n"
                                    "9,visit another shop,spam\n");
  CHECK(json_of(home.winnow("import --json --site blog.example " + xml))["added"] == 3);
  CHECK(json_of(home.winnow("import --json --site blog.example " + csv))["added"] == 1);
  CHECK(json_of(home.winnow("import --json --site other.example " + csv))["added"] == 2);
}

TEST_CASE("a label that has changed since is a later report, and export gives that one") {
  const Home home;
  const std::string words = "import --json --site blog.example ";
  home.winnow(words + home.file("one.xml", wxr(kComments)));
  const std::string changed = wxr_comment(1, "spam", "they climb the whole summer");
  CHECK(json_of(home.winnow(words + home.file("two.xml", wxr(changed))))["added"] == 1);

  std::map<std::string, std::string> labels;
  for (const Json& row : rows_of(home.winnow("export").out))
    labels[row["content"].get<std::string>()] = row["label"].get<std::string>();
  CHECK(labels == std::map<std::string, std::string>{{"they climb the whole summer", "spam"},
                                                     {"visit my shop", "spam"},
                                                     {"mine did not", "ham"}});
}

TEST_CASE("export has every field and where it comes from, and comes back as it was") {
  const Home home;
  home.winnow("import --site blog.example " + home.file("blog.xml", wxr(kComments)));
  const std::string out = (home.dir / "set.jsonl").string();
  CHECK(home.winnow("export --out " + out).out == "wrote 3 reports to " + out + "\n");
  const std::string set = read_text(out);
  const Json first = rows_of(set).front();
  CHECK(first["source"] == "blog.example");
  CHECK(first["label"] == "ham");
  CHECK(first["author"] == "Ann 1");
  CHECK(first["post_title"] == "Beans");
  CHECK(first["permalink"] == "http://blog.example/beans");
  CHECK(first["provenance"]["origin"] == "import");
  CHECK(first["provenance"]["reporter"] == "import");
  CHECK(first["provenance"]["at"] == "2012-06-11T12:00:00Z");
  CHECK(first["provenance"]["key"].is_null());
  CHECK(first["id"].get<std::string>().size() == 32);

  CHECK(json_of(home.winnow("import --json --site blog.example " + out))["added"] == 0);
  const Home away;
  CHECK(json_of(away.winnow("import --json --site blog.example --format jsonl " + out))["added"] == 3);
  CHECK(away.winnow("export --site blog.example").out == set);
  CHECK(json_of(away.winnow("evaluate --json --data " + out))["n"] == 3);
  const CliEnded unknown = away.winnow("export --site nowhere.example");
  CHECK(unknown.code == 1);
  CHECK(unknown.out ==
        "winnow: there is no site nowhere.example, add it with: winnow site add nowhere.example\n");
}

TEST_CASE("a csv of any kind, with a map of its columns") {
  const Home home;
  const std::string csv =
      home.file("any.csv", "nr;body;status\n1;hello there;approved\n2;buy this;junk\n3;later;pending\n");
  const Json counts =
      json_of(home.winnow("import --json --site blog.example --columns "
                          "content=body,label=status,id=nr --spam-value junk --ham-value "
                          "approved " +
                          csv));
  CHECK(counts["spam"] == 1);
  CHECK(counts["ham"] == 1);
  CHECK(counts["skipped"].size() == 1);
  CHECK(home.winnow("import --site blog.example --columns nonsense " + csv).code == 2);
  CHECK(home.winnow("import --site blog.example " + (home.dir / "none.xml").string()).code == 2);
  CHECK(home.winnow("import " + csv).code == 2);
  const CliEnded unknown = home.winnow("import --site blog.example " + csv);
  CHECK(unknown.code == 1);
  CHECK(unknown.out.find("its format cannot be told from how it begins; name it with --format") !=
        std::string::npos);
}

TEST_CASE("a damaged file is named with its line, and what stood before is stored") {
  const Home home;
  const std::string file = home.file("rows.jsonl",
                                     "{\"id\":\"1\",\"label\":\"ham\",\"content\":\"one\"}\n"
                                     "{\"id\":\"2\",\"label\":\"spam\",\"content\":\"two\"}\nnonsense\n");
  const CliEnded broken = home.winnow("import --site blog.example " + file);
  CHECK(broken.code == 1);
  CHECK(broken.out.find("added 2 reports to blog.example\n") != std::string::npos);
  CHECK(broken.out.find("winnow: " + file + ":3: ") != std::string::npos);
  CHECK(rows_of(home.winnow("export").out).size() == 2);
}

TEST_CASE("an import that was interrupted goes on where it was") {
  const Home home;
  std::string rows;
  for (int i = 0; i < 3000; ++i)
    rows += "{\"id\":\"" + std::to_string(i) + "\",\"label\":\"ham\",\"content\":\"tomatoes of row " +
            std::to_string(i) + "\"}\n";
  const std::string file = home.file("rows.jsonl", rows);
  const std::string words = " import --json --site blog.example ";
  // The pipe is read to its end only after the signal.
  const CliEnded stopped = run_shell("cd '" + home.dir.string() + "' && mkfifo pipe && { " +
                                     cli_settings(home.installation) + WINNOW_CLI + words +
                                     "--format jsonl pipe > out 2>&1 & } && exec 3> pipe && cat rows.jsonl "
                                     ">&3 && kill -INT $! && exec 3>&-; "
                                     "wait $!; code=$?; cat out; exit $code");
  CHECK(stopped.code == 1);
  CAPTURE(stopped.out);
  CHECK(stopped.out.find("winnow: interrupted; ") != std::string::npos);
  const Json first = rows_of(stopped.out.substr(0, stopped.out.find('\n'))).front();
  const Json second = json_of(home.winnow(words + file));
  CHECK(first["complete"] == false);
  CHECK(first["added"].get<int>() < 3000);
  CHECK(second["already_there"] == first["added"]);
  CHECK(second["ham"] == 3000);
}

TEST_CASE("export leaves out tests, and what was withdrawn or contradicted") {
  const Home home;
  const std::string key = home.installation.create_key("blog.example", "api");
  const Winnowd winnowd(home.installation);
  const Headers headers = {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}};
  const auto report = [&](const std::string& content, const std::string& label, bool is_test) {
    const Response response = ask(winnowd.port(), "POST", "/api/v1/feedback", headers,
                                  to_text({{"comment", {{"content", content}, {"author", "Ann"}}},
                                           {"label", label},
                                           {"is_test", is_test}}));
    REQUIRE(response.status == 201);
    return (*parse_json(response.body))["id"].get<std::string>();
  };
  report("one that stays, by somebody", "spam", false);
  report("one that was a test, by somebody", "spam", true);
  const std::string withdrawn = report("one that was withdrawn, by somebody", "spam", false);
  report("one that was spam first, by somebody", "spam", false);
  report("one that was spam first, by somebody", "ham", false);
  REQUIRE(ask(winnowd.port(), "DELETE", "/api/v1/feedback/" + withdrawn, headers).status == 200);

  const std::vector<Json> rows = rows_of(home.winnow("export").out);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0]["content"] == "one that stays, by somebody");
  CHECK(rows[0]["label"] == "spam");
  CHECK(rows[0]["provenance"]["origin"] == "api");
  CHECK(rows[0]["provenance"]["key"] == 1);
  CHECK(rows[1]["content"] == "one that was spam first, by somebody");
  CHECK(rows[1]["label"] == "ham");
}

}  // namespace
}  // namespace winnow::api_test
