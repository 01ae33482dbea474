#include "tools/training/figures.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

Judged one(bool spam, double score, bool caught, const std::string& source = "s",
           const std::string& lang = "en") {
  return {source, lang, spam, caught, score};
}

TEST_CASE("counts and shares, worked by hand") {
  const Json f = figures({one(true, .9, true), one(true, .8, true), one(true, .3, false),
                          one(false, .7, true), one(false, .2, false)});
  CHECK(f["n"] == 5);
  CHECK(f["tp"] == 2);
  CHECK(f["fn"] == 1);
  CHECK(f["fp"] == 1);
  CHECK(f["tn"] == 1);
  CHECK(f["accuracy"].get<double>() == doctest::Approx(0.6));
  CHECK(f["precision"].get<double>() == doctest::Approx(2.0 / 3));
  CHECK(f["recall"].get<double>() == doctest::Approx(2.0 / 3));
  CHECK(f["f1"].get<double>() == doctest::Approx(2.0 / 3));
  CHECK(f["ham_blocked"].get<double>() == doctest::Approx(0.5));
  // (2*1 - 1*1) / sqrt(3 * 3 * 2 * 2)
  CHECK(f["mcc"].get<double>() == doctest::Approx(1.0 / 6));
  // Of the six pairs, the spam is above in five.
  CHECK(f["roc_auc"].get<double>() == doctest::Approx(5.0 / 6));
  CHECK(f["one_minus_roca_percent"].get<double>() == doctest::Approx(100.0 / 6));
  CHECK(f["brier"].get<double>() == doctest::Approx((.01 + .04 + .49 + .49 + .04) / 5));
}

TEST_CASE("equal scores count as half in the area and against us in the recall") {
  const Json f = figures({one(true, .5, true), one(false, .5, true)});
  CHECK(f["roc_auc"].get<double>() == doctest::Approx(0.5));
  CHECK(f["recall_at_fpr"]["0.01"] == 0.0);
}

TEST_CASE("recall where one ham in a hundred is blocked") {
  std::vector<Judged> judged;
  for (int i = 0; i < 100; ++i) judged.push_back(one(false, i < 1 ? .95 : .1 + i * .001, false));
  judged.push_back(one(true, .99, true));
  judged.push_back(one(true, .9, true));
  judged.push_back(one(true, .15, false));
  const Json f = figures(judged);
  CHECK(f["recall_at_fpr"]["0.01"].get<double>() == doctest::Approx(2.0 / 3));
  CHECK(f["recall_at_fpr"]["0.001"].get<double>() == doctest::Approx(1.0 / 3));
}

TEST_CASE("a figure that the rows cannot give is null") {
  const Json ham = figures({one(false, .1, false)});
  CHECK(ham["recall"].is_null());
  CHECK(ham["roc_auc"].is_null());
  CHECK(ham["mcc"].is_null());
  CHECK(ham["recall_at_fpr"]["0.01"].is_null());
  CHECK(ham["ham_blocked"] == 0.0);
}

TEST_CASE("a score that means what it says has no calibration error") {
  std::vector<Judged> judged;
  for (int i = 0; i < 10; ++i) judged.push_back(one(i < 9, .9, true));
  CHECK(figures(judged)["ece"].get<double>() == doctest::Approx(0));
  CHECK(figures({one(false, 1, true)})["ece"].get<double>() == doctest::Approx(1));
}

TEST_CASE("the same figures by source and by language") {
  const Json f = figures(
      {one(true, .9, true, "a", "en"), one(false, .1, false, "b", "de"), one(false, .9, true, "b", "en")});
  CHECK(f["by"]["source"]["a"]["recall"] == 1.0);
  CHECK(f["by"]["source"]["b"]["ham_blocked"] == 0.5);
  CHECK(f["by"]["lang"]["en"]["n"] == 2);
  CHECK_FALSE(f["by"]["lang"]["en"].contains("by"));
}

}  // namespace
}  // namespace winnow
