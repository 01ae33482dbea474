#include "service/store/search_text.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

Comment with_content(std::string content) {
  Comment comment;
  comment.content = std::move(content);
  return comment;
}

TEST_CASE("a text is searched as a reader sees it") {
  CHECK(search_text(with_content("<b>Caf\u00e9</b> &amp; V1agra")).text == "cafe & viagra");
  CHECK(search_text(with_content("p\u0430yp\u0430l")).text == "paypal");  // Cyrillic a
}

TEST_CASE("texts without blanks are pairs of characters, and the last of a run alone") {
  CHECK(search_text(with_content("你好世界")).text == " 你好 好世 世界 界 ");
  CHECK(search_text(with_content("buy 东京 now")).text == "buy  东京 京  now");
  CHECK(search_text(with_content("コーヒー")).text == " コー ーヒ ヒー ー ");
}

TEST_CASE("typed words are found inside such texts") {
  struct {
    const char* typed;
    const char* words;
    bool is_open;
  } const cases[] = {{"好世", " 好世 ", false},
                     {"好世界", " 好世 世界 ", false},
                     {"世", " 世 ", true},
                     {"a世", "a 世 ", true},
                     {"世a", " 世 a", false},
                     {"Caf\u00e9!", "cafe", false},
                     {"\"two words\"", "two words", false}};
  for (const auto& [typed, words, is_open] : cases) {
    CAPTURE(typed);
    const SearchedWords searched = searched_words(typed);
    CHECK(searched.words == words);
    CHECK(searched.is_open == is_open);
    CHECK_FALSE(searched.is_empty);
  }
  for (const char* nothing : {"", "!!!", " ", "\"", "🔥", "\u0301"}) {
    CAPTURE(nothing);
    CHECK(searched_words(nothing).is_empty);
  }
}

TEST_CASE("hosts are words, and what each is below is one word") {
  Comment comment = with_content(R"(<a href="https://shop.pills.example/x">here</a>)");
  comment.author_url = "https://pills.example";
  CHECK(search_text(comment).domain ==
        "pills.example pillszdexample shop.pills.example shopzdpillszdexample pillszdexample ");
  comment.permalink = "https://blog.example/2026/a-post";
  comment.post_title = "A Title";
  CHECK(search_text(comment).page == "/2026/a-post a title");
}

TEST_CASE("a name as one word is another for each name") {
  CHECK(as_one_word("text.model") == "textzdmodel");
  CHECK(as_one_word("a_b.z-c d") == "azubzdzzzx2dczx20d");
  CHECK(as_one_word("zd") != as_one_word("."));
}

}  // namespace
}  // namespace winnow
