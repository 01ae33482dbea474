#include "service/config.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

using namespace winnow;

namespace {

// A TOML file for the length of a test.
class TomlFile {
 public:
  explicit TomlFile(std::string_view text) {
    std::string pattern = (std::filesystem::temp_directory_path() / "winnow-config-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    directory_ = pattern;
    std::ofstream(directory_ / "winnow.toml") << text;
  }
  ~TomlFile() { std::filesystem::remove_all(directory_); }
  TomlFile(const TomlFile&) = delete;
  TomlFile& operator=(const TomlFile&) = delete;

  std::string path() const { return (directory_ / "winnow.toml").string(); }

 private:
  std::filesystem::path directory_;
};

ConfigValue value_of(const LoadedConfig& loaded, std::string_view name) {
  for (const ConfigValue& value : loaded.values) {
    if (value.name == name) return value;
  }
  FAIL("no such setting");
  return {};
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(toupper(c));
  return out;
}

}  // namespace

TEST_CASE("without any source every setting has its default") {
  const auto loaded = load_config("", {}, {});
  REQUIRE(loaded.ok());
  CHECK(loaded->config.listen == "127.0.0.1:8420");
  CHECK(loaded->config.data == "var");
  CHECK(loaded->config.model.ends_with("/models/current"));
  CHECK(loaded->config.rules.ends_with("/data/rules"));
  CHECK(loaded->config.threads == 64);
  CHECK(loaded->config.max_body_bytes == 1048576);
  CHECK(loaded->config.threshold_spam == -1);
  REQUIRE(loaded->values.size() == settings().size());
  for (std::size_t i = 0; i < settings().size(); ++i) {
    CHECK(loaded->values[i].name == settings()[i].name);
    CHECK(loaded->values[i].source == "default");
    CHECK_FALSE(settings()[i].description.empty());
  }
}

TEST_CASE("a flag wins over the environment, the environment over the file, and each is named") {
  const TomlFile file(
      "threads = 7\n\nlisten = \"0.0.0.0:1\"\nthreshold_spam = 0.75\ndata = \"from-file\"\nmax_sites = 3\n");
  const auto loaded =
      load_config(file.path(), {{"WINNOW_LISTEN", "0.0.0.0:2"}, {"WINNOW_DATA", "from-environment"}},
                  {{"data", "from-flag"}});
  if (!loaded) FAIL(loaded.error().message);
  CHECK(loaded->config.threads == 7);
  CHECK(loaded->config.listen == "0.0.0.0:2");
  CHECK(loaded->config.data == "from-flag");
  CHECK(loaded->config.threshold_spam == 0.75);
  CHECK(value_of(*loaded, "threads").source == "file " + file.path() + ":1");
  CHECK(value_of(*loaded, "threshold_spam").source == "file " + file.path() + ":4");
  CHECK(value_of(*loaded, "threshold_spam").value == "0.75");
  CHECK(value_of(*loaded, "listen").source == "environment");
  CHECK(value_of(*loaded, "data").source == "flag");
  CHECK(value_of(*loaded, "data").value == "from-flag");
  CHECK(value_of(*loaded, "rules").source == "default");
}

TEST_CASE("the file may be named by WINNOW_CONFIG; a named file wins over it") {
  const TomlFile file("threads = 7\n");
  const TomlFile other("threads = 8\n");
  CHECK(load_config("", {{"WINNOW_CONFIG", file.path()}}, {})->config.threads == 7);
  CHECK(load_config(other.path(), {{"WINNOW_CONFIG", file.path()}}, {})->config.threads == 8);
  const auto missing = load_config("/nowhere/winnow.toml", {}, {});
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().kind == ErrorKind::kNotFound);
  CHECK(missing.error().message.find("/nowhere/winnow.toml") != std::string::npos);
}

