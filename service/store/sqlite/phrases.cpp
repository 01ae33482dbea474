#include "service/store/sqlite/phrases.h"

#include <functional>
#include <vector>

#include "classifier/json_text.h"

namespace winnow::sqlite {
namespace {

constexpr int kSeenOften = 3;
constexpr std::size_t kShortest = 5;  // bytes; below, a number saves nothing
constexpr std::size_t kLongest = 512;
constexpr std::size_t kMostPhrases = 65536;
constexpr std::size_t kSeenPlaces = 32768;

std::int64_t swept(Connection& connection) {
  Query row(connection, "SELECT swept FROM privacy_state");
  return row.next() ? row.integer(0) : 0;
}

}  // namespace

void Phrases::load() {
  swept_ = swept(connection_);
  Query query(connection_, "SELECT id, text FROM phrase");
  while (query.next()) ids_.emplace(query.bytes(1), query.integer(0));
  loaded_ = true;
}

// Ids of phrases that were removed may be given to others.
void Phrases::look() {
  if (loaded_ && !looked_ && swept(connection_) != swept_) forget();
  looked_ = true;
  if (!loaded_) load();
}

std::int64_t Phrases::given(std::int64_t id) {
  if (sweep_up_to_ != 0) noted_.insert(id);
  return id;
}

void Phrases::begin_sweep() {
  Query newest(connection_, "SELECT coalesce(max(id), 0) FROM phrase");
  newest.next();
  sweep_up_to_ = newest.integer(0);
  noted_.clear();
}

std::size_t Phrases::sweep(const std::unordered_set<std::int64_t>& used) {
  std::vector<std::int64_t> unused;
  {
    Query each(connection_, "SELECT id FROM phrase WHERE id <= ?", {sweep_up_to_});
    while (each.next())
      if (!used.contains(each.integer(0)) && !noted_.contains(each.integer(0)))
        unused.push_back(each.integer(0));
  }
  for (const std::int64_t id : unused) Query(connection_, "DELETE FROM phrase WHERE id = ?", {id}).run();
  if (!unused.empty()) Query(connection_, "UPDATE privacy_state SET swept = swept + 1").run();
  sweep_up_to_ = 0;
  noted_.clear();
  forget();
  return unused.size();
}

std::int64_t Phrases::id_of(std::string_view text) {
  look();
  const auto known = ids_.find(text);
  if (known != ids_.end()) return given(known->second);
  // Another process may have stored it since load().
  Query(connection_, "INSERT INTO phrase (text) VALUES (?) ON CONFLICT DO NOTHING", {text}).run();
  Query query(connection_, "SELECT id FROM phrase WHERE text = ?", {text});
  query.next();
  return given(ids_.emplace(text, query.integer(0)).first->second);
}

std::optional<std::int64_t> Phrases::id_of_shared(std::string_view text) {
  if (text.size() < kShortest || text.size() > kLongest) return std::nullopt;
  look();
  const auto known = ids_.find(text);
  if (known != ids_.end()) return given(known->second);
  if (ids_.size() >= kMostPhrases) return std::nullopt;
  const std::size_t hash = std::hash<std::string_view>{}(text);
  if (seen_.empty()) seen_.resize(kSeenPlaces);
  Seen& seen = seen_[hash % kSeenPlaces];
  if (seen.hash != hash) seen = {hash, 0};
  if (++seen.times < kSeenOften) return std::nullopt;
  seen = {};
  return id_of(text);
}

void Phrases::append_shared(std::string& json, std::string_view text) {
  if (const std::optional<std::int64_t> id = id_of_shared(text))
    json += std::to_string(*id);
  else
    append_json(json, text);
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
