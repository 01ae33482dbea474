#include "tools/import/input.h"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace winnow {
namespace {

constexpr std::size_t kPieceBytes = 64 * 1024;

}  // namespace

Result<Input> Input::open(const std::filesystem::path& path) {
  std::error_code failure;
  if (std::filesystem::is_directory(path, failure))
    return Error{ErrorKind::kInvalid, path.string() + ": is a directory", ""};
  errno = 0;
  auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*file) {
    const int why = errno;
    return Error{why == ENOENT ? ErrorKind::kNotFound : ErrorKind::kUnavailable,
                 path.string() + ": cannot be read: " + std::strerror(why), ""};
  }
  return Input(std::move(file), path.string());
}

Result<void> Input::fill() {
  piece_.resize(kPieceBytes);
  bytes_->read(piece_.data(), static_cast<std::streamsize>(kPieceBytes));
  piece_.resize(static_cast<std::size_t>(bytes_->gcount()));
  if (bytes_->bad()) return Error{ErrorKind::kUnavailable, name_ + ": cannot be read to its end", ""};
  return {};
}

Result<std::string_view> Input::head() {
  if (!is_ahead_) {
    if (const Result<void> filled = fill(); !filled) return filled.error();
    is_ahead_ = true;
  }
  return std::string_view(piece_);
}

Result<std::string_view> Input::next() {
  if (watch_) {
    if (const Result<void> goes_on = watch_(handed_out_); !goes_on) return goes_on.error();
  }
  if (!is_ahead_) {
    if (const Result<void> filled = fill(); !filled) return filled.error();
  }
  is_ahead_ = false;
  handed_out_ += piece_.size();
  return std::string_view(piece_);
}

Error Input::wrong_at(std::uint64_t line, std::string_view message) const {
  return Error{ErrorKind::kInvalid, name_ + ":" + std::to_string(line) + ": " + std::string(message), ""};
}

}  // namespace winnow
