// Phrases: texts that many rows share (ids of rules, sentences, browsers, pages), kept once in the table
// `phrase`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "classifier/json.h"
#include "service/store/sqlite/connection.h"

namespace winnow::sqlite {

// The writer's side. Thread rule: one thread, the one of the connection.
class Phrases {
 public:
  explicit Phrases(Connection& connection) : connection_(connection) {}

  // The phrase's id; it is stored if it is new.
  std::int64_t id_of(std::string_view text);

  // Appends `text` as it stands in the JSON of a row: its phrase's id once it has come up kSeenOften times,
  // else itself. What is written once, such as a person's own words, never becomes a phrase.
  void append_shared(std::string& json, std::string_view text);

  // To be called when a transaction is rolled back: what it stored is gone.
  void forget();
  // To be called when a transaction begins: another process may have removed phrases.
  void begin() { looked_ = false; }

  // Removing phrases that no row uses, while rows are written: begin_sweep() notes from then on which are
  // given out; sweep() removes those that are in neither `used` nor noted, up to the one that was the newest
  // then. Gives how many.
  void begin_sweep();
  std::size_t sweep(const std::unordered_set<std::int64_t>& used);

 private:
  void load();
  void look();
  std::int64_t given(std::int64_t id);
  std::optional<std::int64_t> id_of_shared(std::string_view text);

  Connection& connection_;
  bool loaded_ = false;
  bool looked_ = false;           // in this transaction
  std::int64_t swept_ = 0;        // privacy_state.swept when this was loaded
  std::int64_t sweep_up_to_ = 0;  // 0: there is no sweep
  std::unordered_set<std::int64_t> noted_;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> ids_;
  // How often a text came up; one that falls on the place of another takes it.
  struct Seen {
    std::size_t hash = 0;
    int times = 0;
  };
  std::vector<Seen> seen_;
};

// The reader's side: the text that Phrases::append_shared() made `json` of. Throws nothing of its own; an
// unknown id gives "".
std::string phrase_text(Connection& connection, const Json& json);
// The text of a phrase.
std::string phrase_text(Connection& connection, std::int64_t id);

}  // namespace winnow::sqlite
