#include "service/store/sqlite/phrases.h"

#include <functional>

namespace winnow::sqlite {
namespace {

constexpr int kSeenOften = 3;
constexpr std::size_t kShortest = 8;  // bytes; below, a number saves nothing
constexpr std::size_t kLongest = 512;
constexpr std::size_t kMostPhrases = 65536;
constexpr std::size_t kMostSeen = 65536;

}  // namespace

void Phrases::load() {
  Query query(connection_, "SELECT id, text FROM phrase");
  while (query.next()) ids_.emplace(query.bytes(1), query.integer(0));
  loaded_ = true;
}

std::int64_t Phrases::id_of(std::string_view text) {
  if (!loaded_) load();
  const auto known = ids_.find(std::string(text));
  if (known != ids_.end()) return known->second;
  // Another process may have stored it since load().
  Query(connection_, "INSERT INTO phrase (text) VALUES (?) ON CONFLICT DO NOTHING", {text}).run();
  Query query(connection_, "SELECT id FROM phrase WHERE text = ?", {text});
  query.next();
  return ids_.emplace(text, query.integer(0)).first->second;
}

Json Phrases::shared(std::string_view text) {
  if (text.size() < kShortest || text.size() > kLongest) return Json(text);
  if (!loaded_) load();
  const auto known = ids_.find(std::string(text));
  if (known != ids_.end()) return Json(known->second);
  if (ids_.size() >= kMostPhrases) return Json(text);
  if (seen_.size() >= kMostSeen) seen_.clear();
  const std::size_t hash = std::hash<std::string_view>{}(text);
  if (++seen_[hash] < kSeenOften) return Json(text);
  seen_.erase(hash);
  return Json(id_of(text));
}

void Phrases::forget() {
  ids_.clear();
  loaded_ = false;
}

std::string phrase_text(Connection& connection, std::int64_t id) {
  Query query(connection, "SELECT text FROM phrase WHERE id = ?", {id});
  return query.next() ? query.bytes(0) : std::string();
}

std::string phrase_text(Connection& connection, const Json& json) {
  if (json.is_number_integer()) return phrase_text(connection, json.get<std::int64_t>());
  return json.is_string() ? json.get<std::string>() : std::string();
}

}  // namespace winnow::sqlite
