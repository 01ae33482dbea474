#include "service/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <system_error>

namespace winnow {
namespace {

using Cells = std::map<std::pair<std::string_view, int>, prometheus::Counter*>;

const prometheus::Histogram::BucketBoundaries kSeconds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                          0.1,   0.25,   0.5,   1,    2.5,   10};

prometheus::MetricFamily family_of(const Reading& reading) {
  const auto type = reading.kind == Reading::Kind::kCounter ? prometheus::MetricType::Counter
                                                            : prometheus::MetricType::Gauge;
  return {reading.name, reading.help, type, {}};
}

prometheus::ClientMetric metric_of(const Reading& reading) {
  prometheus::ClientMetric metric;
  for (const auto& [name, value] : reading.labels) metric.label.push_back({name, value});
  metric.counter.value = reading.value;
  metric.gauge.value = reading.value;
  return metric;
}

}  // namespace

class Metrics::Impl {
 public:
  void source(Source source) { sources_.push_back(std::move(source)); }

  void answered(std::string_view route, int status, double seconds) {
    const std::lock_guard lock(mutex_);
    prometheus::Counter*& counter = requests_[{route, status}];
    if (!counter)
      counter = &request_family_.Add({{"route", std::string(route)}, {"status", std::to_string(status)}});
    counter->Increment();
    prometheus::Histogram*& histogram = seconds_[route];
    if (!histogram) histogram = &seconds_family_.Add({{"route", std::string(route)}}, kSeconds);
    histogram->Observe(seconds);
  }

  void checked(Outcome outcome) { checks_[static_cast<std::size_t>(outcome)]->Increment(); }
  void reported(Label label) { reports_[static_cast<std::size_t>(label)]->Increment(); }

  std::string text() const {
    std::vector<prometheus::MetricFamily> families = registry_.Collect();
    std::map<std::string, prometheus::MetricFamily> read;
    for (const Source& source : sources_)
      for (const Reading& reading : source())
        read.try_emplace(reading.name, family_of(reading)).first->second.metric.push_back(metric_of(reading));
    for (auto& [name, family] : read) families.push_back(std::move(family));
    return prometheus::TextSerializer().Serialize(families);
  }

 private:
  prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& request_family_ =
      prometheus::BuildCounter().Name("winnow_requests_total").Help("Requests answered").Register(registry_);
  prometheus::Family<prometheus::Histogram>& seconds_family_ =
      prometheus::BuildHistogram()
          .Name("winnow_request_seconds")
          .Help("From a request's last byte to its answer")
          .Register(registry_);
  prometheus::Family<prometheus::Counter>& check_family_ =
      prometheus::BuildCounter().Name("winnow_checks_total").Help("Comments judged").Register(registry_);
  prometheus::Family<prometheus::Counter>& report_family_ =
      prometheus::BuildCounter().Name("winnow_reports_total").Help("Reports accepted").Register(registry_);
  const std::array<prometheus::Counter*, 4> checks_ = {
      &check_family_.Add({{"outcome", "ham"}}), &check_family_.Add({{"outcome", "unsure"}}),
      &check_family_.Add({{"outcome", "spam"}}), &check_family_.Add({{"outcome", "discard"}})};
  const std::array<prometheus::Counter*, 2> reports_ = {&report_family_.Add({{"label", "ham"}}),
                                                        &report_family_.Add({{"label", "spam"}})};
  std::vector<Source> sources_;
  std::mutex mutex_;
  Cells requests_;                                              // guarded by mutex_
  std::map<std::string_view, prometheus::Histogram*> seconds_;  // guarded by mutex_
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::source(Source source) {
  impl_->source(std::move(source));
}
void Metrics::answered(std::string_view route, int status, double seconds) {
  impl_->answered(route, status, seconds);
}
void Metrics::checked(Outcome outcome) {
  impl_->checked(outcome);
}
void Metrics::reported(Label label) {
  impl_->reported(label);
}
std::string Metrics::text() const {
  return impl_->text();
}

std::vector<Reading> process_readings() {
  static const double began = static_cast<double>(
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
          .count());
  double pages = 0;
  double resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  std::error_code failed;
  double descriptors = 0;
  for (std::filesystem::directory_iterator entries("/proc/self/fd", failed), end; !failed && entries != end;
       entries.increment(failed))
    ++descriptors;
  return {{Reading::Kind::kGauge, "process_resident_memory_bytes", "Resident memory size in bytes.",
           resident * static_cast<double>(::sysconf(_SC_PAGESIZE))},
          {Reading::Kind::kGauge, "process_open_fds", "Number of open file descriptors.", descriptors},
          {Reading::Kind::kGauge, "process_start_time_seconds",
           "Start time of the process since unix epoch in seconds.", began}};
}

}  // namespace winnow
