#include "service/check.h"

#include <doctest/doctest.h>

#include "service/content_key.h"
#include "tests/unit/service/full_disk_store.h"
#include "tests/unit/service/installation.h"

namespace winnow {
namespace {

CheckRequest comment_of(const std::string& content) {
  CheckRequest request;
  request.comment.content = content;
  return request;
}

TEST_CASE("a check is judged, and found in the store as it was answered") {
  Installation home;
  const Caller caller = home.caller("https://blog.example/");
  CheckRequest request = comment_of("cheap watches");
  request.comment.author = "Ann";
  const std::string id = random_id();
  const CheckReply reply = must(check(home.services, caller, request, id));
  CHECK(reply.id == id);
  CHECK(reply.verdict.is_spam());

  const auto stored = must(home.store->find_verdict(id));
  REQUIRE(stored);
  CHECK(stored->site == caller.site.id);
  CHECK(stored->key == caller.key);
  CHECK(stored->at == home.now);
  CHECK(stored->comment.author == "Ann");
  CHECK(stored->verdict.score == doctest::Approx(reply.verdict.score));
  CHECK(stored->verdict.signals.size() == reply.verdict.signals.size());
  CHECK(stored->text_key == content_key(request.comment));
  CHECK_FALSE(stored->is_test);
}

TEST_CASE("a test is marked as one") {
  Installation home;
  CheckRequest request = comment_of("hello");
  request.is_test = true;
  const CheckReply reply = must(check(home.services, home.caller("a.example"), request, random_id()));
  CHECK(must(home.store->find_verdict(reply.id))->is_test);
}

TEST_CASE("the operator's thresholds decide") {
  Installation home;
  home.services.thresholds = [](const Thresholds&) { return Thresholds{0, 0, 1}; };
  const CheckReply reply =
      must(check(home.services, home.caller("a.example"), comment_of("hello"), random_id()));
  CHECK(reply.verdict.outcome == Outcome::kSpam);
}

TEST_CASE("a check that cannot be stored fails") {
  Installation home;
  const Caller caller = home.caller("a.example");
  const std::string id = random_id();
  must(check(home.services, caller, comment_of("hello"), id));
  CHECK_FALSE(check(home.services, caller, comment_of("hello again"), id).ok());
}

TEST_CASE("where the operator wants it so, no verdict is given that is not kept") {
  Installation home;
  const Caller caller = home.caller("a.example");
  FullDiskStore full(*home.store);
  const Services services = home.on(full);
  const auto refused = check(services, caller, comment_of("hello"), random_id());
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ErrorKind::kUnavailable);
  CHECK_FALSE(check_batch(services, caller, {comment_of("hello")}).ok());
}

TEST_CASE("a batch answers in order, and each has a verdict of its own") {
  Installation home;
  const auto replies =
      must(check_batch(home.services, home.caller("a.example"),
                       {comment_of("hello"), comment_of("cheap"), comment_of("blatant cheap")}));
  REQUIRE(replies.size() == 3);
  CHECK(replies[0].verdict.outcome == Outcome::kHam);
  CHECK(replies[1].verdict.is_spam());
  CHECK(replies[2].verdict.outcome == Outcome::kDiscard);
  for (const CheckReply& reply : replies) CHECK(must(home.store->find_verdict(reply.id)).has_value());
  CHECK(replies[0].id != replies[1].id);
}

TEST_CASE("a site in log-only mode: the verdict is stored as it is, and whoever acts on it is told so") {
  Installation home;
  Caller caller = home.caller("a.example");
  must(home.store->set_log_only(caller.site.id, true));
  caller.site = must(home.store->site(caller.site.id));
  const CheckReply reply = must(check(home.services, caller, comment_of("cheap watches"), random_id()));
  CHECK(reply.log_only);
  CHECK(reply.verdict.is_spam());
  CHECK(must(home.store->find_verdict(reply.id))->verdict.is_spam());
  CHECK(must(check_batch(home.services, caller, {comment_of("cheap")}))[0].log_only);
  CHECK_FALSE(
      must(check(home.services, home.caller("b.example"), comment_of("cheap"), random_id())).log_only);
}

TEST_CASE("a model in shadow judges beside the one in force: kept, and nowhere in the answer") {
  Installation home;
  Model lenient = home.engine->model();
  lenient.id = "lenient";
  lenient.weights.prior = -99;
  const auto shadow = std::make_shared<const Engine>(lenient, home.engine->operator_rules());
  home.services.shadow = [&](std::string_view id) { return id == "lenient" ? shadow : nullptr; };
  Caller caller = home.caller("a.example");
  caller.site.shadow_model = "lenient";
  const CheckReply reply = must(check(home.services, caller, comment_of("cheap watches"), random_id()));
  must(check_batch(home.services, caller, {comment_of("cheap things"), comment_of("hello")}));
  CHECK(reply.verdict.outcome == Outcome::kSpam);
  CHECK(reply.verdict.model_id == "small");
  caller.site.shadow_model = "small";  // the one in force
  must(check(home.services, caller, comment_of("cheap"), random_id()));
  caller.site.shadow_model = "not-loaded";
  must(check(home.services, caller, comment_of("cheap"), random_id()));

  const auto counts = must(home.store->shadow_counts("lenient"));
  REQUIRE(counts.size() == 2);
  CHECK(counts[0].outcome == Outcome::kHam);
  CHECK(counts[0].shadow_outcome == Outcome::kHam);
  CHECK(counts[0].verdicts == 1);
  CHECK(counts[1].in_force == "small");
  CHECK(counts[1].outcome == Outcome::kSpam);
  CHECK(counts[1].shadow_outcome == Outcome::kHam);
  CHECK(counts[1].verdicts == 2);
  CHECK(must(home.store->shadow_counts("small")).empty());
}

}  // namespace
}  // namespace winnow