TEST_CASE("a setting that does not exist is an error wherever it stands") {
  const TomlFile file("threads = 7\nthreds = 8\n");
  const auto in_file = load_config(file.path(), {}, {});
  REQUIRE_FALSE(in_file.ok());
  CHECK(in_file.error().kind == ErrorKind::kInvalid);
  CHECK(in_file.error().field == "threds");
  CHECK(in_file.error().message.find("winnow.toml:2: threds") != std::string::npos);

  const auto in_environment = load_config("", {{"WINNOW_THREDS", "8"}}, {});
  REQUIRE_FALSE(in_environment.ok());
  CHECK(in_environment.error().message.find("WINNOW_THREDS") != std::string::npos);
  CHECK_FALSE(load_config("", {{"WINNOW_", "8"}}, {}).ok());
  CHECK_FALSE(load_config("", {{"WINNOW_threads", "8"}}, {}).ok());
  CHECK(load_config("", {{"OTHER_THREDS", "8"}}, {}).ok());

  const auto in_flags = load_config("", {}, {{"max_bodies", "8"}});
  REQUIRE_FALSE(in_flags.ok());
  CHECK(in_flags.error().message.find("--max-bodies") != std::string::npos);
}

TEST_CASE("a value is taken up to its limits and refused beyond, from every source") {
  struct Scenario {
    const char* name;
    const char* value;
    bool good;
  };
  const Scenario scenarios[] = {
      {"listen", "127.0.0.1:0", true},
      {"listen", "[::1]:65535", true},
      {"listen", "127.0.0.1", false},
      {"listen", ":80", false},
      {"listen", "host:65536", false},
      {"listen", "host:8x", false},
      {"listen_tls", "", true},
      {"listen_tls", "127.0.0.1", false},
      {"listen_admin", "", true},
      {"listen_admin", "[::1]:0", true},
      {"listen_admin", "127.0.0.1", false},
      {"queue", "1", true},
      {"queue", "0", false},
      {"queue", "65537", false},
      {"connections", "16", true},
      {"connections", "15", false},
      {"connections", "1000001", false},
      {"trusted_proxies", "127.0.0.1, fd00::/8", true},
      {"data", "", false},
      {"model", "", false},
      {"rules", "", true},
      {"threads", "1", true},
      {"threads", "1024", true},
      {"threads", "0", false},
      {"threads", "1025", false},
      {"threads", "4 ", false},
      {"threads", "", false},
      {"threads", "99999999999999999999", false},
      {"max_body_bytes", "1024", true},
      {"max_body_bytes", "67108864", true},
      {"max_body_bytes", "1023", false},
      {"max_body_bytes", "67108865", false},
      {"max_sites", "0", true},
      {"max_sites", "-1", false},
      {"site_distinct", "", true},
      {"site_distinct", "www, path,scheme", true},
      {"site_distinct", "path host", false},
      {"site_distinct", "port", false},
      {"callback_hosts", "", true},
      {"callback_hosts", "example.org, *.example.org,127.0.0.1:8080, [::1]:80", true},
      {"callback_hosts", "*", false},
      {"callback_hosts", "exa*mple.org", false},
      {"callback_hosts", "http://example.org", false},
      {"recheck_hold_seconds", "0", true},
      {"recheck_hold_seconds", "3601", false},
      {"recheck_watch_hours", "720", true},
      {"recheck_watch_hours", "-1", false},
      {"quorum", "2", true},
      {"quorum", "1", false},
      {"reporter_floor", "100", true},
      {"reporter_floor", "101", false},
      {"memory_mb", "0", false},
      {"retrain_ham_worse", "0.25", true},
      {"retrain_ham_worse", "-1", false},
      {"retrain_recall_worse", "100", true},
      {"retrain_recall_worse", "100.5", false},
      {"key_domains", "", true},
      {"key_domains", "rest.akismet.com, spam.example.org", true},
      {"key_domains", "https://spam.example.org", false},
      {"key_domains", "Example.org", false},
      {"log_format", "json", true},
      {"log_format", "xml", false},
      {"log_level", "warn", true},
      {"log_level", "warning", false},
      {"threshold_spam", "0", true},
      {"threshold_spam", "1", true},
      {"threshold_spam", "-1", true},
      {"threshold_spam", "1.01", false},
      {"threshold_spam", "-0.5", false},
      {"threshold_spam", "nan", false},
      {"threshold_spam", "inf", false},
  };
  for (const Scenario& scenario : scenarios) {
    CAPTURE(scenario.name);
    CAPTURE(scenario.value);
    const auto from_flag = load_config("", {}, {{scenario.name, scenario.value}});
    const auto from_environment = load_config("", {{"WINNOW_" + upper(scenario.name), scenario.value}}, {});
    CHECK(from_flag.ok() == scenario.good);
    CHECK(from_environment.ok() == scenario.good);
    if (scenario.good || from_flag.ok()) continue;
    CHECK(from_flag.error().kind == ErrorKind::kInvalid);
    CHECK(from_flag.error().field == scenario.name);
    CHECK(from_flag.error().message.find(" takes ") != std::string::npos);
  }
}

