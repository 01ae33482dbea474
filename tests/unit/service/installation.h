// An installation in a temporary directory: the real store and secret, a small engine of known behaviour, a
// clock that stands still. For tests of the use cases and of the handlers above them.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "service/check.h"
#include "service/concealment.h"
#include "service/house_rules.h"
#include "service/secret.h"
#include "service/store/sqlite/sqlite_store.h"
#include "tests/must.h"

namespace winnow {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "winnow-test-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary directory");
    path_ = name;
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Judges by the operator's rule alone: content with "blatant" is discarded, with "cheap" is spam, all else
// ham.
inline Engine small_engine() {
  Model model;
  model.id = "small";
  model.weights.prior = -9;
  model.weights.text = 0;
  OperatorRules rules;
  must(rules.add_file(R"(
[[rule]]
id = "local.blatant"
sentence = "says blatant"
points = 19
field = "content"
pattern = 'blatant'

[[rule]]
id = "local.cheap"
sentence = "says cheap"
points = 14
field = "content"
pattern = 'cheap'
)",
                      "small.toml"));
  return Engine(std::move(model), std::move(rules));
}

class Installation {
 public:
  Installation()
      : secret(must(InstallSecret::open(directory.path()))),
        concealment(must(Concealment::open(directory.path(), PersonalData::kHashed, now))),
        store(must(SqliteStore::open(directory.path() / "winnow.db"))),
        engine(std::make_shared<const Engine>(small_engine())),
        learning(
            *store, {.quorum = 2}, "", [this] { return engine; }, concealment.get()),
        house(*store, [this] { return now; }),
        services(on(*store)) {
    must(learning.load());
    must(house.catch_up());
  }

  // The services of this installation on another store.
  Services on(Store& other) {
    return {other,
            learning,
            [this] { return engine; },
            [this] { return now; },
            random_id,
            [](const Thresholds& of_model) { return of_model; },
            {},
            {},
            &house,
            nullptr,
            concealment.get()};
  }

  // A new key, good for `site` (any URL) or, if that is empty, for any site. Gives its text.
  std::string add_key(const std::string& site, KeyKind kind = KeyKind::kAkismet) {
    std::vector<SiteId> sites;
    if (!site.empty()) {
      const std::string name = must(canonical_site(site));
      const auto known = must(store->find_site(name));
      sites = {known ? known->id : must(store->add_site(name, now)).id};
    }
    return add({.kind = kind, .sites = sites}, generate_key(kind));
  }

  // A new API token with these scopes, good for these sites; none: for any. Gives its text.
  std::string add_token(const std::vector<SiteId>& sites, KeyScopes scopes = kAllScopes) {
    return add({.kind = KeyKind::kApi, .sites = sites, .scopes = scopes}, generate_key(KeyKind::kApi));
  }

  // Any key, under this text.
  std::string add(Key key, const std::string& text) {
    key.any_site = key.sites.empty();
    key.hash = secret.hash(canonical_key(text));
    key.hint = hint_of(text);
    key.created_at = now;
    last_key = must(store->add_key(key)).id;
    return text;
  }

  Caller caller(const std::string& site) {
    add_key(site);
    return {last_key, *must(store->find_site(must(canonical_site(site))))};
  }

  TemporaryDirectory directory;
  UnixMillis now = 1'700'000'000'000;
  InstallSecret secret;
  std::unique_ptr<Concealment> concealment;
  std::unique_ptr<Store> store;
  std::shared_ptr<const Engine> engine;
  Learning learning;
  HouseRules house;
  KeyId last_key = 0;
  Services services;
};

}  // namespace winnow
