#include "classifier/comment_json.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

TEST_CASE("every field of the table is read") {
  Json object = Json::object();
  for (const CommentField& field : comment_fields())
    object[std::string(field.name)] = "v-" + std::string(field.name);
  object["context"] = {"a", "b"};
  object["label"] = "spam";
  const Result<Comment> comment = comment_from_json(object);
  REQUIRE(comment);
  for (const CommentField& field : comment_fields())
    CHECK((*comment).*field.member == "v-" + std::string(field.name));
  CHECK(comment->context == std::vector<std::string>{"a", "b"});
}

TEST_CASE("null is absent; another type is an error that names the field") {
  CHECK(comment_from_json({{"content", nullptr}})->content.empty());
  CHECK(comment_from_json({{"author", 7}}).error().field == "author");
  CHECK(comment_from_json({{"context", "x"}}).error().field == "context");
  CHECK(comment_from_json({{"context", {1}}}).error().field == "context");
}

TEST_CASE("a NUL in a string becomes a replacement character") {
  CHECK(comment_from_json({{"content", std::string("a\0b", 3)}})->content == "a\uFFFDb");
}

}  // namespace
}  // namespace winnow
