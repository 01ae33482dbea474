// A directory of its own for a test, a SqliteStore in it, and rows to put there.
#pragma once

#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "service/store/sqlite/sqlite_store.h"

namespace winnow::test {

class Directory {
 public:
  Directory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "winnow-test-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~Directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  std::filesystem::path operator/(const char* name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline void write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

inline std::unique_ptr<SqliteStore> open_store(const Directory& directory) {
  Result<std::unique_ptr<SqliteStore>> store = SqliteStore::open(directory / "winnow.db");
  if (!store) FAIL(store.error().message);
  return *std::move(store);
}

// "000...0" and `number` in hex: an id.
inline std::string id_of(unsigned number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string id(32, '0');
  for (std::size_t i = 31; number > 0; --i, number /= 16) id[i] = kDigits[number % 16];
  return id;
}

inline StoredVerdict verdict_of(unsigned number, SiteId site) {
  StoredVerdict stored;
  stored.id = id_of(number);
  stored.site = site;
  stored.at = 1'700'000'000'000 + number;
  stored.comment.content = "Buy watches " + std::to_string(number);
  stored.comment.author_email = "Ann@Example.org";
  stored.comment.context = {"watches", "time"};
  stored.verdict = {Outcome::kSpam,
                    0.93,
                    {{"links.many", 2.5, "has 7 links"}, {"text.model", -0.1234567890123, ""}},
                    "model-1",
                    "abcdef012345"};
  stored.text_key = 0xfedcba9876543210U + number;
  return stored;
}

inline FeedbackEvent event_of(unsigned number, SiteId site, Label label) {
  FeedbackEvent event;
  event.id = id_of(number);
  event.site = site;
  event.at = 1'700'000'000'000 + number;
  event.label = label;
  event.comment.content = "Buy watches";
  event.comment.author_email = "Ann@Example.org";
  event.text_key = 0xfedcba9876543210U;
  event.reporter = "editor";
  return event;
}

inline SiteId add_site(SqliteStore& store, const char* url) {
  const Result<Site> site = store.add_site(url, 1);
  if (!site) FAIL(site.error().message);
  return site->id;
}

}  // namespace winnow::test
