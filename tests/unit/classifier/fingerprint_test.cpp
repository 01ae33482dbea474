#include "classifier/fingerprint.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace winnow;

namespace {

const std::string kCampaign =
    "hello dear friends i want to share how my life changed after i met the best online casino where i won "
    "twenty "
    "thousand dollars in a single night and you can do the same today just follow the link below and "
    "register with "
    "the code lucky seven to get a bonus on your first deposit before the end of this week";

const std::string kOther =
    "thanks for the careful write up of the migration we hit the same lock contention on our replicas last "
    "spring and "
    "ended up batching the backfill by primary key which kept latency flat although it took most of a "
    "weekend to run "
    "and one of the indexes had to be rebuilt by hand afterwards";

}  // namespace

TEST_CASE("text_key sees letters and digits alone") {
  CHECK(text_key("buy now!") == text_key("  buy -- now "));
  CHECK(text_key("buynow") == text_key("buy now"));
  CHECK(text_key("buy now") != text_key("buy mow"));
  CHECK(text_key("call 123") != text_key("call 124"));
  CHECK(text_key("привет мир") == text_key("привет, мир 🙂"));
  CHECK(text_key("你好") != text_key("您好"));
}

TEST_CASE("text_key of text without letters and digits hashes its bytes") {
  CHECK(text_key("🙂🙂") != text_key("🙁"));
  CHECK(text_key("!!!") != text_key("???"));
  CHECK(text_key("") == 0xcbf29ce484222325);
}

TEST_CASE("text_key is FNV-1a and stays what is stored") {
  CHECK(text_key("a") == 0xaf63dc4c8601ec8c);
  CHECK(text_key("foobar") == 0x85944171f73967e8);
  CHECK(text_key("foo, bar") == 0x85944171f73967e8);
}

TEST_CASE("simhash of near-duplicates is near, of unrelated texts far") {
  const auto campaign = simhash(kCampaign);
  std::string edited = kCampaign;
  edited.replace(edited.find("twenty"), 6, "thirty");
  CHECK(hamming_distance(campaign, simhash(edited)) <= 14);
  CHECK(hamming_distance(campaign, simhash(kCampaign + " good luck")) <= 10);
  CHECK(hamming_distance(campaign, simhash(kOther)) >= 20);
  CHECK(simhash(kCampaign) == campaign);
}

TEST_CASE("simhash works for text that is written without blanks") {
  const std::string text =
      "诚信代办各类证件联系微信请加客服我们提供最优质的服务价格优惠全国可飞欢迎新老客户前来咨询办理无需押金当"
      "天下款利息低额度高";
  std::string edited = text;
  edited.replace(edited.find("优惠"), 6, "便宜");
  CHECK(hamming_distance(simhash(text), simhash(edited)) <= 16);
  CHECK(hamming_distance(simhash(text),
                         simhash("今天的天气真不错我们一起去公园散步吧晚上回来再做饭吃完饭看一部电影")) >=
        18);
}

TEST_CASE("simhash of short and empty texts") {
  CHECK(simhash("hello") != simhash("world"));
  CHECK(simhash("nice post") != simhash("post nice"));
  CHECK(simhash("nice, post!") == simhash("nice post"));
  CHECK(simhash("🙂") != simhash("🙁"));
  CHECK(simhash("") == simhash(""));
}

TEST_CASE("simhash stays what is stored") {
  CHECK(simhash("the quick brown fox jumps over the lazy dog") == 0x82b5a7011265e96);
}

TEST_CASE("hamming_distance counts bits") {
  CHECK(hamming_distance(0, 0) == 0);
  CHECK(hamming_distance(0, ~std::uint64_t{0}) == 64);
  CHECK(hamming_distance(5, 6) == 2);
}

TEST_CASE("long texts cost linear time") {
  std::string words;
  while (words.size() < (1 << 18)) words += "ab ";
  for (const std::string& text : {std::string(1 << 18, 'a'), words, std::string(1 << 18, '!')}) {
    const auto start = std::chrono::steady_clock::now();
    CHECK(hamming_distance(simhash(text), simhash(text)) == 0);
    CHECK(text_key(text) == text_key(text));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(3));
  }
}
