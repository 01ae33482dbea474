// Lists: the allow and the block list of all sites, compiled to be asked with each comment. An entry decides:
// what is on the block list is spam, what is on the allow list is ham, and the allow list goes before the
// block list. Like all else that judges they speak as signals, list.block and list.allow, at most one of
// each.
//
// An entry's points are as many as its decision takes, so they depend on the sum of all others:
//   list.block  lifts the sum to two points (or half the way, where that is less) above where spam begins: to
//               spam, and not to discard, for a pattern may find more than who wrote it thought, and what is
//               discarded is not seen again. What the others call blatant stays so.
//   list.allow  lowers it to two points below where unsure begins, whatever spoke for spam.
// Each gives at least one point, so that it is seen among the reasons, and at most 60: what a platform says
// of its own administrators (protocol.administrator) stands.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "classifier/features.h"
#include "classifier/lists/list_entry.h"
#include "classifier/lists/list_pattern.h"
#include "classifier/lists/wild_index.h"
#include "classifier/signal.h"
#include "classifier/verdict.h"

namespace winnow {

// Where and when a comment is judged.
struct ListQuestion {
  std::int64_t site = 0;
  std::int64_t now = 0;  // milliseconds since 1970
  Thresholds thresholds;
};

// The oldest entry of each list that a comment is on; null if it is on none. They live as long as the Lists.
struct ListMatches {
  const ListEntry* allow = nullptr;
  const ListEntry* block = nullptr;
};

// Thread rule: const methods may be called from any number of threads at once. Takes about 400 bytes an
// entry.
class Lists {
 public:
  Lists() = default;
  // Entries whose pattern read_list_pattern() refuses are left out. What `before` has read is not read again:
  // an entry keeps its pattern as long as it keeps its id.
  explicit Lists(std::vector<ListEntry> entries, const Lists* before = nullptr);
  Lists(const Lists&) = delete;
  Lists& operator=(const Lists&) = delete;

  // Of the comment's text, all; of its links the first kMaxLinks; of name, address and host at most 300
  // bytes. Linear in the size of the comment, however many entries there are that have little in common.
  ListMatches find(const ListQuestion& question, const Features& features) const;

  // Adds their signals behind `signals`, which are all others'. Gives what find() does.
  ListMatches judge(const ListQuestion& question, const Features& features,
                    std::vector<Signal>& signals) const;

  std::size_t size() const { return entries_.size(); }

 private:
  static constexpr std::size_t kFields = 5;
  using Entries = std::vector<std::uint32_t>;  // positions in entries_
  class Search;

  void file(std::uint32_t entry);

  std::vector<ListEntry> entries_;                                            // by id
  std::vector<ListPattern> patterns_;                                         // of each
  std::array<std::unordered_map<std::string_view, Entries>, kFields> exact_;  // by key
  std::array<WildIndex, kFields> wild_;
  std::vector<int> network_bits_;  // lengths of the networks, of the IPv6 form
};

// Takes e-mail addresses and addresses out of the sentences of these signals, which name the entry that
// decided: they are of whoever wrote the comment.
void hide_people(std::vector<Signal>& signals);
// An entry on an e-mail address or an address decided, whose sentence was treated so.
bool was_decided_by_hidden(const std::vector<Signal>& signals);

}  // namespace winnow
