// HistoryView: what the judge may ask about the past of one site. The service answers from its store, the CLI
// with NoHistory; the judge itself knows neither SQL nor clocks.
#pragma once

#include <cstdint>
#include <string>

namespace winnow {

// How often people reported something as spam or as ham. Test reports are not counted.
struct Past {
  int spam = 0;
  int ham = 0;
};

// Thread rule: an implementation is used by one thread at a time. No call throws; a failing source answers
// {0, 0}.
class HistoryView {
 public:
  virtual ~HistoryView() = default;
  // Reports on comments whose text_key() (classifier/fingerprint.h) is `text_key`.
  virtual Past reports_of_text(std::uint64_t text_key) const = 0;
  // The same on other sites, counted in sites that are independent of each other, not in reports.
  virtual Past sites_on_text(std::uint64_t text_key) const = 0;
  // Reports on comments by the author with this e-mail address (compared without case). Empty address: {0,
  // 0}.
  virtual Past reports_of_author(const std::string& author_email) const = 0;
};

// A past in which nothing was ever reported.
class NoHistory final : public HistoryView {
 public:
  Past reports_of_text(std::uint64_t) const override { return {}; }
  Past sites_on_text(std::uint64_t) const override { return {}; }
  Past reports_of_author(const std::string&) const override { return {}; }
};

}  // namespace winnow
