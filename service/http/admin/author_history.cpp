#include "service/http/admin/author_history.h"

#include "classifier/pseudonym.h"
#include "classifier/unicode.h"
#include "service/http/admin/verdict_row.h"
#include "service/search_indexer.h"

namespace winnow::http::admin {
namespace {

constexpr std::size_t kMost = 20;
// Of what the search finds, as it also finds longer names.
constexpr std::size_t kLookedThrough = 100;

// By what the comments of one author are known.
struct Author {
  const char* by;
  std::string (*name)(const Comment&);
  SearchTerm term;
};

std::string author_name_of(const Comment& comment) {
  return fold(comment.author);
}

Author author_of(const Comment& comment) {
  using In = WordsTerm::In;
  const std::string email = email_name_of(comment), address = address_name_of(comment);
  if (!email.empty() && comment.concealed)
    return {"email", email_name_of, {WordsTerm{In::kEmail, "", false, {email}}, false}};
  if (!email.empty()) return {"email", email_name_of, {WordsTerm{In::kEmail, email, false}, false}};
  if (!comment.author.empty())
    return {"author", author_name_of, {WordsTerm{In::kAuthor, comment.author, false}, false}};
  return {"address", address_name_of, {AddressTerm{comment.concealed ? address : comment.user_ip}, false}};
}

}  // namespace

Result<Json> author_history(const Context& context, const ShownVerdict& shown) {
  const StoredVerdict& stored = shown.verdict;
  const Author author = author_of(stored.comment);
  const std::string name = author.name(stored.comment);
  Json verdicts = Json::array();
  if (!name.empty()) {
    // Where the newest verdicts cannot be indexed now they are not found.
    static_cast<void>(is_index_behind(context.services.store));
    const VerdictSearch search = {Tab::kAll, std::vector<SiteId>{stored.site}, {author.term}};
    const Result<SearchPage> page = context.services.store.search(search, 0, kLookedThrough);
    if (!page) return page.error();
    for (const ShownVerdict& each : page->verdicts) {
      if (verdicts.size() == kMost) break;
      if (each.verdict.id == stored.id || author.name(each.verdict.comment) != name) continue;
      verdicts.push_back(verdict_row(each));
    }
  }
  return Json{{"by", author.by},
              {"verdicts", std::move(verdicts)},
              {"ham", shown.author_ham},
              {"spam", shown.author_spam}};
}

}  // namespace winnow::http::admin
