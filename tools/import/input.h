// Input: the bytes of a file of any size, piece by piece.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <string_view>

#include "classifier/result.h"

namespace winnow {

// Thread rule: one thread.
class Input {
 public:
  // kNotFound if there is no such file, kInvalid if it is a directory, kUnavailable if it cannot be read.
  static Result<Input> open(const std::filesystem::path& path);
  // `name` stands in messages.
  Input(std::unique_ptr<std::istream> bytes, std::string name)
      : bytes_(std::move(bytes)), name_(std::move(name)) {}

  // `watch` is called before each piece with the bytes that were handed out so far; its Error ends the
  // reading.
  void watch(std::function<Result<void>(std::uint64_t)> watch) { watch_ = std::move(watch); }

  // The first bytes (64 KiB, or all there are), which next() hands out again.
  Result<std::string_view> head();
  // The next bytes, at most 64 KiB; empty at the end. Valid until the next call.
  Result<std::string_view> next();

  const std::string& name() const { return name_; }
  // kInvalid: "name:line: message". Lines count from 1.
  Error wrong_at(std::uint64_t line, std::string_view message) const;

 private:
  Result<void> fill();

  std::unique_ptr<std::istream> bytes_;
  std::string name_;
  std::function<Result<void>(std::uint64_t)> watch_;
  std::string piece_;
  bool is_ahead_ = false;  // piece_ was read by head() and not handed out yet
  std::uint64_t handed_out_ = 0;
};

}  // namespace winnow
