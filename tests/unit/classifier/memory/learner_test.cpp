#include "classifier/memory/learner.h"

#include <doctest/doctest.h>

#include <cmath>

#include "classifier/memory/tokens.h"

namespace winnow {
namespace {

TokenList tokens_of(const std::string& content) {
  Comment comment;
  comment.content = content;
  return learner_tokens(Features(comment));
}

const Background kNone;

TEST_CASE("one report is felt at once, by what is like it and hardly by what is not") {
  Learner learner;
  const TokenList spam = tokens_of("Claim your welcome bonus at our casino and win real money today");
  CHECK(learner.points(spam, 0, kNone) == 0);
  CHECK(learner.learn(spam, true, -3, kNone));
  CHECK(learner.points(spam, 0, kNone) > 4);
  CHECK(learner.points(tokens_of("Take the welcome bonus of this casino, win money"), 0, kNone) > 1.5);
  CHECK(std::abs(learner.points(tokens_of("Gestern haben wir Tee gekocht"), 0, kNone)) < 1);
}

TEST_CASE("the opposite word takes it back") {
  Learner learner;
  const TokenList text = tokens_of("The house behind the mill has been for sale since spring");
  learner.learn(text, true, -3, kNone);
  CHECK(learner.points(text, -3, kNone) > 3);
  learner.learn(text, false, -3, kNone);
  CHECK(learner.points(text, -3, kNone) < 3);
}

TEST_CASE("what is clear already teaches nothing") {
  Learner learner;
  const TokenList text = tokens_of("The house behind the mill has been for sale since spring");
  int lessons = 0;
  while (learner.learn(text, true, 0, kNone) && lessons < 100) ++lessons;
  CHECK(lessons < 10);
  const double before = learner.points(text, 0, kNone);
  CHECK_FALSE(learner.learn(text, true, 0, kNone));
  CHECK(learner.points(text, 0, kNone) == doctest::Approx(before).epsilon(0.2));
}

TEST_CASE("an offset that is wrong again and again is taken back") {
  Learner learner;
  for (int i = 0; i < 100; ++i) {
    learner.learn(tokens_of("spam of kind " + std::string(1, static_cast<char>('a' + i % 26))), true, -6,
                  kNone);
    learner.learn(tokens_of("honest words " + std::string(1, static_cast<char>('a' + i % 26))), false, 6,
                  kNone);
  }
  CHECK(learner.totals().mistakes > 0);
  const TokenList unseen = tokens_of("1234567");
  CHECK(learner.points(unseen, -6, kNone) > learner.points(unseen, 0, kNone));
  CHECK(learner.points(unseen, 6, kNone) < learner.points(unseen, 0, kNone));
}

TEST_CASE("a common token says less than a rare one") {
  const TokenList text = tokens_of("lamp");
  Learner with, without;
  std::vector<std::pair<std::uint32_t, double>> shares;
  for (const Token& token : text.tokens) shares.emplace_back(token.hash, 0.8);
  const Background common(shares);
  with.learn(text, true, 0, common);
  without.learn(text, true, 0, kNone);
  CHECK(with.points(text, 0, common) < without.points(text, 0, kNone));
}

TEST_CASE("weights come back as they were written, and shrinking keeps those that say most") {
  Learner learner, copy;
  for (const char* text : {"casino bonus", "garden lamp", "casino jackpot", "river letter"})
    learner.learn(tokens_of(text), text[0] == 'c', 0, kNone);
  copy.restore(learner.totals(), learner.weights());
  CHECK(copy.size() == learner.size());
  const TokenList text = tokens_of("casino river");
  CHECK(copy.points(text, 0, kNone) == learner.points(text, 0, kNone));
  const std::size_t before = learner.size();
  learner.shrink();
  CHECK(learner.size() == before / 2);
  CHECK(learner.points(tokens_of("casino"), 0, kNone) > 0);
}

TEST_CASE("all learners together keep a bounded number of weights; the largest pays") {
  Learners learners(2000);
  learners.learn(2, tokens_of("a small site that said this once"), true, 0, kNone);
  const std::size_t small = learners.find(2)->size();
  for (int i = 0; i < 200; ++i)
    learners.learn(1, tokens_of("text number " + std::to_string(i * 7919) + " of a large site"), i % 2 == 0,
                   0, kNone);
  std::size_t all = 0;
  for (const auto& [site, learner] : learners.all()) all += learner.size();
  CHECK(all <= 2000);
  CHECK(learners.find(2)->size() == small);
  CHECK(learners.find(3) == nullptr);
}

TEST_CASE("the words that count are named, the loudest first") {
  Learner learner;
  learner.learn(tokens_of("casino casino tonight"), true, 0, kNone);
  const std::string named = words_that_count(learner, tokens_of("the casino"), kNone);
  CHECK(named.starts_with(", most by \"casino\" +"));
  CHECK(words_that_count(Learner(), tokens_of("the casino"), kNone) == "");
}

}  // namespace
}  // namespace winnow
