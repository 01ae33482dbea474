#include "classifier/replace_file.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include "classifier/model.h"

namespace winnow {
namespace {

TEST_CASE("a file is written, replaced whole, and no temporary file stays") {
  std::string name = (std::filesystem::temp_directory_path() / "winnow-replace-XXXXXX").string();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  const std::filesystem::path dir = name;
  CHECK(replace_file(dir / "a", "first"));
  CHECK(replace_file(dir / "a", "second"));
  CHECK(*read_file(dir / "a") == "second");

  std::filesystem::create_directories(dir / "full" / "of");
  const Result<void> onto_directory = replace_file(dir / "full", "x");
  REQUIRE_FALSE(onto_directory);
  CHECK(onto_directory.error().kind == ErrorKind::kUnavailable);
  CHECK(onto_directory.error().message.find((dir / "full").string() + ": it cannot be written: ") == 0);
  CHECK_FALSE(replace_file(dir / "none" / "a", "x"));
  CHECK(std::distance(std::filesystem::directory_iterator(dir), {}) == 2);
  std::filesystem::remove_all(dir);
}

}  // namespace
}  // namespace winnow
