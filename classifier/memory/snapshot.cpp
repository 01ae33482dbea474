// Memory: its hash, and its form as bytes.
//
//   i64 latest
//   u32 reporters; times: i64 site, i64 voter, u16 length, name, i64 reports, i64 agreed,
//     i64 disagreed, i64 taken_back
//   u32 reports; times: i64 seq, u32 reporter, i64 site, u64 text_key, u8 spam, u8 curator, u8 settled,
//     i32 words, u8 units, u32 each
//   u32 names; times: u64 key, u8 counts, times: u32 reporter, f64 spam, f64 ham, i64 at
//   u32 learners; times: i64 site, i64 spam, i64 ham, i64 mistakes, u32 weights,
//     times: u32 token, f32 points, f32 gradients, u16 spam, u16 ham
//   u64 word_hash() of all before
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "classifier/bytes.h"
#include "classifier/fingerprint.h"
#include "classifier/memory/memory.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

constexpr std::uint32_t kMostOfAnything = 1u << 28;
// Beyond these no number that reports made can be: it would run over when it is added up.
constexpr std::int64_t kMostCounted = std::int64_t{1} << 52;
constexpr double kMostPoints = 1e9;
constexpr std::int32_t kMostWords = 1 << 20;

void put_text(std::string& out, const std::string& text) {
  put<std::uint16_t>(out, static_cast<std::uint16_t>(text.size()));
  out += text;
}

void put_learners(std::string& out, const Learners& learners) {
  put<std::uint32_t>(out, static_cast<std::uint32_t>(learners.all().size()));
  for (const auto& [site, learner] : learners.all()) {
    const std::vector<TokenWeight> weights = learner.weights();
    put<std::int64_t>(out, site);
    put(out, learner.totals().spam);
    put(out, learner.totals().ham);
    put(out, learner.totals().mistakes);
    put<std::uint32_t>(out, static_cast<std::uint32_t>(weights.size()));
    for (const TokenWeight& weight : weights) {
      put(out, weight.token);
      put(out, weight.points);
      put(out, weight.gradients);
      put(out, weight.spam);
      put(out, weight.ham);
    }
  }
}

// Takes values; once one is missing, all are 0 and good() is false.
class Taker {
 public:
  explicit Taker(std::string_view bytes) : reader_(bytes) {}

  template <typename T>
  T take() {
    const std::optional<T> value = reader_.take<T>();
    good_ = good_ && value.has_value();
    return value.value_or(T());
  }
  // Of what is counted or a time: 0 to kMostCounted.
  std::int64_t take_number() {
    const auto number = take<std::int64_t>();
    require(number >= 0 && number <= kMostCounted);
    return number;
  }
  template <typename T>
  T take_points() {
    const T points = take<T>();
    require(std::abs(points) <= static_cast<T>(kMostPoints));  // not so of NaN
    return points;
  }
  void require(bool holds) { good_ = good_ && holds; }
  std::uint32_t take_count() {
    const auto count = take<std::uint32_t>();
    require(count <= kMostOfAnything);
    return good_ ? count : 0;
  }
  std::string take_text() {
    const std::optional<std::string_view> text = reader_.take_bytes(take<std::uint16_t>());
    require(text && is_valid_utf8(*text));
    return std::string(text.value_or(""));
  }
  bool good() const { return good_; }
  bool at_end() const { return good_ && reader_.left() == 0; }

 private:
  ByteReader reader_;
  bool good_ = true;
};

RememberedReport take_report(Taker& from) {
  RememberedReport report;
  report.seq = from.take<std::int64_t>();
  report.reporter = from.take<std::uint32_t>();
  report.site = from.take<std::int64_t>();
  report.text_key = from.take<std::uint64_t>();
  report.spam = from.take<std::uint8_t>() != 0;
  report.curator = from.take<std::uint8_t>() != 0;
  report.settled = from.take<std::uint8_t>() != 0;
  report.sketch.words = from.take<std::int32_t>();
  from.require(report.sketch.words >= 0 && report.sketch.words <= kMostWords);
  report.sketch.units.resize(std::min<std::size_t>(from.take<std::uint8_t>(), Sketch::kUnits));
  for (std::uint32_t& unit : report.sketch.units) unit = from.take<std::uint32_t>();
  from.require(std::ranges::adjacent_find(report.sketch.units, std::greater_equal()) ==
               report.sketch.units.end());
  return report;
}

Error damaged() {
  return {ErrorKind::kCorrupt, "the snapshot of the memory is damaged or of another version", ""};
}

}  // namespace

std::uint64_t Memory::hash() const {
  std::string all;
  const auto put_reporter = [&](std::uint32_t number) {
    put(all, reporters_[number].site);
    put(all, reporters_[number].voter);
    put_text(all, reporters_[number].name);
  };
  for (const RememberedReport& report : reports_.reports()) {
    put_reporter(report.reporter);
    put(all, report.text_key);
    put<std::uint8_t>(all, static_cast<std::uint8_t>(report.spam * 2 + report.curator));
    for (const std::uint32_t unit : report.sketch.units) put(all, unit);
  }
  const std::map<std::uint64_t, std::vector<ReputationCount>> names(reputations_.counts().begin(),
                                                                    reputations_.counts().end());
  for (const auto& [key, counts] : names) {
    put(all, key);
    for (const ReputationCount& count : counts) {
      put_reporter(count.reporter);
      put(all, count.spam);
      put(all, count.ham);
      put(all, count.at);
    }
  }
  put_learners(all, learners_);
  return word_hash(all);
}

