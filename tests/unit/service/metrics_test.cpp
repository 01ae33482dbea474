#include "service/metrics.h"

#include <doctest/doctest.h>

#include <thread>

namespace winnow {
namespace {

bool has(const std::string& text, const std::string& line) {
  return text.find("\n" + line + "\n") != std::string::npos;
}

TEST_CASE("what was answered, judged and reported is counted, from all threads") {
  Metrics metrics;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 100; ++n) {
        metrics.answered("/1.1/comment-check", 200, 0.003);
        metrics.checked(Outcome::kSpam);
      }
    });
  for (std::thread& thread : threads) thread.join();
  metrics.answered("-", 404, 0.0001);
  metrics.reported(Label::kHam);
  const std::string text = metrics.text();
  CHECK(has(text, "# TYPE winnow_requests_total counter"));
  CHECK(has(text, R"(winnow_requests_total{route="/1.1/comment-check",status="200"} 400)"));
  CHECK(has(text, R"(winnow_requests_total{route="-",status="404"} 1)"));
  CHECK(has(text, R"(winnow_request_seconds_bucket{route="/1.1/comment-check",le="0.0025"} 0)"));
  CHECK(has(text, R"(winnow_request_seconds_bucket{route="/1.1/comment-check",le="0.005"} 400)"));
  CHECK(has(text, R"(winnow_checks_total{outcome="spam"} 400)"));
  CHECK(has(text, R"(winnow_checks_total{outcome="ham"} 0)"));
  CHECK(has(text, R"(winnow_reports_total{label="ham"} 1)"));
}

TEST_CASE("readings of several sources stand together by name") {
  Metrics metrics;
  int asked = 0;
  metrics.source([&]() -> std::vector<Reading> {
    ++asked;
    return {{Reading::Kind::kCounter, "winnow_shed_total", "Shed.", 3, {{"why", "queue"}}},
            {Reading::Kind::kCounter, "winnow_shed_total", "Shed.", 4, {{"why", "late"}}}};
  });
  metrics.source(process_readings);
  CHECK(asked == 0);
  const std::string text = metrics.text();
  CHECK(asked == 1);
  CHECK(text.find("# TYPE winnow_shed_total counter\nwinnow_shed_total{why=\"queue\"} "
                  "3\nwinnow_shed_total{why=\"late\"} 4\n") != std::string::npos);
  CHECK(text.find("\nprocess_resident_memory_bytes ") != std::string::npos);
}

}  // namespace
}  // namespace winnow
