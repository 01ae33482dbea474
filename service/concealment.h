// Concealment: how e-mail addresses and clients' addresses are kept. A comment is judged as it came and
// stored as concealed() gives it, by the use cases; nothing behind them sees a clear address.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/comment.h"
#include "classifier/memory/who.h"
#include "classifier/result.h"
#include "service/pseudonym_keys.h"

namespace winnow {

// The setting personal_data.
enum class PersonalData {
  kHashed,  // as pseudonyms (classifier/pseudonym.h)
  kClear,   // as sent
  kNone,    // not at all
};
std::optional<PersonalData> personal_data_of(std::string_view name);  // "hashed", "clear", "none"
std::string_view to_string(PersonalData kept);

// Thread rule: all methods from any thread.
class Concealment {
 public:
  // Reads the keys; makes the first where pseudonyms are wanted. Fails as begin_epoch() does.
  static Result<std::unique_ptr<Concealment>> open(const std::filesystem::path& data_dir, PersonalData kept,
                                                   UnixMillis now);

  PersonalData kept() const { return kept_; }

  // As it may be stored. One that is concealed already keeps the pseudonyms it has, or loses them if nothing
  // is to be kept.
  Comment concealed(Comment comment) const;

  // Under which names reports on this person and network may have been counted: of a clear comment those
  // under every kept key, and the clear ones where these are kept; of a concealed one its own.
  Who who(const Comment& comment) const;
  // Under which a report on this comment is counted: those that it is, or will be, stored under.
  Who counted_as(const Comment& comment) const { return who_of(concealed(comment)); }

  // Names of a clear address under every kept key, without facts; empty for "".
  std::vector<std::string> email_pseudonyms(std::string_view email) const;
  std::vector<std::string> address_pseudonyms(std::string_view address) const;
  // The same address, or neither has one. `stored` may be concealed, `comment` too.
  bool same_email(const Comment& comment, const Comment& stored) const;
  bool same_address(const Comment& comment, const Comment& stored) const;

  // Begins an epoch if the newest is `days` old; 0: in any case. True if it did; else what another process
  // began is taken. Fails as begin_epoch() does.
  Result<bool> rotate(UnixMillis now, std::int64_t days);
  // Takes what another process began. Cheap.
  Result<void> refresh();
  // Of the newest epoch; 0 without one.
  std::uint32_t epoch() const;

 private:
  Concealment(std::filesystem::path data_dir, PersonalData kept)
      : data_dir_(std::move(data_dir)), kept_(kept) {}

  std::shared_ptr<const PseudonymKeys> keys() const;
  void take(PseudonymKeys keys, std::filesystem::file_time_type changed);
  std::vector<std::string> pseudonyms(Pseudonym::Of of, std::string_view name) const;

  const std::filesystem::path data_dir_;
  const PersonalData kept_;
  mutable std::mutex mutex_;
  std::shared_ptr<const PseudonymKeys> keys_ = std::make_shared<const PseudonymKeys>();  // guarded by mutex_
  std::filesystem::file_time_type changed_{};  // of the file that they are from; likewise
};

}  // namespace winnow