std::string Memory::serialize() const {
  std::string out;
  put(out, latest_);
  put<std::uint32_t>(out, static_cast<std::uint32_t>(reporters_.all().size()));
  for (const Reporter& reporter : reporters_.all()) {
    put(out, reporter.site);
    put(out, reporter.voter);
    put_text(out, reporter.name);
    put(out, reporter.reports);
    put(out, reporter.agreed);
    put(out, reporter.disagreed);
    put(out, reporter.taken_back);
  }
  put<std::uint32_t>(out, static_cast<std::uint32_t>(reports_.size()));
  for (const RememberedReport& report : reports_.reports()) {
    put(out, report.seq);
    put(out, report.reporter);
    put(out, report.site);
    put(out, report.text_key);
    put<std::uint8_t>(out, report.spam);
    put<std::uint8_t>(out, report.curator);
    put<std::uint8_t>(out, report.settled);
    put<std::int32_t>(out, report.sketch.words);
    put<std::uint8_t>(out, static_cast<std::uint8_t>(report.sketch.units.size()));
    for (const std::uint32_t unit : report.sketch.units) put(out, unit);
  }
  put<std::uint32_t>(out, static_cast<std::uint32_t>(reputations_.size()));
  for (const auto& [key, counts] : reputations_.counts()) {
    put(out, key);
    put<std::uint8_t>(out, static_cast<std::uint8_t>(counts.size()));
    for (const ReputationCount& count : counts) {
      put(out, count.reporter);
      put(out, count.spam);
      put(out, count.ham);
      put(out, count.at);
    }
  }
  put_learners(out, learners_);
  put(out, word_hash(out));
  return out;
}

Result<Memory> Memory::parse(std::string_view bytes, const MemoryOptions& options,
                             std::shared_ptr<const Background> background) {
  constexpr std::size_t kHashBytes = sizeof(std::uint64_t);
  if (bytes.size() < kHashBytes) return damaged();
  const std::string_view all = bytes.substr(0, bytes.size() - kHashBytes);
  if (ByteReader(bytes.substr(all.size())).take<std::uint64_t>() != word_hash(all)) return damaged();

  Memory memory(options, std::move(background));
  Taker from(all);
  memory.latest_ = from.take_number();
  for (std::uint32_t left = from.take_count(); left > 0 && from.good(); --left) {
    const auto site = from.take<std::int64_t>(), voter = from.take<std::int64_t>();
    Reporter& reporter = memory.reporters_[memory.reporters_.number_of(site, voter, from.take_text())];
    for (std::int64_t* count :
         {&reporter.reports, &reporter.agreed, &reporter.disagreed, &reporter.taken_back})
      *count = from.take_number();
  }
  const std::size_t reporters = memory.reporters_.all().size();
  for (std::uint32_t left = from.take_count(); left > 0 && from.good(); --left) {
    RememberedReport report = take_report(from);
    if (!from.good() || report.reporter >= reporters) return damaged();
    memory.reports_.add(std::move(report));
  }
  for (std::uint32_t left = from.take_count(); left > 0 && from.good(); --left) {
    const auto key = from.take<std::uint64_t>();
    std::vector<ReputationCount> counts(from.take<std::uint8_t>());
    for (ReputationCount& count : counts) {
      count.reporter = from.take<std::uint32_t>();
      count.spam = from.take_points<double>();
      count.ham = from.take_points<double>();
      count.at = from.take_number();
      from.require(count.reporter < reporters && count.spam >= 0 && count.ham >= 0);
    }
    if (!from.good() || counts.empty()) return damaged();
    memory.reputations_.restore(key, std::move(counts));
  }
  for (std::uint32_t left = from.take_count(); left > 0 && from.good(); --left) {
    const auto site = from.take<std::int64_t>();
    LearnerTotals totals;
    for (std::int64_t* total : {&totals.spam, &totals.ham, &totals.mistakes}) *total = from.take_number();
    std::vector<TokenWeight> weights;
    for (std::uint32_t each = from.take_count(); each > 0 && from.good(); --each) {
      TokenWeight weight;
      weight.token = from.take<std::uint32_t>();
      weight.points = from.take_points<float>();
      weight.gradients = from.take_points<float>();
      weight.spam = from.take<std::uint16_t>();
      weight.ham = from.take<std::uint16_t>();
      from.require(weight.gradients >= 0 && !weight.is_empty());
      from.require(weights.empty() || weights.back().token < weight.token);
      weights.push_back(weight);
    }
    memory.learners_.restore(site, totals, weights);
  }
  if (!from.at_end()) return damaged();
  return memory;
}

}  // namespace winnow
