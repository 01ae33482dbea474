// Phrases: texts that many rows share (ids of rules, sentences, browsers, pages), kept once in the table
// `phrase`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "classifier/json.h"
#include "service/store/sqlite/connection.h"

namespace winnow::sqlite {

// The writer's side. Thread rule: one thread, the one of the connection.
class Phrases {
 public:
  explicit Phrases(Connection& connection) : connection_(connection) {}

  // The phrase's id; it is stored if it is new.
  std::int64_t id_of(std::string_view text);

  // `text` as it stands in the JSON of a row: its phrase's id once it has come up kSeenOften times, else
  // itself. What is written once, such as a person's own words, never becomes a phrase.
  Json shared(std::string_view text);

  // To be called when a transaction is rolled back: what it stored is gone.
  void forget();

 private:
  void load();

  Connection& connection_;
  bool loaded_ = false;
  std::unordered_map<std::string, std::int64_t> ids_;
  std::unordered_map<std::size_t, int> seen_;  // hash of a text -> how often, since this was last emptied
};

// The reader's side: the text that Phrases::shared() made `json` of. Throws nothing of its own; an unknown id
// gives "".
std::string phrase_text(Connection& connection, const Json& json);
// The text of a phrase.
std::string phrase_text(Connection& connection, std::int64_t id);

}  // namespace winnow::sqlite
