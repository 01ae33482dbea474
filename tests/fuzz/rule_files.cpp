// Files of operators' rules, and what they say of a comment. Input: the file.
#include <cmath>

#include "classifier/rules/operator_rules.h"
#include "classifier/unicode.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace winnow;
  using fuzz::require;
  static const Comment* const comment = [] {
    auto* made = new Comment;
    made->content =
        "Buy cheap watches at http://watches.example/ aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \xC3\x9C"
        "bung";
    made->author = "watch shop";
    made->author_email = "sale@watches.example";
    made->author_url = "http://watches.example";
    made->user_ip = "203.0.113.7";
    made->type = "comment";
    return made;
  }();
  static const Features* const features = new Features(*comment);

  const std::string_view text = fuzz::Parts(data, size).rest();
  OperatorRules rules;
  const Result<void> added = rules.add_file(text, "rules.toml");
  if (!added) {
    require(rules.size() == 0, "nothing of a bad file is added");
    require(added.error().kind == ErrorKind::kInvalid, "a bad file is told as one");
    require(added.error().message.starts_with("rules.toml"), "the message names the file");
    return 0;
  }
  std::vector<Signal> signals;
  rules.judge(*features, signals);
  require(signals.size() <= rules.size(), "a rule speaks once");
  for (const Signal& signal : signals)
    require(std::abs(signal.points) <= 20 && !signal.id.empty(), "a rule's points are within their bounds");
  require(rules.all().size() == rules.size(), "every rule is listed");
  require(rules.size() == 0 || !rules.add_file(text, "again.toml").ok(), "ids are taken once");
  return 0;
}
