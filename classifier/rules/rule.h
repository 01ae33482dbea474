// Rule: one thing to notice about a comment, with its sentence, its points and its own examples in one place.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/comment.h"
#include "classifier/features.h"

namespace winnow {

// Where a rule's points come from.
enum class Points {
  kFitted,   // `points` are the starting point; `winnow train` fits them on held-out comments
             // (Weights::rule_points)
  kHandSet,  // no data set shows what it is worth (see the comment beside it); `points` stand
};

struct Rule {
  std::string_view id;        // "group.name", stable: it is stored with every verdict
  std::string_view sentence;  // why it speaks, for a person: "has more than three links"
  double points;              // log-odds, positive = spam
  Points source;
  bool (*applies)(const Features&);
  // A rule with positive points applies to each of `spam` and to none of `ham`; with negative points the
  // other way round. At least one of each; tests/unit/classifier/rules/catalogue_test.cpp runs them all.
  std::vector<Comment> spam;
  std::vector<Comment> ham;

  std::string_view group() const { return id.substr(0, id.find('.')); }
};

// Ids of rules, built-in or an operator's, that add no signal.
using RulesOff = std::set<std::string, std::less<>>;

// The families, one file each; catalogue.cpp puts them in order.
std::vector<Rule> protocol_rules();
std::vector<Rule> form_rules();
std::vector<Rule> link_rules();
std::vector<Rule> author_rules();
std::vector<Rule> text_rules();
std::vector<Rule> trade_rules();
std::vector<Rule> pitch_rules();
std::vector<Rule> disguise_rules();
std::vector<Rule> honest_rules();

// For examples: a comment of text alone, one with another field to it, and one with a name and an address.
inline Comment says(std::string_view content) {
  Comment comment;
  comment.content = content;
  return comment;
}
inline Comment says_with(std::string_view content, std::string Comment::*field, std::string_view value) {
  Comment comment = says(content);
  comment.*field = value;
  return comment;
}
inline Comment signed_by(std::string_view author, std::string_view author_url, std::string_view content) {
  Comment comment = says(content);
  comment.author = author;
  comment.author_url = author_url;
  return comment;
}

}  // namespace winnow
