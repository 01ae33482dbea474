#include "classifier/memory/background.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "classifier/bytes.h"

namespace winnow {
namespace {

constexpr std::string_view kMagic = "WNBG";
constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kMostTokens = 1u << 22;
constexpr double kSteps = 255;

Error corrupt(const char* why) {
  return {ErrorKind::kCorrupt, why, ""};
}

}  // namespace

Background::Background(const std::vector<std::pair<std::uint32_t, double>>& shares) {
  slots_.resize(std::bit_ceil(2 * shares.size() + 2));
  for (const auto& [token, share] : shares)
    put(token, static_cast<std::uint8_t>(std::lround(std::clamp(share, 0.0, 1.0) * kSteps)));
}

void Background::put(std::uint32_t token, std::uint8_t share) {
  if (share == 0) return;
  std::size_t i = token & (slots_.size() - 1);
  while (slots_[i].share != 0 && slots_[i].token != token) i = (i + 1) & (slots_.size() - 1);
  used_ += slots_[i].share == 0;
  slots_[i] = {token, share};
}

double Background::share(std::uint32_t token) const {
  if (slots_.empty()) return 0;
  std::size_t i = token & (slots_.size() - 1);
  while (slots_[i].share != 0 && slots_[i].token != token) i = (i + 1) & (slots_.size() - 1);
  return slots_[i].share / kSteps;
}

std::string Background::serialize() const {
  std::vector<Slot> used;
  for (const Slot& slot : slots_)
    if (slot.share != 0) used.push_back(slot);
  std::ranges::sort(used, {}, &Slot::token);
  std::string out(kMagic);
  winnow::put(out, kVersion);
  winnow::put(out, static_cast<std::uint32_t>(used.size()));
  for (const Slot& slot : used) {
    winnow::put(out, slot.token);
    winnow::put(out, slot.share);
  }
  return out;
}

Result<Background> Background::parse(std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.take_bytes(kMagic.size()) != kMagic) return corrupt("it is no list of common tokens");
  if (reader.take<std::uint32_t>() != kVersion) return corrupt("its version is not known");
  const std::uint32_t tokens = reader.take<std::uint32_t>().value_or(kMostTokens + 1);
  if (tokens > kMostTokens || reader.left() != tokens * std::size_t{5}) return corrupt("its length is wrong");
  Background background;
  background.slots_.resize(std::bit_ceil(2 * std::size_t{tokens} + 2));
  for (std::uint32_t i = 0, last = 0; i < tokens; ++i) {
    const std::uint32_t token = *reader.take<std::uint32_t>();
    // Else a file of tokens that all want one place would take for ever.
    if (i > 0 && token <= last) return corrupt("its tokens are out of order");
    last = token;
    background.put(token, *reader.take<std::uint8_t>());
  }
  return background;
}

}  // namespace winnow
