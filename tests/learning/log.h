// Log: a store of its own in a temporary directory, and reports to put there: comments made of a few words,
// by several reporters of several sites, a curator among them.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "classifier/durable_file.h"
#include "classifier/fingerprint.h"
#include "classifier/normalize.h"
#include "service/store/sqlite/sqlite_store.h"
#include "tests/learning/site.h"
#include "tests/unit/service/installation.h"

namespace winnow::learning_test {

inline std::shared_ptr<const Engine> engine_of() {
  return {std::shared_ptr<const Engine>(), &shipped_engine()};
}

// `number` in hex, as an id.
inline std::string id_of(unsigned number) {
  char text[33];
  std::snprintf(text, sizeof text, "%032x", number + 1);
  return text;
}

struct Log {
  Log() {
    store = must(SqliteStore::open(directory / "winnow.db"));
    for (const char* url : {"a.example", "b.example", "c.example", "d.example"})
      sites.push_back(must(store->add_site(url, 1)).id);
  }
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // The report of this number, always the same one.
  FeedbackEvent event(unsigned number) const {
    constexpr const char* kWords[] = {"garden", "casino",  "winter", "lamp",   "bonus", "river",
                                      "offer",  "kitchen", "cheap",  "letter", "loan",  "story",
                                      "pills",  "summer",  "click",  "window"};
    FeedbackEvent event;
    event.id = id_of(number);
    event.site = sites[number % sites.size()];
    event.at = 1'700'000'000'000 + number * 60'000;
    event.label = number * 7 % 11 < 5 ? Label::kSpam : Label::kHam;
    event.reporter = number % 5 == 0 ? "ann" : "ben";
    event.curator = number % 13 == 0;
    event.points = static_cast<double>(number % 9) - 4;
    event.comment.author_email = "writer" + std::to_string(number % 23) + "@mail.example";
    event.comment.user_ip = "203.0." + std::to_string(number % 3) + ".7";
    // Every third is told by the next sites, too, a little changed.
    unsigned seed = number / 3 + 1;
    for (int i = 0; i < 14; ++i, seed = seed * 48271 % 2147483647)
      event.comment.content += std::string(kWords[seed % 16]) + (i % 4 == 3 ? " of this place " : " ");
    event.comment.content += "number " + std::to_string(number % 3);
    event.text_key = text_key(normalize(event.comment.content).folded);
    return event;
  }
  void put(unsigned number) { must(store->put_feedback(event(number))); }
  void put_all(unsigned first, unsigned end) {
    std::vector<FeedbackEvent> events;
    for (unsigned number = first; number < end; ++number) events.push_back(event(number));
    must(store->put_feedbacks(events));
  }

  TemporaryDirectory home;
  std::filesystem::path directory = home.path();
  std::unique_ptr<SqliteStore> store;
  std::vector<SiteId> sites;
};

}  // namespace winnow::learning_test
