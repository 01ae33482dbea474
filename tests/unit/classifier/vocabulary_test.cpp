#include "classifier/vocabulary.h"

#include <doctest/doctest.h>

#include <string>

namespace winnow {
namespace {

TopicCounts topics(std::string_view folded) {
  return count_topics(split_words(folded), folded);
}

using Words = std::vector<std::string_view>;

TEST_CASE("words are runs of letters and digits; an apostrophe inside stays") {
  CHECK(split_words("i don't know, really!") == Words{"i", "don't", "know", "really"});
  CHECK(split_words("'quoted' rock 'n' roll") == Words{"quoted", "rock", "n", "roll"});
  CHECK(split_words("naïve café — ещё раз") == Words{"naïve", "café", "ещё", "раз"});
  CHECK(split_words("a1 b-2 c_3") == Words{"a1", "b", "2", "c", "3"});
  CHECK(split_words("") == Words{});
  CHECK(split_words(" ... !!! ") == Words{});
}

TEST_CASE("addresses of mail and web are no words, a mention is") {
  CHECK(split_words("see http://a.com/b and www.c.org or me@d.com now") == Words{"see", "and", "or", "now"});
  CHECK(split_words("@tom is right") == Words{"tom", "is", "right"});
}

TEST_CASE("phrases count at whole words, the longest at each place") {
  CHECK(topics("buy viagra here")[Topic::kPharmacy] == 1);
  CHECK(topics("viagrande is a place")[Topic::kPharmacy] == 0);
  CHECK(topics("payday loans")[Topic::kLoans] == 1);
  CHECK(topics("best online casino")[Topic::kGambling] == 1);
  CHECK(topics("casino casino slots")[Topic::kGambling] == 3);
  CHECK(topics("without")[Topic::kPharmacy] == 0);  // the start of "without prescription"
  CHECK(topics("without prescription")[Topic::kPharmacy] == 1);
}

TEST_CASE("a phrase of one topic does not hide a phrase of another") {
  // "contact us" calls to action, "contact us today" is an offer, too, and both stand at the same place.
  const TopicCounts both = topics("we offer casino bonus, contact us today");
  CHECK(both[Topic::kGambling] >= 1);
  CHECK(both[Topic::kOffer] + both[Topic::kAction] >= 2);
}

TEST_CASE("given names are known in several scripts, and words that sell are none") {
  for (const char* name : {"maria", "thomas", "nguyen", "aisha", "иван", "анна", "محمد"}) {
    CAPTURE(name);
    CHECK(is_given_name(name));
  }
  for (const char* word : {"casino", "services", "best", "seo", ""}) {
    CAPTURE(word);
    CHECK_FALSE(is_given_name(word));
  }
}

TEST_CASE("scripts without blanks are searched anywhere") {
  CHECK(topics("欢迎来到娱乐城玩")[Topic::kGambling] == 1);
  CHECK(topics("바카라사이트 추천")[Topic::kGambling] >= 1);
  CHECK(topics("今天天气很好")[Topic::kGambling] == 0);
}

TEST_CASE("trades are the lists of what spam sells, not praise or calls to act") {
  CHECK(topics("viagra casino essay help").trades() == 3);
  CHECK(topics("great post click here best").trades() == 0);
}

TEST_CASE("hosts are looked up by host or registrable domain") {
  CHECK(is_shortener("bit.ly", "bit.ly"));
  CHECK_FALSE(is_shortener("example.org", "example.org"));
  CHECK(is_reputable("en.wikipedia.org", "wikipedia.org"));
  CHECK(is_disposable_mail("mailinator.com"));
  CHECK(is_identity("www.blogger.com", "blogger.com"));
  CHECK_FALSE(is_identity("a.com", "a.com"));
  CHECK(has_cheap_suffix("win.top"));
  CHECK_FALSE(has_cheap_suffix("top.example.org"));
  CHECK_FALSE(has_cheap_suffix("localhost"));
}

}  // namespace
}  // namespace winnow