TEST_CASE("a value in the file has the type of its setting") {
  for (const char* good : {"threads = 8", "listen = \"h:1\"", "threshold_spam = 1", "threshold_spam = 0.5"}) {
    CAPTURE(good);
    CHECK(load_config(TomlFile(good).path(), {}, {}).ok());
  }
  for (const char* bad : {"threads = \"8\"", "threads = 8.0", "threads = true", "listen = 8420",
                          "threads = [8]", "[threads]\nx = 1", "threshold_spam = \"0.5\"", "threads = 0",
                          "threads = 8\nthreads = 9", "threads ="}) {
    CAPTURE(bad);
    const TomlFile file(bad);
    const auto loaded = load_config(file.path(), {}, {});
    REQUIRE_FALSE(loaded.ok());
    CHECK(loaded.error().kind == ErrorKind::kInvalid);
    CHECK(loaded.error().message.find(file.path() + ":") != std::string::npos);
  }
}

TEST_CASE("thresholds rise") {
  CHECK(load_config("", {}, {{"threshold_unsure", "0.5"}, {"threshold_spam", "0.5"}}).ok());
  CHECK_FALSE(load_config("", {}, {{"threshold_unsure", "0.6"}, {"threshold_spam", "0.5"}}).ok());
  CHECK_FALSE(load_config("", {}, {{"threshold_unsure", "0.6"}, {"threshold_discard", "0.5"}}).ok());
}

TEST_CASE("process_environment has the WINNOW_ names alone") {
  REQUIRE(setenv("WINNOW_THREADS", "12=3", 1) == 0);
  const auto found = process_environment();
  REQUIRE(unsetenv("WINNOW_THREADS") == 0);
  CHECK(found.at("WINNOW_THREADS") == "12=3");
  CHECK(found.count("PATH") == 0);
  CHECK(process_environment().count("WINNOW_THREADS") == 0);
}

TEST_CASE("the version has three numbers") {
  int dots = 0;
  for (const char c : version()) dots += c == '.';
  CHECK(dots == 2);
}

TEST_CASE("lists are split at commas, blanks around them do not count") {
  CHECK(list_of("").empty());
  CHECK(list_of(" , ,").empty());
  CHECK(list_of("a, b ,c") == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("site_distinct says what tells sites apart; by default the path") {
  CHECK(site_form(Config()) == SiteForm{});
  const auto loaded = load_config("", {}, {{"site_distinct", "scheme, www"}});
  REQUIRE(loaded.ok());
  CHECK(site_form(loaded->config) == SiteForm{true, true, false});
}

TEST_CASE("winnowd listens somewhere, TLS has certificate and key, proxies have addresses") {
  using Flags = std::map<std::string, std::string>;
  const auto fault = [](const Flags& flags) {
    const auto loaded = load_config("", {}, flags);
    return loaded.ok() ? "" : loaded.error().message.substr(0, loaded.error().message.find(':'));
  };
  const Flags pair = {{"tls_certificate", "c.pem"}, {"tls_key", "k.pem"}};
  const auto with = [&](Flags flags) {
    flags.insert(pair.begin(), pair.end());
    return flags;
  };
  CHECK(fault({{"listen", ""}}) == "listen");
  CHECK(fault({{"trusted_proxies", "127.0.0.1, localhost"}}) == "trusted_proxies");
  CHECK(fault({{"listen_tls", "h:1"}}) == "tls_certificate");
  CHECK(fault({{"listen_tls", "h:1"}, {"tls_certificate", "c.pem"}}) == "tls_key");
  CHECK(fault({{"listen_tls", "h:1"}, {"tls_key", "k.pem"}}) == "tls_certificate");
  CHECK(fault(with({{"listen", ""}})) == "listen");
  CHECK(fault(with({{"listen_tls", "h:1"}})) == "");
  CHECK(fault(with({{"listen_tls", "h:1"}, {"listen", ""}})) == "");
  CHECK(fault(pair) == "");
}
