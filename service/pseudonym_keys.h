// PseudonymKeys: the random keys that pseudonyms are made with, in DATA_DIR/pseudonym.keys (mode 0600). Each
// begins an epoch; the newest and the one before are kept. An older one is destroyed, and then nobody can
// tell whose the pseudonyms are that were made with it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "classifier/pseudonym.h"
#include "classifier/result.h"
#include "service/store/store.h"

namespace winnow {

struct PseudonymKey {
  std::uint32_t epoch = 0;  // rises by one
  UnixMillis since = 0;
  std::string bytes;  // 32
};

// Oldest first, at most two; none before the first is made.
using PseudonymKeys = std::vector<PseudonymKey>;

// None if there is no file. kCorrupt if it cannot be understood, kUnavailable if it cannot be read.
Result<PseudonymKeys> read_pseudonym_keys(const std::filesystem::path& data_dir);

// Begins an epoch if the newest began before `due` or there is none, and gives what there is then. Of several
// processes one does it. The file is replaced as a whole, and what it was is overwritten before it is
// deleted. Fails as read_pseudonym_keys() does, or with kUnavailable if it cannot be written.
Result<PseudonymKeys> begin_epoch(const std::filesystem::path& data_dir, UnixMillis now, UnixMillis due);

// Of an email_name() or address_name().
Pseudonym pseudonym_of(const PseudonymKey& key, Pseudonym::Of of, std::string_view name);

}  // namespace winnow
