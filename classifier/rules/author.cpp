// The author: a person's name and home, or a phrase that sells?
#include <algorithm>

#include "classifier/rules/gibberish.h"
#include "classifier/rules/rule.h"

namespace winnow {
namespace {

// True if at least two words of the name (of four letters or more) stand in the host of the URL field: "Best
// Austin Dentist" of best-austin-dentist.com. A person's own domain usually holds one or both of two names,
// so three words are asked for.
bool name_is_host(const Features& f) {
  if (!f.has_author_link() || f.author_words.size() < 3) return false;
  int found = 0;
  for (const std::string_view word : f.author_words)
    if (word.size() >= 3 && f.author_link.host.find(word) != std::string::npos) ++found;
  return found >= 2;
}

bool sells(const TopicCounts& topics) {
  return topics.trades() > 0 || topics[Topic::kSelling] > 0 || topics[Topic::kBusiness] > 0;
}

// As a person signs: up to four words, one of them a given name, and nothing of a shop.
bool signs_as_person(const Features& f) {
  return f.given_names > 0 && f.author_words.size() <= 4 && f.name_links.total == 0 &&
         !sells(f.author_topics);
}

// One word: a given name and two to six stray letters ("Ronaldexibe"), as programs make names by the
// thousand.
bool is_padded_name(const Features& f) {
  if (f.author_words.size() != 1 || f.given_names > 0 || f.name_links.total > 0) return false;
  const std::string_view word = f.author_words[0];
  if (!std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; })) return false;
  for (std::size_t stray = 2; stray <= 6 && word.size() >= stray + 5; ++stray)
    if (is_given_name(word.substr(0, word.size() - stray))) return true;
  return false;
}

bool has_capital(std::string_view text) {
  for (std::size_t pos = 0; pos < text.size();)
    if (is_upper(next_code_point(text, pos))) return true;
  return false;
}

bool is_latin(std::string_view text) {
  for (std::size_t pos = 0; pos < text.size();)
    if (const char32_t c = next_code_point(text, pos); is_letter(c)) return script_of(c) == Script::kLatin;
  return false;
}

// The author's address is a page that the author would not call home: neither a profile kept on a host for
// such, nor a user's own pages on a shared host ("/~ann/"), nor the page that sent a pingback.
bool has_page_of_others(const Features& f) {
  return f.has_author_link() && !f.is_pingback && !f.author_link.path.starts_with("/~") &&
         !is_identity(f.author_link.host, f.author_link.domain);
}

bool has_trade(const TopicCounts& topics) {
  return topics.trades() > 0;
}

