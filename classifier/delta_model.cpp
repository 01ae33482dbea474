// File format, little-endian:
//   "WNDM" u32 version=1, u32 layers
//   layers times, in byte order of their sites:
//     u16 length, site; f64 start, f64 share
//     u32 rules, times: u16 length, id, f64 points          in byte order of the ids
//     f32 scale, u32 numbers, times: u32 token number, i16  times scale; token numbers rising
#include "classifier/delta_model.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "classifier/bytes.h"
#include "classifier/links.h"
#include "classifier/number_text.h"
#include "classifier/rules/catalogue.h"

namespace winnow {
namespace {

constexpr std::string_view kMagic = "WNDM";
constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kMostLayers = 1u << 20;
constexpr std::uint32_t kMostRules = 10000;
constexpr double kMostPoints = 1e6;  // of either sign: any number of them has a finite sum
constexpr std::size_t kNamed = 4;
constexpr double kMostOfSum = 8;
constexpr double kSumUnit = 4;

void put_text(std::string& out, std::string_view text) {
  put(out, static_cast<std::uint16_t>(text.size()));
  out.append(text);
}

std::optional<std::string> take_text(ByteReader& reader) {
  const auto length = reader.take<std::uint16_t>();
  const auto bytes = length ? reader.take_bytes(*length) : std::nullopt;
  return bytes ? std::optional<std::string>(*bytes) : std::nullopt;
}

// A number of points, or nothing.
template <typename T>
std::optional<T> take_points(ByteReader& reader) {
  const auto value = reader.take<T>();
  return value && std::abs(*value) <= static_cast<T>(kMostPoints) ? value : std::nullopt;
}

std::optional<DeltaLayer> take_layer(ByteReader& reader) {
  DeltaLayer layer;
  const auto start = take_points<double>(reader), share = take_points<double>(reader);
  const auto rules = reader.take<std::uint32_t>();
  if (!start || !share || !rules || *rules > kMostRules) return std::nullopt;
  layer.start = *start;
  layer.share = *share;
  for (std::uint32_t i = 0; i < *rules; ++i) {
    const auto id = take_text(reader);
    const auto points = id ? take_points<double>(reader) : std::nullopt;
    if (!points) return std::nullopt;
    layer.rules.emplace(*id, *points);
  }
  const auto scale = take_points<float>(reader);
  const auto numbers = reader.take<std::uint32_t>();
  if (!scale || !numbers || *numbers > 1u << kTokenBits) return std::nullopt;
  if (reader.left() / 6 < *numbers) return std::nullopt;
  layer.numbers.reserve(*numbers);
  for (std::uint32_t i = 0; i < *numbers; ++i) {
    const std::uint32_t token = *reader.take<std::uint32_t>();
    const float value = static_cast<float>(*reader.take<std::int16_t>()) * *scale;
    if (token >> kTokenBits != 0 || (i > 0 && token <= layer.numbers.back().first)) return std::nullopt;
    layer.numbers.emplace_back(token, value);
  }
  return layer;
}

void put_layer(std::string& out, const DeltaLayer& layer) {
  put(out, layer.start);
  put(out, layer.share);
  put(out, static_cast<std::uint32_t>(layer.rules.size()));
  for (const auto& [id, points] : layer.rules) {
    put_text(out, id);
    put(out, points);
  }
  float largest = 0;
  for (const auto& [token, value] : layer.numbers) largest = std::max(largest, std::abs(value));
  const float scale = largest > 0 ? largest / 32767 : 1;
  const auto fixed = [scale](float value) { return static_cast<std::int16_t>(std::lround(value / scale)); };
  put(out, scale);
  put(out,
      static_cast<std::uint32_t>(std::count_if(layer.numbers.begin(), layer.numbers.end(),
                                               [&](const auto& one) { return fixed(one.second) != 0; })));
  for (const auto& [token, value] : layer.numbers) {
    if (fixed(value) == 0) continue;
    put(out, token);
    put(out, fixed(value));
  }
}

float number_of(const DeltaLayer& layer, std::uint32_t token) {
  const auto found =
      std::lower_bound(layer.numbers.begin(), layer.numbers.end(), token,
                       [](const auto& one, std::uint32_t wanted) { return one.first < wanted; });
  return found == layer.numbers.end() || found->first != token ? 0 : found->second;
}

double token_points(const DeltaLayer& layer, const Token& token) {
  return static_cast<double>(number_of(layer, token_number(token.hash)) * token.value);
}

struct Named {
  std::string name;
  double points = 0;
};

// The words and rules that weigh most, largest first.
std::vector<Named> weightiest(const DeltaLayer& layer, const TokenList& list, const BaseView& base) {
  std::vector<Named> found;
  for (const std::string_view rule : base.rules)
    if (const auto points = layer.rules.find(rule); points != layer.rules.end())
      found.push_back({std::string(rule), points->second});
  std::set<std::uint32_t> named;
  for (const auto& [word, hash] : list.words) {
    const auto token = std::ranges::lower_bound(list.tokens, hash, {}, &Token::hash);
    if (token == list.tokens.end() || token->hash != hash || !named.insert(hash).second) continue;
    if (const double points = token_points(layer, *token); points != 0)
      found.push_back({"\"" + word + "\"", points});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Named& a, const Named& b) { return std::abs(a.points) > std::abs(b.points); });
  if (found.size() > kNamed) found.resize(kNamed);
  return found;
}

std::string sentence(double points, const std::vector<Named>& most, bool of_site) {
  std::string text = of_site ? "what reports taught of this site speaks for "
                             : "what reports taught of all sites speaks for ";
  text += points >= 0 ? "spam" : "ham";
  for (std::size_t i = 0; i < most.size(); ++i)
    text += (i == 0 ? ", most by " : ", ") + most[i].name + " " + with_sign(most[i].points, 2);
  return text;
}

}  // namespace

