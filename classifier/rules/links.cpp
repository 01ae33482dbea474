// Links: how many, how they are written, where they go.
#include <algorithm>

#include "classifier/rules/gibberish.h"
#include "classifier/rules/rule.h"

namespace winnow {
namespace {

template <typename Test>
bool any_link(const Features& f, Test test) {
  return std::any_of(f.links.links.begin(), f.links.links.end(), test);
}
template <typename Test>
bool any_target(const Features& f, Test test) {
  return any_link(f, test) || (f.has_author_link() && test(f.author_link));
}

bool has_form(const Features& f, LinkForm form) {
  return any_link(f, [form](const Link& link) { return link.form == form; });
}

int forms(const Features& f) {
  return has_form(f, LinkForm::kHtml) + has_form(f, LinkForm::kBbcode) + has_form(f, LinkForm::kMarkdown);
}

bool is_unknown(const Link& link) {
  return !is_reputable(link.host, link.domain) && !is_identity(link.host, link.domain);
}

// The front page of a site: honest people cite a page, sellers a shop.
bool is_front_page(const Link& link) {
  return link.path.empty() || link.path == "/";
}

// The anchor's words stand in the host that it leads to ("cheap pills" -> cheap-pills.example), and it is not
// that host's name as such.
bool has_keyword_anchor(const Link& link) {
  if (link.anchor.empty() || link.anchor.find("://") != std::string::npos) return false;
  const std::string folded = fold(link.anchor);
  if (folded.find(link.domain) != std::string::npos) return false;
  const std::vector<std::string_view> words = split_words(folded);
  if (words.size() < 2 || words.size() > 8) return false;
  return std::any_of(words.begin(), words.end(), [&link](std::string_view word) {
    return word.size() >= 4 && link.host.find(word) != std::string::npos;
  });
}

// The anchor reads as one host, the link leads to another.
bool has_false_anchor(const Link& link) {
  if (link.anchor.empty() || link.anchor.find(' ') != std::string::npos) return false;
  const Link shown = parse_url(link.anchor);
  return !shown.host.empty() && shown.domain.find('.') != std::string::npos && shown.domain != link.domain;
}

// A machine in somebody's own network: people show it, nobody can be led there.
bool is_private_host(std::string_view host) {
  if (host == "localhost" || host.starts_with("127.") || host.starts_with("10.") ||
      host.starts_with("192.168.") || host.starts_with("169.254."))
    return true;
  return host.size() > 7 && host.starts_with("172.") && host[6] == '.' && host.substr(4, 2) >= "16" &&
         host.substr(4, 2) <= "31";
}

// A name drawn by lot: letters that make no word, or four digits and more among letters.
bool has_random_name(const Link& link) {
  if (link.ip_host) return false;
  const std::string_view name = std::string_view(link.domain).substr(0, link.domain.find('.'));
  const auto digits = std::count_if(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_gibberish(name) || (digits >= 4 && digits < static_cast<std::ptrdiff_t>(name.size()));
}

bool is_redirect(const Link& link) {
  const std::string path = fold(clip_utf8(link.path, 512));
  return path.find("=http") != std::string::npos || path.find("=//") != std::string::npos ||
         path.find("=www.") != std::string::npos;
}

bool is_profile(const Link& link) {
  if (is_identity(link.host, link.domain)) return false;
  const std::string path = fold(clip_utf8(link.path, 512));
  for (const std::string_view part :
       {"/profile", "/user/", "/users/", "/member", "/index.php?title=user", "showuser=", "action=profile",
        "/forum/index.php?", "/groups/", "/author/", "/wiki/user"})
    if (path.find(part) != std::string::npos) return true;
  return false;
}

std::string repeat(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out.append(text);
  return out;
}

std::string many_links(int count) {
  std::string out = "see";
  for (int i = 0; i < count; ++i) out += " http://shop" + std::to_string(i) + ".com/a";
  return out;
}

}  // namespace

std::vector<Rule> link_rules() {
  return {
      {"links.one",
       "has one link in it",
       0.3,
       Points::kFitted,
       [](const Features& f) { return f.links.total == 1; },
       {says("look at http://pills-shop.com/")},
       {says("no link here"), says("two: http://a.com http://b.com")}},
      {"links.few",
       "has two or three links",
       0.6,
       Points::kFitted,
       [](const Features& f) { return f.links.total == 2 || f.links.total == 3; },
       {says(many_links(2)), says(many_links(3))},
       {says("http://a.com"), says(many_links(4))}},
      {"links.many",
       "has four to nine links",
       1.5,
       Points::kFitted,
       [](const Features& f) { return f.links.total >= 4 && f.links.total <= 9; },
       {says(many_links(4)), says(many_links(9))},
       {says(many_links(3)), says(many_links(10))}},
      {"links.flood",
       "has ten links or more",
       2.5,
       Points::kFitted,
       [](const Features& f) { return f.links.total >= 10; },
       {says(many_links(10)), says(many_links(300))},
       {says(many_links(9)), says("hello")}},
      {"links.dense",
       "is hardly more than its links",
       0.8,
       Points::kFitted,
       [](const Features& f) { return f.links.total >= 2 && f.words.size() < f.links.total * 4; },
       {says("cheap http://a.com more http://b.com")},
       {says("I compared http://a.com with http://b.com for a year and like the first one better"),
        says("http://a.com")}},
      {"links.bbcode",
       "writes a link in BBCode",
       1.5,
       Points::kFitted,
       [](const Features& f) { return has_form(f, LinkForm::kBbcode); },
       {says("[url=http://pills.com]pills[/url]"), says("[url]http://pills.com[/url]")},
       {says("<a href=\"http://example.org\">this</a>"), says("an array [url] of things")}},
      {"links.html",
       "writes a link in HTML",
       0.5,
       Points::kFitted,
       [](const Features& f) { return has_form(f, LinkForm::kHtml); },
       {says("<a href=\"http://pills.com/\">pills</a>")},
       {says("http://example.org/"), says("[url=http://b.com]x[/url]")}},
      {"links.mixed_markup",
       "writes the same kind of link in several markups",
       2,
       Points::kFitted,
       [](const Features& f) { return forms(f) >= 2; },
       {says("<a href=\"http://pills.com\">pills</a> [url=http://pills.com]pills[/url]")},
       {says("<a href=\"http://a.com\">a</a> <a href=\"http://b.com\">b</a>"), says("plain")}},
      {"links.defanged",
       "disguises a link from filters",
       1.5,
       Points::kFitted,
       [](const Features& f) { return has_form(f, LinkForm::kDefanged); },
       {says("get it at hxxp://pills-shop.com today"), says("visit pills-shop[.]com")},
       {says("visit http://example.org"), says("we did it, dot by dot")}},
      {"links.numeric_host",
       "links to a bare network address",
       1.5,
       Points::kFitted,
       [](const Features& f) {
         return any_target(f, [](const Link& link) { return link.ip_host && !is_private_host(link.host); });
       },
       {says("http://203.0.113.7/pills"), signed_by("a", "http://203.0.113.9/", "hi")},
       {says("my router is at http://192.168.1.1/admin"), says("http://example.org")}},
      {"links.shortener",
       "hides where a link goes behind a shortener",
       0.8,
       Points::kFitted,
       [](const Features& f) {
         return any_target(f, [](const Link& link) { return is_shortener(link.host, link.domain); });
       },
       {says("look https://bit.ly/3xYz"), signed_by("Tom", "https://tinyurl.com/abc", "hello")},
       {says("https://example.org/3xYz"), says("he was a bit.")}},
      {"links.redirector",
       "links through another site's redirect",
       1.5,
       Points::kFitted,
       [](const Features& f) { return any_target(f, is_redirect); },
       {says("http://good.com/out.php?url=http://pills.com"),
        signed_by("x", "http://a.com/?go=http://b.com", "hello")},
       {says("http://good.com/?page=3"), says("http://good.com/a/b")}},
      {"links.profile_page",
       "links to a user profile made elsewhere",
       1.2,
       Points::kFitted,
       [](const Features& f) { return any_target(f, is_profile); },
       {signed_by("x", "http://forum.com/index.php?action=profile;u=12345", "nice"),
        says("http://site.com/users/cheap-pills")},
       {says("http://example.org/2020/05/a-post"), signed_by("Ann", "http://ann.example.org", "hi")}},
      {"links.cheap_suffix",
       "links to a top-level domain that is mostly abused",
       0.8,
       Points::kFitted,
       [](const Features& f) {
         return any_target(f, [](const Link& link) { return has_cheap_suffix(link.host); });
       },
       {says("http://win-big.top/now"), signed_by("x", "https://slots.xyz", "hello")},
       {says("http://example.org/top"), says("the top of the club")}},
      {"links.same_domain",
       "links to one domain again and again",
       0.8,
       Points::kFitted,
       [](const Features& f) { return f.most_of_one_domain >= 3; },
       {says("http://a.com/1 http://a.com/2 http://www.a.com/3")},
       {says("http://a.com/1 http://a.com/2"), says("http://a.com")}},
      {"links.trade_target",
       "links to a host or page named for a trade that spams",
       1,
       Points::kFitted,
       [](const Features& f) { return f.target_topics.trades() > 0; },
       {says("http://best-casino-online.com/"), signed_by("Joe", "http://replica-watches.com", "ok")},
       {says("http://example.org/garden"), says("casino")}},
      {"links.trade_anchor",
       "shows a trade that spams as the text of a link",
       1,
       Points::kFitted,
       [](const Features& f) {
         return any_link(f, [](const Link& link) {
           if (link.anchor.empty()) return false;
           const std::string folded = fold(link.anchor);
           const std::vector<std::string_view> words = split_words(folded);
           const TopicCounts topics = count_topics(words, folded);
           return topics.trades() > 0 || topics[Topic::kSelling] >= 2;
         });
       },
       {says("<a href=\"http://x.com\">online casino</a>"), says("[url=http://x.com]buy cheap shoes[/url]")},
       {says("<a href=\"http://x.com\">my notes on it</a>"), says("online casino")}},
      {"links.keyword_anchor",
       "shows keywords as the text of a link to a host named after them",
       1,
       Points::kFitted,
       [](const Features& f) { return any_link(f, has_keyword_anchor); },
       {says("<a href=\"http://bestmovers.example.com\">movers in town</a>")},
       {says("<a href=\"http://example.com/a\">my notes</a>"), says("http://movers.example.com")}},
      {"links.false_anchor",
       "shows one address as the text of a link to another",
       1,
       Points::kFitted,
       [](const Features& f) { return any_link(f, has_false_anchor); },
       {says("<a href=\"http://pills-shop.com/\">www.wikipedia.org</a>")},
       {says("<a href=\"http://example.org/a\">example.org</a>"), says("<a href=\"http://a.com\">here</a>")}},
      {"links.front_page",
       "links to the front page of a site that is not widely known",
       0.5,
       Points::kFitted,
       [](const Features& f) {
         return any_link(f, [](const Link& link) { return is_unknown(link) && is_front_page(link); });
       },
       {says("nice, see http://pills-shop.com/")},
       {says("http://example.org/2020/a-post"), says("https://github.com")}},
      {"links.at_end",
       "ends with a link to a site that is not widely known",
       0.4,
       Points::kFitted,
       [](const Features& f) {
         return f.ends_with_link && f.words.size() >= 5 && is_unknown(f.links.links.back());
       },
       {says("I have read all of this with joy http://pills-shop.com/x")},
       {says("http://pills-shop.com/x is what I read with joy all the time"), says("http://a.com")}},
      {"links.random_name",
       "leads to a host whose name was drawn by lot",
       1,
       Points::kFitted,
       [](const Features& f) { return any_target(f, has_random_name); },
       {says("http://xkqzrtplw.com/"), signed_by("x", "http://shop88412.com", "hi")},
       {says("http://example.org/xkqzrtplw"), says("http://blog42.example.org/")}},
      {"links.hyphenated",
       "links to a host of three words or more with hyphens between",
       0.8,
       Points::kFitted,
       [](const Features& f) {
         return any_target(f, [](const Link& link) {
           return std::count(link.domain.begin(), link.domain.end(), '-') >= 2;
         });
       },
       {says("http://buy-cheap-pills.com"), signed_by("x", "http://best-seo-company.com", "hi")},
       {says("http://my-blog.com/a-long-title-here"), says(repeat("a-b-c ", 3))}},
      {"links.beside_url_field",
       "links in the text although the URL field holds an address",
       0.5,
       Points::kFitted,
       [](const Features& f) { return f.links.total > 0 && f.has_author_link(); },
       {signed_by("x", "http://a.com", "see http://a.com/more")},
       {signed_by("x", "http://a.com", "no link"), says("http://a.com")}},
      {"links.unknown_target",
       "links only to hosts that are not widely known",
       0.4,
       Points::kFitted,
       [](const Features& f) {
         return !f.links.links.empty() &&
                !any_link(f, [](const Link& link) { return is_reputable(link.host, link.domain); });
       },
       {says("http://pills-shop.com"), says("<a href=\"http://b.com\">x</a>")},
       {says("https://github.com/a/b/issues/3"), says("no link")}},
  };
}

}  // namespace winnow
