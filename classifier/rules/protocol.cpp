// What the Akismet protocol itself says about a comment (shared by all clients), and what only the platform
// can know. All hand-set: no data set has these fields. The test values and the administrator weigh more than
// all else together, and the administrator more than the test values, because the documentation calls them
// "always".
#include <algorithm>

#include "classifier/rules/rule.h"

namespace winnow {
namespace {

constexpr double kAlwaysSpam = 30;
constexpr double kAlwaysHam = -160;

// Roles are a list, with or without blanks; platforms write them in either case.
bool has_role(const Features& f, std::string_view role) {
  const std::string roles = fold(f.comment.user_role);
  for (std::size_t start = 0; start <= roles.size();) {
    const std::size_t end = std::min(roles.find(',', start), roles.size());
    std::string_view one = std::string_view(roles).substr(start, end - start);
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    if (one == role) return true;
    start = end + 1;
  }
  return false;
}

Comment by_role(std::string_view role) {
  return says_with("Fixed, thanks.", &Comment::user_role, role);
}
Comment with_honeypot(std::string_view value) {
  return says_with("Nice to read.", &Comment::honeypot, value);
}
Comment from_mail(std::string_view email) {
  return says_with("Hello.", &Comment::author_email, email);
}
Comment from_agent(std::string_view agent) {
  return says_with("Hello.", &Comment::user_agent, agent);
}

Comment referred(std::string_view referrer, std::string_view blog) {
  Comment comment = says_with("Hello.", &Comment::referrer, referrer);
  comment.blog = blog;
  return comment;
}

// "host:port" of "scheme://host:port/path", as it is written.
std::string_view authority(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return url;
  url.remove_prefix(scheme + 3);
  return url.substr(0, url.find_first_of("/?#"));
}

}  // namespace

std::vector<Rule> protocol_rules() {
  return {
      {"protocol.test_spam",
       "carries a test value of the Akismet protocol that is always spam",
       kAlwaysSpam,
       Points::kHandSet,
       [](const Features& f) {
         return f.comment.author == "viagra-test-123" || f.comment.author == "akismet-guaranteed-spam" ||
                f.email.is_test;
       },
       {signed_by("viagra-test-123", "", "hi"), signed_by("akismet-guaranteed-spam", "", "hi"),
        from_mail("akismet-guaranteed-spam@example.com")},
       {signed_by("Viola", "", "What does viagra-test-123 mean?"), from_mail("ann@example.com")}},

      {"protocol.administrator",
       "was written by an administrator of the site",
       kAlwaysHam,
       Points::kHandSet,
       [](const Features& f) { return has_role(f, "administrator") || has_role(f, "super_admin"); },
       {by_role("subscriber"), says("I am the administrator")},
       {by_role("administrator"), by_role("administrator,editor"), by_role("super_admin"),
        by_role("editor, Administrator")}},

      // A person who may write on the site is trusted by it already.
      {"protocol.staff",
       "was written by an editor, author or moderator of the site",
       -12,
       Points::kHandSet,
       [](const Features& f) {
         return has_role(f, "editor") || has_role(f, "author") || has_role(f, "moderator");
       },
       {by_role("subscriber"), by_role("")},
       {by_role("editor"), by_role("author"), by_role("contributor,moderator")}},

      // The field is hidden from people: only a program fills it in, and the protocol's documentation calls
      // such a sender a bot. So it outweighs a text that reads as honest, though not a trusted role.
      {"protocol.honeypot",
       "filled in a field of the form that people do not see",
       14,
       Points::kHandSet,
       [](const Features& f) { return !f.comment.honeypot.empty(); },
       {with_honeypot("http://pills.example")},
       {with_honeypot(""), says("Nice to read.")}},

      // Browsers do not call themselves so. Some Akismet clients put their own agent here, so the points stay
      // modest.
      {"protocol.script_agent",
       "was sent by a script, not a browser",
       1,
       Points::kHandSet,
       [](const Features& f) {
         const std::string agent = fold(clip_utf8(f.comment.user_agent, 512));
         for (const std::string_view name :
              {"curl/", "wget/", "python-requests", "python-urllib", "libwww-perl", "scrapy",
               "go-http-client", "headlesschrome", "phantomjs", "xrumer"})
           if (agent.find(name) != std::string::npos) return true;
         return false;
       },
       {from_agent("python-requests/2.31"), from_agent("curl/7.88.1")},
       {from_agent("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"),
        from_agent("")}},

      // Bots keep the browser's name that they were written with. Old machines exist, so the points stay
      // modest.
      {"protocol.old_browser",
       "was sent by a browser that has been out of use for years",
       0.5,
       Points::kHandSet,
       [](const Features& f) {
         const std::string_view agent = f.comment.user_agent;
         for (const std::string_view name :
              {"MSIE 4", "MSIE 5", "MSIE 6", "MSIE 7", "MSIE 8", "Windows 98", "Windows NT 5.0"})
           if (agent.find(name) != std::string_view::npos) return true;
         return false;
       },
       {from_agent("Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1)")},
       {from_agent("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"),
        from_agent("")}},

      // The form stands on the site, so a browser names a page of it, or nothing. A platform that embeds its
      // form elsewhere, or fills the field by itself, can differ.
      {"protocol.foreign_referrer",
       "came from the page of another site than the form's",
       0.5,
       Points::kHandSet,
       [](const Features& f) {
         if (f.comment.referrer.find("://") == std::string::npos) return false;
         // Mostly it is the very site, and what is written alike need not be taken apart.
         if (authority(f.comment.referrer) == authority(f.comment.blog)) return false;
         const Link from = parse_url(f.comment.referrer), blog = parse_url(f.comment.blog);
         return !from.host.empty() && !blog.host.empty() && from.domain != blog.domain;
       },
       {referred("http://links-for-sale.example.net/", "http://blog.example.org")},
       {referred("https://blog.example.org/a-post", "http://blog.example.org"),
        referred("undefined", "http://blog.example.org"), referred("", "http://blog.example.org")}},

      // Known to last minutes; honest people use them too, to be left alone.
      {"protocol.disposable_mail",
       "gives an e-mail address of a throw-away service",
       1,
       Points::kHandSet,
       [](const Features& f) { return f.email.disposable; },
       {from_mail("x1@mailinator.com"), from_mail("A@YOPMAIL.com")},
       {from_mail("ann@example.org"), says("write me at x@mailinator.com")}},
  };
}

}  // namespace winnow
