#include "classifier/explanation.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

#include "classifier/alignment.h"
#include "classifier/memory/tokens.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

// A piece of the folded text that may get a mark of its own.
struct Cell {
  TextRange folded;
  double points = 0;
};

class Cells {
 public:
  explicit Cells(const Features& features) : text_(features.content.folded) {
    for (const std::string_view word : features.words) {
      const TextRange place = place_of(word);
      if (!is_read_in_pairs(word)) {
        cells_.push_back({place});
        continue;
      }
      for (std::size_t pos = place.begin; pos < place.end;) {
        const std::size_t begin = pos;
        next_code_point(text_, pos);
        cells_.push_back({{begin, pos}});
      }
    }
  }

  TextRange place_of(std::string_view piece) const {
    const auto begin = static_cast<std::size_t>(piece.data() - text_.data());
    return {begin, begin + piece.size()};
  }

  // Gives the points to the cells that `place` covers, by the bytes of each that it does.
  void add(TextRange place, double points) {
    const auto first =
        std::ranges::upper_bound(cells_, place.begin, {}, [](const Cell& cell) { return cell.folded.end; });
    const auto covered = [&](const Cell& cell) {
      const std::size_t begin = std::max(place.begin, cell.folded.begin);
      const std::size_t end = std::min(place.end, cell.folded.end);
      return end > begin ? static_cast<double>(end - begin) : 0;
    };
    double bytes = 0;
    for (auto cell = first; cell != cells_.end() && cell->folded.begin < place.end; ++cell)
      bytes += covered(*cell);
    if (bytes == 0) return;
    for (auto cell = first; cell != cells_.end() && cell->folded.begin < place.end; ++cell)
      cell->points += points * covered(*cell) / bytes;
  }

  const std::vector<Cell>& all() const { return cells_; }

 private:
  std::string_view text_;
  std::vector<Cell> cells_;  // rising, without overlaps
};

// Of one model that reads the line; `weight_of` as the sum takes it. Gives the end of line's points.
double add_text_model(const TextModel& text, double (*weight_of)(const Weights&, const TextScore&),
                      const Weights& weights, const Features& features, Cells& cells) {
  const std::vector<std::string_view> words = model_words(features);
  const TextScore exact = text.score(model_line(features));
  const double taken = std::clamp(exact.log_odds, -kMaxTextLogOdds, kMaxTextLogOdds);
  const double clamped = exact.log_odds == 0 ? 1 : taken / exact.log_odds;
  const double weight = weight_of(weights, exact) * clamped;
  const LineShares shares = text.shares(words);
  for (std::size_t i = 0; i < words.size(); ++i)
    cells.add(cells.place_of(words[i]), weight * shares.words[i]);
  return weight * shares.end_of_line;
}

// Of the text model and, where there is one, the linear model.
double add_text_models(const Model& model, const Features& features, Cells& cells) {
  double end_of_line = add_text_model(model.text, text_weight, model.weights, features, cells);
  if (model.linear)
    end_of_line += add_text_model(*model.linear, linear_weight, model.weights, features, cells);
  return end_of_line;
}

// `shares`: points of each token of the list, over all of its places.
void add_tokens(const TokenList& list, const std::vector<double>& shares, const Features& features,
                Cells& cells) {
  struct Share {
    double points = 0;
    int places = 0;
  };
  std::unordered_map<std::uint32_t, Share> by_hash;
  for (std::size_t i = 0; i < shares.size(); ++i)
    if (shares[i] != 0) by_hash[list.tokens[i].hash].points = shares[i];
  if (by_hash.empty()) return;
  const std::vector<TokenPlace> places = token_places(features);
  for (const TokenPlace& place : places)
    if (const auto share = by_hash.find(place.hash); share != by_hash.end()) ++share->second.places;
  for (const TokenPlace& place : places)
    if (const auto share = by_hash.find(place.hash); share != by_hash.end())
      cells.add({place.begin, place.end}, share->second.points / share->second.places);
}

void add_learned(const Engine& engine, const Features& features, const HistoryView& history, Cells& cells) {
  const TokenList list = learner_tokens(features);
  std::vector<double> shares(list.tokens.size());
  engine.model().delta.add_shares(features.comment, list, shares);
  double before = 0;
  for (const Signal& signal : engine.judge(features.comment, NoHistory()).signals) before += signal.points;
  history.add_shares(list, before, shares);
  add_tokens(list, shares, features, cells);
}

std::vector<Cell> without_least(std::vector<Cell> cells, double& left_out) {
  if (cells.size() <= kMostMarks) return cells;
  std::vector<double> sizes;
  sizes.reserve(cells.size());
  for (const Cell& cell : cells) sizes.push_back(std::abs(cell.points));
  std::ranges::nth_element(sizes, sizes.end() - static_cast<std::ptrdiff_t>(kMostMarks));
  const double least = sizes[sizes.size() - kMostMarks];
  std::vector<Cell> kept;
  for (const Cell& cell : cells) {
    if (std::abs(cell.points) >= least && kept.size() < kMostMarks)
      kept.push_back(cell);
    else
      left_out += cell.points;
  }
  return kept;
}

// Positions in bytes of `plain` become those in UTF-16 units. The marks are in order.
void count_in_utf16(std::string_view plain, std::vector<Mark>& marks) {
  std::size_t pos = 0, units = 0;
  const auto units_at = [&](std::size_t byte) {
    while (pos < byte) units += next_code_point(plain, pos) >= 0x10000 ? 2 : 1;
    return units;
  };
  for (Mark& mark : marks) {
    mark.begin = units_at(mark.begin);
    mark.end = units_at(mark.end);
  }
}

}  // namespace

Explanation explain(const Engine& engine, const Comment& comment, const HistoryView& history) {
  const Features features(comment);
  Cells cells(features);
  Explanation explanation;
  explanation.model_id = engine.model().id;
  explanation.end_of_line = add_text_models(engine.model(), features, cells);
  add_learned(engine, features, history, cells);

  std::vector<Cell> counted;
  for (const Cell& cell : cells.all()) {
    if (std::abs(cell.points) >= kLeastMarked)
      counted.push_back(cell);
    else
      explanation.unmarked += cell.points;
  }
  const Alignment alignment(features.content);
  std::size_t behind = 0;
  for (const Cell& cell : without_least(std::move(counted), explanation.unmarked)) {
    const std::optional<TextRange> place = alignment.in_plain(cell.folded);
    if (!place || place->begin < behind) {
      explanation.unmarked += cell.points;
      continue;
    }
    explanation.marks.push_back({place->begin, place->end, cell.points});
    behind = place->end;
  }
  count_in_utf16(features.content.plain, explanation.marks);
  explanation.text = features.content;
  return explanation;
}

}  // namespace winnow
