// Result<T>: a value, or an Error of a small closed set of kinds. Nothing of ours throws across a layer
// border; exceptions of libraries are caught in the one file that wraps the library and become an Error
// there.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace winnow {

// What went wrong, in words that a caller can act on. service/http/errors.h maps each kind to a status, once.
enum class ErrorKind {
  kInvalid,          // the input is not what the call takes; `field` names the part where there is one
  kTooLarge,         // the input is over a stated limit
  kUnauthenticated,  // no key, or one that is unknown, revoked or expired
  kForbidden,        // the key is good but may not do this
  kNotFound,         // the thing that was named does not exist (or not for this key)
  kConflict,         // it exists already, or contradicts what exists
  kTooMany,          // too often; `wait_seconds` says when to come again
  kUnavailable,      // cannot be done now (database busy, disk full); trying again later may help
  kCorrupt,          // a file is damaged: wrong hash, wrong format
  kInternal,         // a bug or a broken machine
};

struct Error {  // NOLINT(clang-analyzer-core.uninitialized.Assign): it does not see into std::variant
  ErrorKind kind = ErrorKind::kInternal;
  std::string message;   // one sentence for a person; never holds comment text, addresses or keys
  std::string field;     // the offending field, empty when there is none
  int wait_seconds = 0;  // of kTooMany, 1 or more
};

// Holds either a T or an Error. Like std::optional, `*r` and `r->` need r to be ok.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }

  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

// The outcome of something that yields no value.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : failed_(true), error_(std::move(error)) {}

  bool ok() const { return !failed_; }
  explicit operator bool() const { return ok(); }
  const Error& error() const { return error_; }

 private:
  bool failed_ = false;
  Error error_;
};

}  // namespace winnow
