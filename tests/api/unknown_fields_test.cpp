// What nobody asked for is kept nowhere. Clients send whole dumps of $_SERVER along, one of them even the
// password that PHP_AUTH_PW has: after a day of such requests neither the data directory nor the log holds a
// byte of it.
#include <doctest/doctest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>

#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"
#include "tests/source_dir.h"

namespace winnow::api_test {
namespace {

const std::string kMark = "Kq7ZsecretW9x";
const std::string kKnown = "Kq7ZknownW9x";

// Every POST route, as the pages beside the table have it, which a unit test compares with the table; and
// those of our own API, that the README describes.
std::vector<std::string> post_paths() {
  std::vector<std::string> paths = {"/api/v1/check", "/api/v1/check/batch", "/api/v1/feedback", "/nowhere"};
  for (const char* page : {"/service/http/README.md", "/service/http/admin/README.md"}) {
    std::ifstream file(source_dir() + page);
    for (std::string line; std::getline(file, line);) {
      const std::string call = line.substr(0, line.find(" |", 2));
      const std::size_t path = call.find(" /");
      if (!line.starts_with("| ") || call.find("POST") == std::string::npos || path == std::string::npos)
        continue;
      paths.push_back(call.substr(path + 1));
      if (const std::size_t id = paths.back().find("{id}"); id != std::string::npos)
        paths.back().replace(id, 4, "1");
    }
  }
  return paths;
}

struct Sending {
  std::string key;
  std::string token;
  int port;

  std::vector<std::pair<std::string, std::string>> known() const {
    return {{"api_key", key},
            {"key", key},
            {"blog", "blog.example"},
            {"user_ip", "203.0.113.7"},
            {"comment_content", kKnown}};
  }
  static std::vector<std::pair<std::string, std::string>> unknown() {
    std::vector<std::pair<std::string, std::string>> fields = {
        {kMark, "1"}, {kMark + "[]", kMark}, {"POST_" + kMark, kMark}};
    for (const char* name : {"PHP_AUTH_PW", "PHP_AUTH_USER", "HTTP_AUTHORIZATION", "HTTP_COOKIE",
                             "SERVER_ADMIN", "DOCUMENT_ROOT", "POST_pass", "POST_comment_private",
                             "comment_meta[secret]", "password", "session", "_wpnonce", "ak_js"})
      fields.emplace_back(name, kMark);
    return fields;
  }
  Headers headers(const std::string& type) const {
    return {{"Content-Type", type},
            {"Authorization", "Bearer " + token},
            {"Cookie", "winnow_session=" + kMark + "; wordpress_logged_in=" + kMark},
            {"Referer", "http://blog.example/?p=" + kMark},
            {"User-Agent", kMark + "/1.0"},
            {"X-Api-Secret", kMark},
            {"X-" + kMark, "1"},
            {"X-Forwarded-For", kMark}};
  }
  Response send(const std::string& path, const std::string& type, const std::string& body) const {
    return ask(port, "POST", path + "?PHP_AUTH_PW=" + kMark + "&" + kMark + "=1", headers(type), body);
  }

  void form(const std::string& path) const {
    std::string body;
    for (const auto& fields : {known(), unknown()})
      for (const auto& [name, value] : fields)
        body += (body.empty() ? "" : "&") + urlencoded(name) + "=" + urlencoded(value);
    CHECK(send(path, "application/x-www-form-urlencoded", body).status != 0);
  }
  void multipart(const std::string& path) const {
    std::string body;
    for (const auto& fields : {known(), unknown()})
      for (const auto& [name, value] : fields)
        body += "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + kMark +
                "\"\r\nX-Part: " + kMark + "\r\n\r\n" + value + "\r\n";
    CHECK(send(path, "multipart/form-data; boundary=b", body + "--b--\r\n").status != 0);
  }
  // Akismet's calls pass unknown members over, our own refuse them; and what is no JSON is not shown either.
  void json(const std::string& path) const {
    std::string body = "{";
    for (const auto& [name, value] : known()) body += "\"" + name + "\":\"" + value + "\",";
    for (const char* rest : {"\"PHP_AUTH_PW\":\"", "\"secret\":{\"deep\":[\""})
      body += rest + kMark + (rest[1] == 'P' ? "\"," : "\"]}}");
    CHECK(send(path, "application/json", body).status != 0);
    CHECK(send(path, "application/json", R"({"content":"hello","author_ip":")" + kMark + "\"}").status != 0);
    CHECK(send(path, "application/json", R"({"content":)" + kMark).status != 0);
    CHECK(send(path, "text/" + kMark, kMark).status != 0);
  }
};

// Files of the data directory, and the log, in which `text` is.
std::string holding(const Installation& home, const std::string& text) {
  std::string found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(home.data()))
    if (entry.is_regular_file() && read_text(entry.path()).find(text) != std::string::npos)
      found += entry.path().filename().string() + " ";
  if (read_text(home.log()).find(text) != std::string::npos) found += "the log";
  return found;
}

TEST_CASE("unknown fields, headers and parameters are neither stored nor logged") {
  const Installation home;
  const std::string token = home.winnow({"key", "create", "--site", "*", "--curator", "--json"});
  const std::size_t at = token.find("wnw_");
  {
    Winnowd winnowd(home, {"--log-level", "debug"});
    const Sending sending{home.create_key("blog.example"), token.substr(at, 36), winnowd.port()};
    const std::vector<std::string> paths = post_paths();
    CHECK(paths.size() > 30);
    for (const std::string& path : paths) {
      CAPTURE(path);
      sending.form(path);
      sending.multipart(path);
      sending.json(path);
      ask(winnowd.port(), "GET", path + "/" + kMark);
      ask(winnowd.port(), kMark, path);
    }
    // Nothing is left waiting in memory.
    winnowd.signal(SIGTERM);
    CHECK(winnowd.wait() == 0);
  }
  CHECK(holding(home, kMark) == "");
  // What is known was stored, so this would have found it.
  CHECK_FALSE(holding(home, kKnown).empty());
  CHECK(read_text(home.log()).find("/1.1/comment-check") != std::string::npos);
}

}  // namespace
}  // namespace winnow::api_test
