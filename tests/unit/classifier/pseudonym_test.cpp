#include "classifier/pseudonym.h"

#include <doctest/doctest.h>

#include "classifier/memory/who.h"

namespace winnow {
namespace {

TEST_CASE("a pseudonym is written and read again, with its facts") {
  const Pseudonym email{Pseudonym::Of::kEmail, 3, 0x5b1e51d07c22a001, "dn"};
  CHECK(email.text() == "~e3:5b1e51d07c22a001:dn");
  CHECK(email.name() == "~e3:5b1e51d07c22a001");
  const auto read = Pseudonym::parse(email.text());
  REQUIRE(read);
  CHECK(read->of == Pseudonym::Of::kEmail);
  CHECK(read->epoch == 3);
  CHECK(read->tag == email.tag);
  CHECK(read->email_facts() == EmailFacts{true, true, false, false});
  CHECK(Pseudonym{Pseudonym::Of::kAddress, 12, 1, ""}.text() == "~a12:0000000000000001");
  CHECK(Pseudonym::parse("~a12:0000000000000001:p")->letters == "p");
}

TEST_CASE("what is nearly a pseudonym is none") {
  for (const char* text : {"", "~", "~e", "~e3", "~e3:", "~e0:5b1e51d07c22a001", "~x3:5b1e51d07c22a001",
                           "~e3:5b1e51d07c22a00", "~e3:5B1E51D07C22A001", "~e3:5b1e51d07c22a001:",
                           "~e3:5b1e51d07c22a001:x", "~a3:5b1e51d07c22a001:d", "~e3:5b1e51d07c22a001dn",
                           "~e99999999999:5b1e51d07c22a001", "ann@example.org", "~e3:5b1e51d07c22a001:dn "}) {
    CAPTURE(text);
    CHECK_FALSE(Pseudonym::parse(text));
  }
}

TEST_CASE("the facts of an e-mail address are those that rules ask for") {
  CHECK(facts_of_email("ann@example.org", {"ann"}) == EmailFacts{});  // three bytes are no name
  CHECK(facts_of_email("A.Miller@example.org", {"ann", "miller"}).letters() == "w");
  CHECK(facts_of_email("tom1234@YOPMAIL.com", {}).letters() == "dn");
  CHECK(facts_of_email("tom@host1234.example", {}).letters() == "");
  CHECK(facts_of_email("akismet-guaranteed-spam@example.com", {}).is_test);
  CHECK(facts_of_email("1234 miller", {"miller"}) == EmailFacts{});  // no address
}

TEST_CASE("an address is compared whole, an IPv6 one by its /64, however it is written") {
  CHECK(address_name("203.0.113.77") == "203.0.113.77");
  CHECK(address_name("::ffff:203.0.113.9") == "203.0.113.9");
  CHECK(address_name("2001:DB8:1:2:3:4:5:6") == "2001:db8:1:2::");
  CHECK(address_name("Unknown") == "unknown");
  CHECK(email_name("Ann@Example.ORG") == "ann@example.org");
  CHECK_FALSE(is_of_no_place("203.0.113.77"));
  for (const char* address :
       {"127.0.0.1", "10.0.0.9", "172.16.5.5", "192.168.1.1", "100.64.0.1", "169.254.1.1", "0.0.0.0", "::1",
        "::", "fd12::1", "fe80::1", "::ffff:10.0.0.1", "", "unknown", "1.2.3"})
    CHECK(is_of_no_place(address));
}

TEST_CASE("who wrote it: clear, by pseudonym, and no one where an address is of no place") {
  Comment comment;
  comment.author_email = "Ann@Example.org";
  comment.user_ip = "2001:db8::7";
  CHECK(who_of(comment).author == std::vector<std::string>{"ann@example.org"});
  CHECK(who_of(comment).network == std::vector<std::string>{"2001:db8::"});
  comment.user_ip = "10.0.0.1";
  CHECK(who_of(comment).network.empty());
  comment.concealed = true;
  comment.author_email = "~e3:5b1e51d07c22a001:dn";
  comment.user_ip = "~a3:07be19c24d90f6a5";
  CHECK(who_of(comment).author == std::vector<std::string>{"~e3:5b1e51d07c22a001"});
  CHECK(who_of(comment).network == std::vector<std::string>{"~a3:07be19c24d90f6a5"});
  comment.user_ip += ":p";
  CHECK(who_of(comment).network.empty());
}

}  // namespace
}  // namespace winnow