int digits_in(std::string_view text) {
  return static_cast<int>(
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

Comment mailed(std::string_view author, std::string_view email) {
  Comment comment = signed_by(author, "", "hello");
  comment.author_email = email;
  return comment;
}

}  // namespace

std::vector<Rule> author_rules() {
  return {
      {"author.sells",
       "is signed with words that sell instead of a name",
       1.5,
       Points::kFitted,
       [](const Features& f) { return f.author_words.size() >= 2 && f.author_topics[Topic::kSelling] >= 1; },
       {signed_by("best dentist austin", "", "Nice."), signed_by("buy cheap shoes", "", "Nice.")},
       {signed_by("Ann Miller", "", "Nice."), signed_by("Best", "", "Nice.")}},
      {"author.sells_twice",
       "is signed with several words that sell",
       1,
       Points::kFitted,
       [](const Features& f) { return f.author_topics[Topic::kSelling] >= 2; },
       {signed_by("cheap travel deals", "", "Nice."), signed_by("cheap services company", "", "Nice.")},
       {signed_by("Ann Miller", "", "Nice."), signed_by("Tom", "", "cheap deals discount")}},
      {"author.trade",
       "is signed with the name of a trade that spams",
       2,
       Points::kFitted,
       [](const Features& f) { return has_trade(f.author_topics); },
       {signed_by("online casino", "", "Nice."), signed_by("Louis Vuitton Outlet", "", "Nice.")},
       {signed_by("Ann Miller", "", "online casino"), signed_by("Casimir", "", "hi")}},
      {"author.link_in_name",
       "has a link in the author's name",
       2,
       Points::kFitted,
       [](const Features& f) { return f.name_links.total > 0 && !f.is_pingback; },
       {signed_by("www.cheap-pills.com", "", "hi"), signed_by("http://pills.com", "", "hi")},
       {signed_by("J. R. Hartley", "", "hi"), signed_by("dr.who", "", "hi")}},
      {"author.long_name",
       "is signed with five words or more",
       1,
       Points::kFitted,
       [](const Features& f) { return f.author_words.size() >= 5 && !f.is_pingback; },
       {signed_by("how to lose weight very fast", "", "hi")},
       {signed_by("Maria da Silva Santos", "", "hi"), signed_by("Ann", "", "hi")}},
      {"author.person",
       "is signed with a person's name",
       -0.8,
       Points::kFitted,
       signs_as_person,
       {signed_by("best austin dentist", "", "hi"), signed_by("xx_reaper_xx", "", "hi")},
       {signed_by("Ann Miller", "", "hi"), signed_by("Maria", "", "hi")}},
      {"author.padded_name",
       "is signed with a given name and stray letters behind it",
       0.8,
       Points::kFitted,
       is_padded_name,
       {signed_by("Ronaldexibe", "", "hi")},
       {signed_by("Ronald", "", "hi"), signed_by("Ronald Exibe", "", "hi"), signed_by("wolf", "", "hi")}},
      {"author.business",
       "is signed with the name of a business",
       1.2,
       Points::kFitted,
       [](const Features& f) { return f.author_words.size() >= 2 && f.author_topics[Topic::kBusiness] >= 1; },
       {signed_by("Hillside Plumbing Services", "", "hi"), signed_by("Kumar Software Solutions", "", "hi")},
       {signed_by("Ann Miller", "", "hi"), signed_by("Hill", "", "hi")}},
      {"author.no_person",
       "is signed with several words, none of which is a person's name",
       0.5,
       Points::kFitted,
       [](const Features& f) {
         return f.author_words.size() >= 2 && f.given_names == 0 && !f.is_pingback &&
                is_latin(f.author.folded);
       },
       {signed_by("garden gnome kits", "", "hi")},
       {signed_by("Ann Miller", "", "hi"), signed_by("wolf", "", "hi")}},
      {"author.lower_case",
       "is signed with several words in lower case, none of which is a person's name",
       0.5,
       Points::kFitted,
       [](const Features& f) {
         return f.author_words.size() >= 2 && f.given_names == 0 && is_latin(f.author.folded) &&
                !has_capital(f.author.plain);
       },
       {signed_by("garden gnome kits", "", "hi")},
       {signed_by("Garden Gnome", "", "hi"), signed_by("ann miller", "", "hi")}},
      // In the sets that we train on, e-mail names are pseudonyms.
      {"author.mail_of_name",
       "gives an e-mail address that has the author's name in it",
       -0.3,
       Points::kHandSet,
       [](const Features& f) { return signs_as_person(f) && f.email.has_name; },
       {mailed("Ann Miller", "info@example.com"), mailed("seo miller services", "miller@example.com")},
       {mailed("Ann Miller", "a.miller@example.com")}},
      {"author.name_is_host",
       "is signed with the words of the host that it links to",
       1.2,
       Points::kFitted,
       name_is_host,
       {signed_by("best austin dentist", "http://bestaustindentist.com", "hi")},
       {signed_by("Ann Miller", "http://annmiller.com", "hi"), signed_by("best austin dentist", "", "hi")}},
      {"author.digits",
       "is signed with a name that ends in three digits or more",
       0.3,
       Points::kFitted,
       [](const Features& f) {
         const std::string_view name = f.author.folded;
         return name.size() >= 4 && digits_in(name.substr(name.size() - 3)) == 3;
       },
       {signed_by("jameswilson8842", "", "hi")},
       {signed_by("Ann", "", "hi"), signed_by("r2d2", "", "hi")}},
      {"author.gibberish",
       "is signed with letters that make no word",
       1.2,
       Points::kFitted,
       [](const Features& f) {
         return std::any_of(f.author_words.begin(), f.author_words.end(), is_gibberish);
       },
       {signed_by("xkqzrtpl", "", "hi"), signed_by("Wvbnmqrtz", "", "hi")},
       {signed_by("Schwartz", "", "hi"), signed_by("Ann Miller", "", "hi")}},
      // Only blogs that ask for mail show it; the sets that we train on have it for hardly any spam.
      {"author.mail_digits",
       "gives an e-mail address with four digits or more in it",
       0.3,
       Points::kHandSet,
       [](const Features& f) { return f.email.many_digits; },
       {mailed("Tom", "tom.wilson88421@example.com")},
       {mailed("Tom", "tom@example.com"), mailed("Tom", "tom82@example.com")}},
      {"author.deep_url",
       "gives a page deep inside a site as the author's home",
       0.8,
       Points::kFitted,
       [](const Features& f) {
         const std::string& path = f.author_link.path;
         if (!has_page_of_others(f)) return false;
         return std::count(path.begin(), path.end(), '/') >= 3 ||
                (path.find('?') != std::string::npos && path.size() > 12);
       },
       {signed_by("x", "http://a.com/2013/buy/pills", "hi"),
        signed_by("x", "http://a.com/?page_id=1234567", "hi")},
       {signed_by("x", "http://a.com/", "hi"), signed_by("x", "http://a.com/~ann/about/me/index.html", "hi"),
        signed_by("x", "https://www.blogger.com/profile/a/b/12345", "hi"),
        signed_by("A page that links here", "http://a.com/2013/a/post", "[...] as was said here [...]")}},
      {"author.page_url",
       "gives a page instead of a site as the author's home",
       0.4,
       Points::kFitted,
       [](const Features& f) { return has_page_of_others(f) && f.author_link.path.size() > 8; },
       {signed_by("x", "http://a.com/cheap-loans.html", "hi")},
       {signed_by("x", "http://a.com/blog/", "hi"), signed_by("x", "", "hi")}},
  };
}

}  // namespace winnow
