// RecencyMap: values by name, of the names that were asked for last. It never grows beyond its bound.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace winnow {

// Thread rule: one thread at a time.
template <typename Value>
class RecencyMap {
 public:
  explicit RecencyMap(std::size_t most) : most_(most) {}
  RecencyMap(const RecencyMap&) = delete;
  RecencyMap& operator=(const RecencyMap&) = delete;

  // The value of this name, which is the last asked for now; null if there is none. Good until the next call.
  Value* find(std::string_view name) {
    const auto found = by_name_.find(name);
    if (found == by_name_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->second;
  }

  // The same, made as `fresh` if there was none; then the name asked for longest ago may go.
  Value& get(std::string_view name, const Value& fresh) {
    if (Value* known = find(name)) return *known;
    entries_.emplace_front(std::string(name), fresh);
    by_name_[entries_.front().first] = entries_.begin();
    if (entries_.size() > most_) {
      by_name_.erase(entries_.back().first);
      entries_.pop_back();
    }
    return entries_.front().second;
  }

  std::size_t size() const { return entries_.size(); }

 private:
  using Entries = std::list<std::pair<std::string, Value>>;

  const std::size_t most_;
  Entries entries_;                                                           // newest first
  std::unordered_map<std::string_view, typename Entries::iterator> by_name_;  // views into entries_
};

}  // namespace winnow
