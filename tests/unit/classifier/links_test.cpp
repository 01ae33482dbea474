#include "classifier/links.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

#include "classifier/unicode.h"

using namespace winnow;

namespace {

std::string repeated(const std::string& part, std::size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

std::string urls(const std::string& text) {
  std::string out;
  for (const Link& link : find_links(text).links) out += (out.empty() ? "" : " | ") + link.url;
  return out;
}

}  // namespace

TEST_CASE("one link in every form") {
  struct Case {
    const char* text;
    const char* url;
    const char* host;
    const char* anchor;
    LinkForm form;
  };
  using enum LinkForm;
  for (const auto& [text, url, host, anchor, form] : {
           Case{"<a href=\"http://example.com/x\">click <b>here</b></a>", "http://example.com/x",
                "example.com", "click here", kHtml},
           Case{"<A HREF='http://example.com'>x</A>", "http://example.com", "example.com", "x", kHtml},
           Case{"<a rel=nofollow href=http://example.com/a/>x</a>", "http://example.com/a/", "example.com",
                "x", kHtml},
           Case{R"(<a href=\"http://example.com/\" target=\"_blank\">x</a>)", "http://example.com/",
                "example.com", "x", kHtml},
           Case{"<a href=\"&#104;ttp://example.com/?a=1&amp;b=2\">x</a>", "http://example.com/?a=1&b=2",
                "example.com", "x", kHtml},
           Case{"<a href=\"//example.com\">x</a>", "//example.com", "example.com", "x", kHtml},
           Case{"<a href=\"www.example.com\">x</a>", "www.example.com", "example.com", "x", kHtml},
           Case{"<a href=\" http://exa\nmple.com \">x", "http://example.com", "example.com", "x", kHtml},
           Case{"<a title='a>b' href='http://example.com'><img src='http://other.com/i.png'></a>",
                "http://example.com", "example.com", "", kHtml},
           Case{"<a href='http://example.com'>http://example.com</a>", "http://example.com", "example.com",
                "http://example.com", kHtml},
           Case{"<a href='http://evil.com'>http://good.com</a>", "http://evil.com", "evil.com",
                "http://good.com", kHtml},
           Case{"[url]http://example.com/a[/url]", "http://example.com/a", "example.com",
                "http://example.com/a", kBbcode},
           Case{"[URL=http://example.com]cheap [b]stuff[/b][/URL]", "http://example.com", "example.com",
                "cheap stuff", kBbcode},
           Case{"[url=\"example.com/x\"]a[/url]", "example.com/x", "example.com", "a", kBbcode},
           Case{"[link=http://example.com]a[/link]", "http://example.com", "example.com", "a", kBbcode},
           Case{"[click me](http://example.com/a_(b))", "http://example.com/a_(b)", "example.com", "click me",
                kMarkdown},
           Case{"[http://good.com](http://evil.com \"t\")", "http://evil.com", "evil.com", "http://good.com",
                kMarkdown},
           Case{"see <https://example.com/a> ok", "https://example.com/a", "example.com", "", kMarkdown},
           Case{"see http://example.com/a.", "http://example.com/a", "example.com", "", kBare},
           Case{"HTTPS://EXAMPLE.COM/A", "HTTPS://EXAMPLE.COM/A", "example.com", "", kBare},
           Case{"ftp://example.com", "ftp://example.com", "example.com", "", kBare},
           Case{"go to //example.com/x now", "//example.com/x", "example.com", "", kBare},
           Case{"visit www.example.com!", "www.example.com", "example.com", "", kBare},
           Case{"visit example.com today", "example.com", "example.com", "", kBare},
           Case{"at shop.example.co.uk/x?y=1#z, ok", "shop.example.co.uk/x?y=1#z", "shop.example.co.uk", "",
                kBare},
           Case{"seehttp://example.com", "http://example.com", "example.com", "", kBare},
           Case{"点击http://example.com点击", "http://example.com", "example.com", "", kBare},
           Case{"点击example.com看看", "example.com", "example.com", "", kBare},
           Case{"сайт пример.рф тут", "пример.рф", "пример.рф", "", kBare},
           Case{"hxxp://example.com/x", "hxxp://example.com/x", "example.com", "", kDefanged},
           Case{"hXXps://example[.]com/x", "hXXps://example[.]com/x", "example.com", "", kDefanged},
           Case{"at example[.]com", "example[.]com", "example.com", "", kDefanged},
           Case{"at example(dot)com/x", "example(dot)com/x", "example.com", "", kDefanged},
           Case{"at example {dot} com", "example {dot} com", "example.com", "", kDefanged},
           Case{"at www dot example dot com now", "www dot example dot com", "example.com", "", kDefanged},
           Case{"my site example DOT com", "example DOT com", "example.com", "", kDefanged},
           Case{"http[:]//example.com", "http[:]//example.com", "example.com", "", kDefanged},
           Case{"www&#46;example&period;com", "www.example.com", "example.com", "", kBare},
           Case{"&lt;a href=&quot;http://example.com/&quot;&gt;x&lt;/a&gt;", "http://example.com/",
                "example.com", "", kBare},
           Case{"http://good.com@evil.com/x", "http://good.com@evil.com/x", "evil.com", "", kBare},
           Case{"http://example.com:8080/x", "http://example.com:8080/x", "example.com", "", kBare},
           Case{"http:\\\\example.com\\x", "http:\\example.com\\x", "example.com", "", kBare},
           Case{"exam\u200Bple.com/x", "exam\u200Bple.com/x", "example.com", "", kBare},
       }) {
    CAPTURE(std::string(text));
    const LinkList list = find_links(text);
    REQUIRE(list.links.size() == 1);
    CHECK(list.total == 1);
    const Link& link = list.links[0];
    CHECK(link.url == url);
    CHECK(link.host == host);
    CHECK(link.anchor == anchor);
    CHECK(link.form == form);
  }
}

TEST_CASE("what looks like a link and is none") {
  for (const char* text : {"Hello there, e.g. this and i.e. that.",
                           "see file.txt or script.py, run.sh, README.md and main.rs",
                           "Node.js and Vue.js",
                           "This is the end.Next sentence.",
                           "cool.it is.so nice.love it",
                           "version 1.2.3.4 and 3.14",
                           "at 10.am or 5.pm",
                           "joe@example.com",
                           "mailto:joe@example.com",
                           "<a href=\"mailto:joe@example.com\">mail</a>",
                           "<a href=\"javascript:alert(1)\">x</a>",
                           "<a href=\"data:text/html,x\">x</a>",
                           "<a href=\"#top\">x</a>",
                           "<a href=\"/about\">x</a>",
                           "<a href=\"page.html\">x</a>",
                           "<a name=\"x\">x</a>",
                           "[url]nothing[/url]",
                           "[1](see below)",
                           "a[0](x)",
                           "foo.call(bar) and np.save(x)",
                           "System.out.println",
                           "path/to/example.com",
                           "the dot com bubble",
                           "polka dot dress",
                           "ASP.NET and ASP.net",
                           "U.S. and U.K.",
                           "a...b",
                           "...",
                           "http://",
                           "https:// example",
                           "co.uk",
                           "she said.He left.",
                           "foo@bar",
                           "@example.com",
                           "$x.com",
                           "<!-- http://example.com -->",
                           "<script>var u = 'http://example.com';</script>",
                           "C:\\example.com",
                           "это конец.Новое предложение",
                           "结束。开始",
                           "5.5GB",
                           "tg://resolve",
                           "x.y.z",
                           "user_name.first_name",
                           ""}) {
    CAPTURE(std::string(text));
    CHECK(urls(text).empty());
    CHECK(find_links(text).total == 0);
  }
}

TEST_CASE("punctuation and brackets around a bare URL are not part of it") {
  CHECK(
      urls(
          "(http://example.com/a) [http://example.com/b], \"http://example.com/c\"; http://example.com/d?") ==
      "http://example.com/a | http://example.com/b | http://example.com/c | http://example.com/d");
  CHECK(urls("http://en.wikipedia.org/wiki/A_(b) and (http://en.wikipedia.org/wiki/A_(b))") ==
        "http://en.wikipedia.org/wiki/A_(b) | http://en.wikipedia.org/wiki/A_(b)");
  CHECK(urls("**http://example.com/x** http://example.com/x_") ==
        "http://example.com/x | http://example.com/x_");
  CHECK(urls("http://a.com/x,http://b.com;http://c.com") == "http://a.com/x | http://b.com | http://c.com");
  CHECK(urls("http://a.com,b.com") == "http://a.com | b.com");
  CHECK(urls("[b]http://a.com/x[/b] http://a.com/?x[]=1&y[0]=2") ==
        "http://a.com/x | http://a.com/?x[]=1&y[0]=2");
  CHECK(urls("“http://a.com/x”，http://b.com/y。") == "http://a.com/x | http://b.com/y");
  CHECK(urls("http://http://a.com") == "http://a.com");
}

TEST_CASE("many links, in reading order, a link written twice twice") {
  CHECK(urls("a.com <a href=http://b.com>x</a> [url=http://c.com]y[/url] http://d.com [e](http://e.com) "
             "a.com") == "a.com | http://b.com | http://c.com | http://d.com | http://e.com | a.com");
  CHECK(urls("<a href=http://a.com>one <a href=http://b.com>two</a>") == "http://a.com | http://b.com");
  CHECK(urls("<a href=http://a.com>never closed, http://b.com") == "http://a.com | http://b.com");
  CHECK(urls("[url=http://a.com]one [url=http://b.com]two[/url]") == "http://a.com | http://b.com");
  CHECK(urls("http://[ http://( http://?x http://a.com") == "http://a.com");
}

TEST_CASE("suffixes that are words or file names need more than a full stop") {
  CHECK(urls("mysite.it/x my-site.it shop24.me sub.mysite.in") ==
        "mysite.it/x | my-site.it | shop24.me | sub.mysite.in");
  CHECK(urls("www.script.py http://x.sh foo.md/page") == "www.script.py | http://x.sh | foo.md/page");
  CHECK(urls("Example.Com EXAMPLE.ORG bit.ly/abc t.co/x 93.184.216.34/buy") ==
        "Example.Com | EXAMPLE.ORG | bit.ly/abc | t.co/x | 93.184.216.34/buy");
}

TEST_CASE("no more than kMaxLinks are kept, all are counted") {
  const LinkList list = find_links(repeated("http://example.com/ ", 1000));
  CHECK(list.links.size() == kMaxLinks);
  CHECK(list.total == 1000);
  const LinkList mixed = find_links(repeated("http://a.com ", 300) + "[http://b.com](http://c.com)");
  CHECK(mixed.total == 301);
  CHECK(mixed.links.size() == kMaxLinks);
}

TEST_CASE("lengths are bounded") {
  const Link link =
      find_links("<a href=\"http://example.com/" + repeated("é", 2000) + "\">" + repeated("語", 200) + "</a>")
          .links.at(0);
  CHECK(link.url.size() <= 2048);
  CHECK(link.anchor.size() <= 256);
  CHECK(link.anchor.size() > 250);
  CHECK(link.host == "example.com");
}

TEST_CASE("parse_url takes a URL apart") {
  struct Case {
    const char* url;
    const char* host;
    const char* domain;
    const char* path;
    bool ip_host;
  };
  for (const auto& [url, host, domain, path, ip_host] : {
           Case{"http://www.Example.co.uk:80/A?b=C#d", "example.co.uk", "example.co.uk", "/A?b=C#d", false},
           Case{"https://a.b.example.com", "a.b.example.com", "example.com", "", false},
           Case{"example.com", "example.com", "example.com", "", false},
           Case{"www.example.com?x", "example.com", "example.com", "?x", false},
           Case{"//example.com#x", "example.com", "example.com", "#x", false},
           Case{"example.com:8080/x", "example.com", "example.com", "/x", false},
           Case{" \"http://example.com./x\" ", "example.com", "example.com", "/x", false},
           Case{"http://user:pw@example.com", "example.com", "example.com", "", false},
           Case{"http://good.com@evil.com/x", "evil.com", "evil.com", "/x", false},
           Case{"http://evil.com\\@good.com", "evil.com", "evil.com", "/@good.com", false},
           Case{"http://ex%61mple.com", "example.com", "example.com", "", false},
           Case{"http://foo.blogspot.com", "foo.blogspot.com", "foo.blogspot.com", "", false},
           Case{"http://ＥＸＡＭＰＬＥ．com", "example.com", "example.com", "", false},
           Case{"http://example。com", "example.com", "example.com", "", false},
           Case{"http://пример.рф/x", "пример.рф", "пример.рф", "/x", false},
           Case{"http://xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai", "", false},
           Case{"http://localhost/x", "localhost", "localhost", "/x", false},
           Case{"http://some.invalidtld", "some.invalidtld", "some.invalidtld", "", false},
           Case{"http://192.168.1.1/x", "192.168.1.1", "192.168.1.1", "/x", true},
           Case{"192.168.1.1", "192.168.1.1", "192.168.1.1", "", true},
           Case{"http://3232235777/x", "192.168.1.1", "192.168.1.1", "/x", true},
           Case{"http://0xC0A80101", "192.168.1.1", "192.168.1.1", "", true},
           Case{"http://0300.0xa8.257", "192.168.1.1", "192.168.1.1", "", true},
           Case{"http://[2001:DB8::1]:80/x", "2001:db8::1", "2001:db8::1", "/x", true},
           Case{"hxxp://example[.]com/x", "example.com", "example.com", "/x", false},
           Case{"http://example.com/?a=1&amp;b=2", "example.com", "example.com", "/?a=1&b=2", false},
       }) {
    CAPTURE(std::string(url));
    const Link link = parse_url(url);
    CHECK(link.host == host);
    CHECK(link.domain == domain);
    CHECK(link.path == path);
    CHECK(link.ip_host == ip_host);
    CHECK(link.anchor.empty());
  }
  CHECK(parse_url("hxxp://example.com").form == LinkForm::kDefanged);
  CHECK(parse_url("http://[::1]/").form == LinkForm::kBare);
}

TEST_CASE("hopeless URL fields have no host") {
  for (const char* url : {"", "   ", "nothing", "http://", "page.html", "javascript:alert(1)",
                          "mailto:a@b.com", "data:x", "a@b.com", "http://a b.com", "http://..", "http://-",
                          "http://exa$mple.com", "3.14", "tel:123", "://x", "http://[zz:1]"}) {
    CAPTURE(std::string(url));
    const bool dash = std::string(url) == "http://-";
    CHECK(parse_url(url).host.empty() == !dash);
  }
}

TEST_CASE("the domain of a host is the same again, whatever hosts came between") {
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < 200; ++i)
      CHECK(registrable_domain("www.shop" + std::to_string(i) + ".co.uk") ==
            "shop" + std::to_string(i) + ".co.uk");
}

