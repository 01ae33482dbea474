#include <doctest/doctest.h>

#include <string>

#include "service/store/site.h"

using namespace winnow;

TEST_CASE("canonical_site gives one name to every way to write a site") {
  struct Scenario {
    const char* url;
    const char* site;
  };
  const Scenario scenarios[] = {
      {"http://EXAMPLE.org/", "example.org"},
      {"https://www.example.org", "example.org"},
      {"example.org", "example.org"},
      {"  //example.org/ \n", "example.org"},
      {"HTTPS://Example.Org./", "example.org"},
      {"http://example.org:80/", "example.org"},
      {"https://example.org:443", "example.org"},
      {"https://example.org:80", "example.org:80"},
      {"http://example.org:443", "example.org:443"},
      {"example.org:443", "example.org:443"},
      {"example.org:", "example.org"},
      {"http://localhost:8080/blog/", "localhost:8080/blog"},
      {"https://example.org/Blog//?p=1#top", "example.org/Blog"},
      {"example.org?u=http://other.example/", "example.org"},
      {"http://user:secret@example.org/", "example.org"},
      {"http://192.0.2.7:8000", "192.0.2.7:8000"},
      {"http://[2001:DB8::1]:8080/", "[2001:db8::1]:8080"},
      {"http://[::1]/", "[::1]"},
      {"https://bücher.example/", "bücher.example"},
      {"https://xn--bcher-kva.example/", "xn--bcher-kva.example"},
      {"http://www.org/", "www.org"},
      {"http://my_blog.example", "my_blog.example"},
  };
  for (const Scenario& scenario : scenarios) {
    CAPTURE(scenario.url);
    const Result<std::string> site = canonical_site(scenario.url);
    REQUIRE(site.ok());
    CHECK(*site == scenario.site);
    CHECK(*canonical_site(*site) == *site);  // a canonical name stays as it is
  }
}

TEST_CASE("canonical_site tells apart what it is asked to tell apart") {
  struct Scenario {
    SiteForm form;
    const char* url;
    const char* site;
  };
  const SiteForm host_only{false, false, false};
  const SiteForm everything{true, true, true};
  const Scenario scenarios[] = {
      {host_only, "https://www.example.org/blog/", "example.org"},
      {host_only, "example.org:8080/blog", "example.org:8080"},
      {{false, true, false}, "https://www.example.org/blog/", "www.example.org"},
      {everything, "https://www.example.org/blog/", "https://www.example.org/blog"},
      {everything, "http://example.org:80/", "http://example.org"},
      {everything, "https://example.org:443", "https://example.org"},
      {everything, "example.org", "http://example.org"},
  };
  for (const auto& [form, url, name] : scenarios) {
    CAPTURE(url);
    const Result<std::string> site = canonical_site(url, form);
    REQUIRE(site.ok());
    CHECK(*site == name);
    CHECK(*canonical_site(*site, form) == *site);
  }
}

TEST_CASE("canonical_site refuses what names no site") {
  const std::string bad[] = {"",
                             " ",
                             "http://",
                             "https:///path",
                             "http://:80/",
                             "*",
                             "hello world",
                             "ftp://example.org",
                             "javascript:alert(1)",
                             "mailto:a@example.org:x",
                             "http://example..org",
                             "http://-a.example",
                             "http://example.org:0",
                             "http://example.org:65536",
                             "http://example.org:8x",
                             "http://1.2.3",
                             "http://1.2.3.456",
                             "http://12345",
                             "http://[::1",
                             "http://[]",
                             "http://[zz::1]",
                             "http://exa%6dple.org",
                             "http://a\\b",
                             std::string("http://a\0b", 10),
                             "http://a\nb.example",
                             "http://\xff.example",
                             "http://" + std::string(64, 'a') + ".example",
                             "http://example.org/" + std::string(2048, 'a')};
  for (const std::string& url : bad) {
    CAPTURE(url);
    const Result<std::string> site = canonical_site(url);
    REQUIRE_FALSE(site.ok());
    CHECK(site.error().kind == ErrorKind::kInvalid);
    CHECK(site.error().field == "url");
  }
}

TEST_CASE("an address of exactly 2,048 bytes is taken") {
  const std::string head = "http://example.org/";
  CHECK(canonical_site(head + std::string(2048 - head.size(), 'a')).ok());
}