BaseView base_view(std::span<const Signal> signals) {
  BaseView view;
  for (const Signal& signal : signals) {
    const Rule* rule = find_rule(signal.id);
    if (rule != nullptr && rule->source == Points::kHandSet) continue;
    view.sum += signal.points;
    if (rule != nullptr) view.rules.push_back(rule->id);
  }
  return view;
}

double scaled_sum(const BaseView& base) {
  return std::clamp(base.sum, -kMostOfSum, kMostOfSum) / kSumUnit;
}

std::string site_name(std::string_view blog) {
  if (blog.empty()) return "";
  const bool bare = blog.find("://") == std::string_view::npos;
  const Link link = parse_url(bare ? "http://" + std::string(blog) : std::string(blog));
  std::string name = link.host + link.path.substr(0, link.path.find_first_of("?#"));
  while (name.ends_with('/')) name.pop_back();
  return name;
}

// Fibonacci hashing (Knuth 1973): the hash's low bits, which vary most, reach the number's high ones.
std::uint32_t token_number(std::uint32_t hash) {
  return hash * 2654435761u >> (32 - kTokenBits);
}

double layer_points(const DeltaLayer& layer, std::span<const Token> tokens, const BaseView& base) {
  double points = layer.start + layer.share * scaled_sum(base);
  for (const std::string_view rule : base.rules)
    if (const auto found = layer.rules.find(rule); found != layer.rules.end()) points += found->second;
  for (const Token& token : tokens) points += token_points(layer, token);
  return points;
}

DeltaModel::DeltaModel(std::map<std::string, DeltaLayer, std::less<>> layers) : layers_(std::move(layers)) {}

void DeltaModel::judge(const Features& features, const BaseView& base, std::vector<Signal>& signals) const {
  if (layers_.empty()) return;
  const std::string site = site_name(features.comment.blog);
  const auto of_all = layers_.find("");
  const auto of_site = site.empty() ? layers_.end() : layers_.find(site);
  if (of_all == layers_.end() && of_site == layers_.end()) return;
  const TokenList list = learner_tokens(features);
  const auto speak = [&](const DeltaLayer& layer, const char* id, bool is_site) {
    const double points = layer_points(layer, list.tokens, base);
    signals.push_back({id, points, sentence(points, weightiest(layer, list, base), is_site)});
  };
  if (of_all != layers_.end()) speak(of_all->second, "delta.all", false);
  if (of_site != layers_.end()) speak(of_site->second, "delta.site", true);
}

void DeltaModel::add_shares(const Comment& comment, const TokenList& list, std::span<double> shares) const {
  const std::string site = site_name(comment.blog);
  for (const auto& [of, layer] : layers_) {
    if (!of.empty() && of != site) continue;
    for (std::size_t i = 0; i < list.tokens.size(); ++i) shares[i] += token_points(layer, list.tokens[i]);
  }
}

std::string DeltaModel::serialize() const {
  std::string out(kMagic);
  put(out, kVersion);
  put(out, static_cast<std::uint32_t>(layers_.size()));
  for (const auto& [site, layer] : layers_) {
    put_text(out, site);
    put_layer(out, layer);
  }
  return out;
}

Result<DeltaModel> DeltaModel::parse(std::string_view bytes) {
  const auto corrupt = [](std::string_view why) {
    return Error{ErrorKind::kCorrupt, "not a delta model: " + std::string(why), ""};
  };
  ByteReader reader(bytes);
  if (reader.take_bytes(kMagic.size()) != kMagic) return corrupt("it does not begin with WNDM");
  if (reader.take<std::uint32_t>() != kVersion) return corrupt("its format version is unknown");
  const auto count = reader.take<std::uint32_t>();
  if (!count || *count > kMostLayers) return corrupt("its number of layers is missing or out of range");
  std::map<std::string, DeltaLayer, std::less<>> layers;
  for (std::uint32_t i = 0; i < *count; ++i) {
    const auto site = take_text(reader);
    auto layer = site ? take_layer(reader) : std::nullopt;
    if (!layer) return corrupt("layer " + std::to_string(i + 1) + " is damaged or cut short");
    if (!layers.emplace(*site, *std::move(layer)).second) return corrupt("two layers are of the same site");
  }
  if (reader.left() != 0) return corrupt("there is something behind its last layer");
  return DeltaModel(std::move(layers));
}

}  // namespace winnow