TEST_CASE("registrable_domain") {
  CHECK(registrable_domain("a.b.example.com") == "example.com");
  CHECK(registrable_domain("WWW.Example.co.uk.") == "example.co.uk");
  CHECK(registrable_domain("co.uk") == "co.uk");
  CHECK(registrable_domain("localhost") == "localhost");
  CHECK(registrable_domain("10.0.0.1") == "10.0.0.1");
  CHECK(registrable_domain("2001:db8::1") == "2001:db8::1");
  CHECK(registrable_domain("") == "");
}

TEST_CASE("time is linear whatever is sent") {
  for (const std::string& part : {std::string("<"),
                                  std::string("a"),
                                  std::string("["),
                                  std::string("&"),
                                  std::string("http"),
                                  std::string("http://"),
                                  std::string("http:"),
                                  std::string("http://("),
                                  std::string("http://a("),
                                  std::string("http://[a"),
                                  std::string("http://a@"),
                                  std::string("www."),
                                  std::string("a."),
                                  std::string("a-"),
                                  std::string("]("),
                                  std::string("](a"),
                                  std::string("[]("),
                                  std::string("[a]("),
                                  std::string("[a](a.com"),
                                  std::string("a@"),
                                  std::string("@"),
                                  std::string(" dot "),
                                  std::string("a dot "),
                                  std::string("a dot com "),
                                  std::string("[.]"),
                                  std::string("a[.]"),
                                  std::string("(dot)a"),
                                  std::string("<a href="),
                                  std::string("<a href=x>"),
                                  std::string("<a href=http://a.com>"),
                                  std::string("<a href=\"http://a.com"),
                                  std::string("[url]"),
                                  std::string("[url="),
                                  std::string("[url=http://a.com]"),
                                  std::string("[url]http://a.com[/url]"),
                                  std::string("http://a.com/((("),
                                  std::string("http://a.com/..."),
                                  std::string("a.com "),
                                  std::string("a.com"),
                                  std::string("http://a.com "),
                                  std::string("//"),
                                  std::string("//a.com"),
                                  std::string("例."),
                                  std::string("例a"),
                                  std::string("\u200B"),
                                  std::string("\u3002"),
                                  std::string("&#46;"),
                                  std::string("\\"),
                                  std::string("<script>"),
                                  std::string("[http://a.com]("),
                                  std::string("http://a.com/x](")}) {
    CAPTURE(part);
    const std::string text = repeated(part, (std::size_t{1} << 16) / part.size());
    const auto start = std::chrono::steady_clock::now();
    CHECK(find_links(text).links.size() <= kMaxLinks);
    CHECK(find_links(text + ">)]").links.size() <= kMaxLinks);
    CHECK(parse_url(text).url.size() <= 2048);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
  }
  CHECK(find_links(repeated("<a href=\"http://example.com/\">x</a> ", 100000)).total == 100000);
  CHECK(find_links(repeated("<div><a href=http://a.com>", 10000)).total == 10000);
}

