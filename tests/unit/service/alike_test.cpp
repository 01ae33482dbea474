#include "service/alike.h"

#include <doctest/doctest.h>

#include "tests/unit/service/installation.h"

namespace winnow {
namespace {

struct Desk {
  Installation home;
  Caller caller = home.caller("example.org");

  void put(char id, const std::string& content) {
    CheckRequest request;
    request.comment.content = content;
    must(check(home.services, caller, request, std::string(32, id)));
    while (must(home.store->index_verdicts(100)) != 0) {
    }
  }
  std::string find(const std::string& content, const std::optional<std::vector<SiteId>>& sites = std::nullopt,
                   std::size_t limit = 10) {
    Comment comment;
    comment.content = content;
    std::string found;
    for (const AlikeVerdict& each : must(alike(home.services, sites, comment, limit)))
      found += each.shown.verdict.id[0];
    return found;
  }
};

TEST_CASE(
    "comments with most words in common are alike, whatever their order and disguise, the newest first") {
  Desk desk;
  desk.put(
      'a',
      "Our wonderful pharmacy offers cheap medicine without prescription, delivered overnight everywhere");
  desk.put('b',
           "Cheap medicine, delivered overnight: our wonderful ph\u0430rmacy offers everything without "
           "prescription");
  desk.put('c', "The tomatoes in my garden grew wonderful this summer, thanks for the advice about watering");
  desk.put('d', "wonderful");
  const std::string campaign =
      "a wonderful pharmacy offers cheap medicine without prescription, delivered overnight";
  CHECK(desk.find(campaign) == "ba");
  CHECK(desk.find(campaign, std::vector<SiteId>{desk.caller.site.id}) == "ba");
  CHECK(desk.find(campaign, std::vector<SiteId>{desk.caller.site.id + 1}) == "");
  CHECK(desk.find(campaign, std::nullopt, 1) == "b");
  CHECK(desk.find("WONDERFUL!") == "d");
  CHECK(desk.find("") == "");
  CHECK(desk.find("entirely different sentences about nothing") == "");
}

TEST_CASE("the same text is alike even where it has no word to look for") {
  Desk desk;
  desk.put('a', "ok");
  CHECK(desk.find("OK.") == "a");
  desk.put('b', "\u4f60\u597d\u4e16\u754c\u6211\u4eec\u5356\u4fbf\u5b9c\u7684\u836f\u54c1");
  CHECK(desk.find("\u4f60\u597d\u4e16\u754c\u6211\u4eec\u5356\u4fbf\u5b9c\u7684\u836f\u7247") == "b");
}

}  // namespace
}  // namespace winnow
