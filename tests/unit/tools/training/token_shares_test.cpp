#include "tools/training/token_shares.h"

#include <doctest/doctest.h>

#include "classifier/memory/tokens.h"

namespace winnow {
namespace {

std::vector<Row> rows_of(int count, const std::string& lang, bool spam, const std::string& content,
                         const std::string& author = "") {
  Row row;
  row.lang = lang;
  row.spam = spam;
  row.comment.content = content;
  row.comment.author = author;
  return std::vector<Row>(static_cast<std::size_t>(count), row);
}

std::uint32_t hash_of(const std::string& word) {
  Comment comment;
  comment.content = word;
  const TokenList list = learner_tokens(Features(comment));
  return list.words.at(0).second;
}

TEST_CASE("a token's share is that of the honest comments, in the language where it is largest") {
  std::vector<Row> rows = rows_of(100, "en", false, "garden river");
  const auto add = [&](const std::vector<Row>& more) { rows.insert(rows.end(), more.begin(), more.end()); };
  add(rows_of(100, "en", false, "garden letter"));
  add(rows_of(50, "de", false, "river wind"));
  add(rows_of(50, "de", false, "other wind"));
  add(rows_of(200, "en", true, "casino"));
  add(rows_of(99, "fr", false, "maison"));
  add(rows_of(200, "und", false, "nowhere"));
  add(rows_of(3, "en", false, "seldom"));
  const Background background = token_shares(rows);
  CHECK(background.share(hash_of("garden")) == doctest::Approx(200.0 / 203).epsilon(0.01));
  CHECK(background.share(hash_of("river")) == doctest::Approx(0.5).epsilon(0.02));
  CHECK(background.share(hash_of("wind")) == 1);
  for (const char* word : {"casino", "maison", "nowhere", "seldom"})
    CHECK(background.share(hash_of(word)) == 0);
}

TEST_CASE("who signs is no part of it") {
  Comment signed_comment;
  signed_comment.content = "garden";
  const std::size_t tokens = learner_tokens(Features(signed_comment)).tokens.size();
  CHECK(token_shares(rows_of(100, "en", false, "garden", "Somebody With A Name")).size() == tokens);
}

}  // namespace
}  // namespace winnow
