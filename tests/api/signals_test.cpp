// What clients send beside the comment's text: slashes, the dump of the visitor's request, repeated checks.
#include <doctest/doctest.h>

#include <filesystem>

#include "classifier/json.h"
#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"
#include "tests/source_dir.h"

namespace winnow::api_test {
namespace {

// The fields of one Akismet call, in order.
struct Form {
  std::string body;

  Form& with(const std::string& name, const std::string& value) {
    body += (body.empty() ? "" : "&") + urlencoded(name) + "=" + urlencoded(value);
    return *this;
  }
};

// As WordPress does it.
std::string slashed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

Form site_fields(const std::string& key) {
  return Form().with("blog", "http://blog.example").with("user_ip", "203.0.113.7").with("api_key", key);
}

// A comment's check as the plugin makes it when a form is posted.
Form posted_form(const std::string& key, const std::string& author, const std::string& content) {
  return site_fields(key)
      .with("comment_author", slashed(author))
      .with("comment_content", slashed(content))
      .with("comment_parent", "0")
      .with("akismet_comment_nonce", "passed")
      .with("POST_comment", slashed(content))
      .with("POST_ak_js", "1763798795000")
      .with("POST_ak_bfs", "1763798836000")
      .with("HTTP_HOST", "blog.example")
      .with("HTTP_ACCEPT_LANGUAGE", "en-GB,en;q=0.7");
}

// The same comment from the database: reports and rechecks.
Form from_database(const std::string& key, const std::string& author, const std::string& content) {
  return site_fields(key)
      .with("comment_author", author)
      .with("comment_content", content)
      .with("comment_approved", "0")
      .with("comment_parent", "0");
}

Json stored(const Winnowd& winnowd, const std::string& token, const std::string& id) {
  const Response response =
      ask(winnowd.port(), "GET", "/api/v1/verdicts/" + id, {{"Authorization", "Bearer " + token}});
  const Result<Json> json = parse_json(response.body);
  REQUIRE(json.ok());
  return *json;
}

TEST_CASE("WordPress checks slashed and reports plain: judged, stored and matched as one text") {
  const std::string author = "Conan O'Brien \\ \"Co\"";
  for (const std::string text : {
           R"(I don't think <a href="http://lamp.example/it's">this lamp</a> fits our room)",
           R"(My files are in C:\new\table and on \\server\share since Monday)",
           R"(In a string you write "C:\\new\\table", and \\\\server for the share)",
           R"(LaTeX wants caf\'e and \"uber, never a bare accent)",
           R"(Nothing here is quoted or escaped, it only is a sentence of some length)",
       }) {
    CAPTURE(text);
    const Installation home;  // a report on one of these comments is felt by the next of its author
    const std::string key = home.create_key("blog.example"), token = home.create_key("blog.example", "api");
    const Winnowd winnowd(home);
    const Response checked =
        post_form(winnowd.port(), "/1.1/comment-check", posted_form(key, author, text).body);
    CHECK(checked.body == "false");
    const std::string id = checked.header("X-akismet-guid");
    const Json comment = stored(winnowd, token, id)["comment"];
    CHECK(comment["content"] == text);
    CHECK(comment["author"] == author);

    const Response again =
        post_form(winnowd.port(), "/1.1/comment-check",
                  from_database(key, author, text).with("recheck_reason", "recheck_queue").body);
    const Json rechecked = stored(winnowd, token, again.header("X-akismet-guid"));
    CHECK(rechecked["comment"]["content"] == text);
    CHECK(rechecked["score"] == stored(winnowd, token, id)["score"]);

    // The newest verdict of the text is what a report is about.
    const std::string newest = again.header("X-akismet-guid");
    CHECK(post_form(winnowd.port(), "/1.1/submit-spam", from_database(key, author, text).body).body ==
          "Thanks for making the web a better place.");
    CHECK(winnowd.wait_for_log("verdict=" + newest));
    const Response after =
        post_form(winnowd.port(), "/1.1/comment-check", posted_form(key, "Somebody else", text).body);
    CHECK(after.header("X-winnow-reasons").find("memory.same_text") != std::string::npos);
  }
}

TEST_CASE("a report without a recheck finds the verdict of the slashed check") {
  const Installation home;
  const std::string key = home.create_key("blog.example"), token = home.create_key("blog.example", "api");
  const Winnowd winnowd(home);
  const std::string content = R"(See <a href="http://lamp.example/">it's here</a> or C:\\lamps\"new")";
  const std::string id =
      post_form(winnowd.port(), "/1.1/comment-check", posted_form(key, "O'Hara", content).body)
          .header("X-akismet-guid");
  const Json report = {{"label", "ham"}, {"comment", {{"content", content}, {"author", "O'Hara"}}}};
  const Response reported =
      ask(winnowd.port(), "POST", "/api/v1/feedback",
          {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}}, to_text(report));
  CHECK(reported.status == 201);
  CHECK(parse_json(reported.body)->at("verdict_id") == id);
}

TEST_CASE("links in slashed HTML are found as links") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const Winnowd winnowd(home);
  const Response one = post_form(
      winnowd.port(), "/1.1/comment-check",
      posted_form(key, "Ann", R"(<a href="http://lamp-shop.top/">lamps</a> and some words beside)").body);
  CHECK(one.header("X-winnow-reasons").find("links.html") != std::string::npos);
}

TEST_CASE("checking the same comment again, for any reason, does not change its verdict") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const Winnowd winnowd(home);
  const std::string content = "The garden behind our house is lovely in spring, come and see it.";
  const std::string first =
      post_form(winnowd.port(), "/1.1/comment-check", from_database(key, "Ann", content).body)
          .header("X-winnow-score");
  CHECK(first.size() == 6);
  for (const char* reason : {"recheck_queue", "retry", "edit", "recheck", "recheck_queue", "retry"})
    CHECK(post_form(winnowd.port(), "/1.1/comment-check",
                    from_database(key, "Ann", content).with("recheck_reason", reason).body)
              .header("X-winnow-score") == first);
}

TEST_CASE("the form's signs give points and are kept as small values") {
  const Installation home;
  const std::string key = home.create_key("blog.example"), token = home.create_key("blog.example", "api");
  const Winnowd winnowd(home);
  const Response response =
      post_form(winnowd.port(), "/1.1/comment-check",
                site_fields(key)
                    .with("comment_content", "A sentence of a few more words than that.")
                    .with("comment_parent", "17")
                    .with("akismet_comment_nonce", "failed")
                    .with("POST_ak_js", "137")
                    .with("HTTP_HOST", "blog.example")
                    .with("HTTP_USER_AGENT", "Mozilla/5.0")
                    .with("comment_total", "12")
                    .body);
  const Json verdict = stored(winnowd, token, response.header("X-akismet-guid"));
  std::string signals;
  for (const Json& reason : verdict["reasons"]) signals += reason["signal"].get<std::string>() + " ";
  for (const char* wanted :
       {"form.no_script", "form.no_token", "form.no_language", "form.answer", "form.known_account"}) {
    CAPTURE(signals);
    CHECK(signals.find(wanted) != std::string::npos);
  }
  const Json& comment = verdict["comment"];
  CHECK(comment["javascript"] == "absent");
  CHECK(comment["form_token"] == "failed");
  CHECK(comment["accept_language"] == "none");
  CHECK(comment["parent"] == "17");
  CHECK(comment["author_total"] == "12");
}

TEST_CASE("a reader without scripts, on an old page, by the shipped model: a plain comment comes through") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const Winnowd winnowd(home, {"--model", source_dir() + "/models/current"});
  for (const char* content : {"Thanks, the second step was what I had missed.",
                              "Does this still work with the older version? Mine stops after the update.",
                              "I had the same trouble last year, a new cable helped."})
    CHECK(post_form(winnowd.port(), "/1.1/comment-check",
                    site_fields(key)
                        .with("comment_author", "Ann")
                        .with("comment_author_email", "ann@example.org")
                        .with("comment_content", content)
                        .with("comment_type", "comment")
                        .with("akismet_comment_nonce", "failed")
                        .with("POST_ak_js", "42")
                        .with("HTTP_HOST", "blog.example")
                        .body)
              .body == "false");
}