TEST_CASE("the text of a link that is not closed is cut at a character") {
  const std::string text = "<a href=http://a.example.com>ab" + repeated("\uFFFD", 200);
  const LinkList found = find_links(text);
  REQUIRE(found.links.size() == 1);
  CHECK(found.links[0].anchor.size() <= 256);
  CHECK(is_valid_utf8(found.links[0].anchor));
}

// A walk that reads the rest of the text for each of these does not come to an end: 10^12 steps.
TEST_CASE("what is no link is not read again for each that follows") {
  const std::string long_label(64, 'a');
  for (const std::string& part :
       {std::string("http://./("), std::string("http://-./#"), long_label + ".com/,",
        long_label + ".com:80/,", std::string("http://") + long_label + ".com/(",
        std::string("<a/href=//a.co>x"), std::string("<a/href=javascript:x>")}) {
    CAPTURE(part);
    CHECK(find_links(repeated(part, (std::size_t{1} << 22) / part.size())).links.size() <= kMaxLinks);
  }
}

TEST_CASE("a host that is none does not hide what stands in its path") {
  const std::string long_label(64, 'a');
  CHECK(urls("http://./(b.example.com") == "b.example.com");
  CHECK(urls("//www.a.example.com/x, " + long_label + ".com/ b.example.com/y") ==
        "//www.a.example.com/x | b.example.com/y");
  CHECK(urls("<a/href=//a.example.com>x</a>") == "//a.example.com");
}
