#include "service/concealment.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>

#include "classifier/model.h"
#include "tests/unit/service/installation.h"

namespace winnow {
namespace {

constexpr UnixMillis kDay = 24 * 3600 * 1000;

Comment by(std::string_view email, std::string_view address) {
  Comment comment;
  comment.author = "Ann Miller";
  comment.author_email = email;
  comment.user_ip = address;
  comment.content = "Thanks.";
  return comment;
}

struct Home {
  TemporaryDirectory directory;
  std::unique_ptr<Concealment> open(PersonalData kept, UnixMillis now = kDay) {
    return must(Concealment::open(directory.path(), kept, now));
  }
  std::filesystem::path file() const { return directory.path() / "pseudonym.keys"; }
};

TEST_CASE("addresses are kept as pseudonyms that tell two apart and nothing else") {
  Home home;
  const auto keys = home.open(PersonalData::kHashed);
  const Comment kept = keys->concealed(by("Ann.Miller@Example.org", "203.0.113.7"));
  CHECK(kept.concealed);
  CHECK(kept.author == "Ann Miller");
  CHECK(kept.content == "Thanks.");
  const auto email = Pseudonym::parse(kept.author_email), address = Pseudonym::parse(kept.user_ip);
  REQUIRE((email && address));
  CHECK(email->letters == "w");
  CHECK(address->letters == "");
  CHECK(email->epoch == 1);
  // The same person again, in another case; the next one, in the same network.
  CHECK(keys->concealed(by("ann.miller@example.ORG", "::ffff:203.0.113.7")).author_email ==
        kept.author_email);
  CHECK(keys->concealed(by("ann.miller@example.ORG", "::ffff:203.0.113.7")).user_ip == kept.user_ip);
  CHECK(keys->concealed(by("bo.miller@example.org", "203.0.113.8")).author_email != kept.author_email);
  CHECK(keys->concealed(by("", "203.0.113.8")).user_ip != kept.user_ip);
  CHECK(keys->concealed(by("", "2001:db8::1")).user_ip == keys->concealed(by("", "2001:db8::2")).user_ip);
  CHECK(keys->concealed(by("", "10.0.0.1")).user_ip.ends_with(":p"));
  CHECK(keys->concealed(by("", "")).user_ip == "");
  // Concealing twice changes nothing; another installation has other pseudonyms.
  CHECK(keys->concealed(kept).author_email == kept.author_email);
  Home other;
  CHECK(other.open(PersonalData::kHashed)->concealed(by("ann.miller@example.org", "")).author_email !=
        kept.author_email);
}

TEST_CASE("a text in the form of a pseudonym is concealed like any other") {
  Home home;
  const auto keys = home.open(PersonalData::kHashed);
  const Comment kept = keys->concealed(by("Ann.Miller@Example.org", "203.0.113.7"));
  const Comment forged = keys->concealed(by(kept.author_email, kept.user_ip));
  CHECK(forged.author_email != kept.author_email);
  CHECK(forged.user_ip != kept.user_ip);
  CHECK_FALSE(keys->same_email(by(kept.author_email, ""), kept));
  CHECK(Features(by("~e1:5b1e51d07c22a001:dn", "")).email == EmailFacts{});
}

TEST_CASE("clear keeps what was sent, none keeps nothing") {
  Home home;
  const Comment sent = by("ann@example.org", "203.0.113.7");
  const auto clear = home.open(PersonalData::kClear);
  CHECK(clear->concealed(sent).author_email == "ann@example.org");
  CHECK_FALSE(std::filesystem::exists(home.file()));
  CHECK(clear->who(sent).author == std::vector<std::string>{"ann@example.org"});
  const auto none = home.open(PersonalData::kNone);
  CHECK(none->concealed(sent).author_email == "");
  CHECK(none->concealed(sent).user_ip == "");
  CHECK(none->who(sent).author.empty());
  const Comment hashed = home.open(PersonalData::kHashed)->concealed(sent);
  CHECK(none->concealed(hashed).author_email == "");
  CHECK(clear->concealed(hashed).author_email == hashed.author_email);
}

TEST_CASE("a person is known under the key before the last, and under none before that") {
  Home home;
  const auto keys = home.open(PersonalData::kHashed);
  const Comment sent = by("ann@example.org", "203.0.113.7");
  const Comment first = keys->concealed(sent);
  CHECK_FALSE(must(keys->rotate(2 * kDay, 180)));
  CHECK(must(keys->rotate(200 * kDay, 180)));
  CHECK(keys->epoch() == 2);
  const Comment second = keys->concealed(sent);
  CHECK(second.author_email != first.author_email);
  CHECK(keys->same_email(sent, first));
  CHECK(keys->same_address(sent, second));
  CHECK(keys->who(sent).author == std::vector<std::string>{email_name_of(first), email_name_of(second)});
  CHECK(keys->counted_as(sent).author == std::vector<std::string>{email_name_of(second)});
  const std::string before = must(read_file(home.file()));
  CHECK(must(keys->rotate(200 * kDay, 0)));  // asked for
  CHECK_FALSE(keys->same_email(sent, first));
  CHECK(keys->same_email(sent, second));
  CHECK(must(read_file(home.file())).find(before.substr(before.find('\n') + 1, 20)) == std::string::npos);
}

TEST_CASE("another process's epoch is taken, and of several one begins it") {
  Home home;
  const auto one = home.open(PersonalData::kHashed), other = home.open(PersonalData::kHashed, 2 * kDay);
  CHECK(one->concealed(by("ann@example.org", "")).author_email ==
        other->concealed(by("ann@example.org", "")).author_email);
  REQUIRE(must(one->rotate(300 * kDay, 180)));
  CHECK_FALSE(must(other->rotate(300 * kDay + 1, 180)));
  CHECK(other->epoch() == 2);
  REQUIRE(must(one->rotate(301 * kDay, 0)));
  std::filesystem::last_write_time(home.file(),
                                   std::filesystem::file_time_type::clock::now() + std::chrono::seconds(5));
  must(other->refresh());
  CHECK(other->epoch() == 3);
}

TEST_CASE("the keys are for their owner alone, and a damaged file is said to be one") {
  Home home;
  home.open(PersonalData::kHashed);
  struct stat state {};
  REQUIRE(::stat(home.file().c_str(), &state) == 0);
  CHECK((state.st_mode & 0777) == 0600);
  for (const char* text : {"", "winnow pseudonym keys 1\n", "winnow pseudonym keys 1\n1 2 abcd\n",
                           "winnow pseudonym keys 9\n1 2 3\n"}) {
    std::ofstream(home.file(), std::ios::trunc) << text;
    const auto opened = Concealment::open(home.directory.path(), PersonalData::kHashed, kDay);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == ErrorKind::kCorrupt);
  }
}

}  // namespace
}  // namespace winnow