// Every file of the installation that has `marker` in it.
std::string files_with(const Installation& home, const std::string& marker) {
  std::string names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(home.data().parent_path()))
    if (entry.is_regular_file() && read_text(entry.path()).find(marker) != std::string::npos)
      names += entry.path().filename().string() + " ";
  return names;
}

TEST_CASE("of the dump of the visitor's request nothing is stored, logged or returned") {
  const Installation home;
  const std::string key = home.create_key("blog.example"), token = home.create_key("blog.example", "api");
  const std::string marker = "Xq7-dump-marker", kept = "Xq7-content-marker";
  {
    const Winnowd winnowd(home, {"--log-level", "debug", "--max-body-bytes", "4000000"});
    Form form = posted_form(key, "Ann", "Hello there, " + kept);
    for (int i = 0; i < 400; ++i) form.with("unknown_" + std::to_string(i), marker);
    for (const char* name : {"PHP_AUTH_USER",
                             "PHP_AUTH_PW",
                             "HTTP_AUTHORIZATION",
                             "HTTP_COOKIE",
                             "HTTP_X_SECRET",
                             "REMOTE_ADDR",
                             "REQUEST_URI",
                             "DOCUMENT_URI",
                             "comment_meta[note]",
                             "a[b][c]",
                             "comment_context[x][y]",
                             "comment_meta",
                             "POST_password",
                             "POST_ak_bkp",
                             "POST_ak_js[]",
                             "user_login",
                             "",
                             "comment_contents",
                             "guid[]",
                             "callback_secret",
                             "HTTP_ACCEPT",
                             "comment_karma",
                             "reporter_ip",
                             "comment_tags"})
      form.with(name, marker);
    form.with("POST_" + marker, marker)
        .with(marker, "")
        .with("POST_essay", std::string(1 << 20, 'x') + marker);
    const Response checked = post_form(winnowd.port(), "/1.1/comment-check?debug=" + marker, form.body);
    REQUIRE(checked.status == 200);
    CHECK(checked.body == "false");
    const std::string guid = checked.header("X-akismet-guid");
    const Response reported = post_form(winnowd.port(), "/1.1/submit-spam", form.body);
    CHECK(reported.status == 200);
    std::string answers = to_text(stored(winnowd, token, guid)) + reported.body;
    for (const Response& response : {checked, reported})
      for (const auto& [name, value] : response.headers) answers += name + ": " + value + "\n";
    CHECK(answers.find(kept) != std::string::npos);
    CHECK(answers.find(marker) == std::string::npos);
    CHECK(winnowd.wait_for_log("verdict=" + guid));
    CHECK(files_with(home, kept) != "");
    CHECK(files_with(home, marker) == "");
  }
  CHECK(files_with(home, kept).find("log ") == std::string::npos);
  CHECK(files_with(home, marker) == "");
}

}  // namespace
}  // namespace winnow::api_test
