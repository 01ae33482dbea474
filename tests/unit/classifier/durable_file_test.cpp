#include "classifier/durable_file.h"

#include <doctest/doctest.h>

#include "classifier/model.h"
#include "tests/unit/service/installation.h"

namespace winnow {
namespace {

TEST_CASE("a file is there whole, in place of an earlier one, and nothing is left beside it") {
  const TemporaryDirectory directory;
  const auto file = directory.path() / "file";
  must(write_durably(file, "first, and longer"));
  must(write_durably(file, "second"));
  CHECK(must(read_file(file)) == "second");
  CHECK(std::distance(std::filesystem::directory_iterator(directory.path()), {}) == 1);
}

TEST_CASE("a file that cannot be written is named, and is as it was") {
  const TemporaryDirectory directory;
  const auto nowhere = directory.path() / "nowhere" / "file";
  const Result<void> refused = write_durably(nowhere, "x");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ErrorKind::kUnavailable);
  CHECK(refused.error().message.find(nowhere.string()) == 0);
  const auto taken = directory.path() / "taken";
  std::filesystem::create_directory(taken);
  CHECK_FALSE(write_durably(taken, "x").ok());
  CHECK(std::filesystem::is_directory(taken));
  CHECK(std::distance(std::filesystem::directory_iterator(directory.path()), {}) == 1);
}

TEST_CASE("files are synced where they are; a directory that is not there is named") {
  const TemporaryDirectory directory;
  must(write_durably(directory.path() / "file", "x"));
  std::filesystem::create_directory(directory.path() / "folder");
  must(sync_files(directory.path()));
  const Result<void> refused = sync_files(directory.path() / "nowhere");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("nowhere") != std::string::npos);
}

}  // namespace
}  // namespace winnow
