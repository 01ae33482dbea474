// What people type into the desk's search, and patterns of the lists.
// Input: a byte (0 to 4: a pattern of that field; else a query); the text.
#include "classifier/lists/lists.h"
#include "classifier/unicode.h"
#include "service/search_query.h"
#include "tests/fuzz/property.h"
#include "tests/unit/service/installation.h"

namespace winnow::fuzz {
namespace {

Comment sample() {
  Comment comment;
  comment.content = "Buy cheap pills at http://pills.example.org/now \xE8\xB5\x8C\xE5\x9C\xBA";
  comment.author = "Ann of the garden";
  comment.author_email = "ann@example.org";
  comment.author_url = "http://shop.example.net";
  comment.user_ip = "203.0.113.7";
  return comment;
}

void try_pattern(ListField field, const std::string& typed) {
  static const Comment comment = sample();
  static const Features features(comment);
  const Result<ListPattern> pattern = read_list_pattern(field, typed);
  if (!pattern) {
    require(pattern.error().kind == ErrorKind::kInvalid && pattern.error().field == "pattern",
            "a bad pattern is told as one");
    return;
  }
  require(typed.size() <= kMaxPatternBytes, "a pattern is within its bound");
  require(is_valid_utf8(pattern->key) && !pattern->key.empty(), "a pattern has a key");
  const Lists lists({{1, ListKind::kBlock, field, typed, 0, {}}});
  require(lists.size() == 1, "a pattern that can be read is in force");
  std::vector<Signal> signals;
  lists.judge({1, 0, {0.4, 0.7, 0.99}}, features, signals);
  require(signals.size() <= 1, "one list gives one reason");
}

struct Desk {
  Installation home;
  Person owner{1, 0, "ann", Role::kOwner, true, {}};

  Desk() {
    const Caller caller = home.caller("example.org");
    for (const char* content : {"cheap pills of a shop", "thanks for the garden"}) {
      CheckRequest request;
      request.comment = sample();
      request.comment.content = content;
      must(check(home.services, caller, request, random_id()));
    }
    must(home.store->index_verdicts(100));
  }
};

void try_query(const std::string& typed) {
  static Desk desk;
  const Result<VerdictSearch> search = read_search(desk.home.services, desk.owner, typed);
  if (!search) {
    require(search.error().kind == ErrorKind::kInvalid && search.error().field == "q",
            "a bad query is told as one");
    return;
  }
  require(typed.size() <= kMaxQueryBytes && search->terms.size() <= kMaxQueryTerms,
          "a query is within its bounds");
  const Result<SearchPage> page = desk.home.store->search(*search, 1'000'000, 10);
  require(page.ok(), "a query that can be read can be asked");
  require(page->verdicts.size() <= 2, "what is found is stored");
}

}  // namespace
}  // namespace winnow::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace winnow;
  fuzz::Parts parts(data, size);
  const unsigned which = parts.byte() % 8;
  const std::string text = to_valid_utf8(parts.rest());
  if (which < 5)
    fuzz::try_pattern(static_cast<ListField>(which), text);
  else
    fuzz::try_query(text);
  return 0;
}
