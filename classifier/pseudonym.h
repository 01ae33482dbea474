// Pseudonym: what is kept of a person in place of an e-mail address or a client's address, and what of each
// is a name that two comments may share. Which key a pseudonym is made with, and when, is
// service/concealment.h's.
//
//   ~a3:9f2c51d0a7b3e184      an address, under key 3: 64 bits of a keyed hash, in hex
//   ~a3:07be19c24d90f6a5:p    the same of an address of no place on the internet
//   ~e3:5b1e51d07c22a001:dn   an e-mail address, and the letters of its facts
//
// Such a text is a pseudonym only in a Comment that says so (Comment::concealed); a client may send it as
// well.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/comment.h"

namespace winnow {

// What rules ask of an author's e-mail address; none of it tells the domain or a name.
struct EmailFacts {
  bool disposable = false;   // d: of a throw-away service
  bool many_digits = false;  // n: four digits or more before the @
  bool has_name = false;     // w: a word of the author's name, of four bytes or more, stands before the @
  bool is_test = false;      // t: the protocol's test address

  std::string letters() const;  // "dnwt", those that hold
  bool operator==(const EmailFacts&) const = default;
};

// Of a clear address, whatever its case; `author_words`: of the author's name, folded.
EmailFacts facts_of_email(std::string_view email, const std::vector<std::string_view>& author_words);

struct Pseudonym {
  enum class Of : char { kEmail = 'e', kAddress = 'a' } of = Of::kEmail;
  std::uint32_t epoch = 0;  // of the key, from 1
  std::uint64_t tag = 0;    // of the keyed hash
  std::string letters;      // facts: of an address "p" or "", of an e-mail address EmailFacts::letters()

  // Without the facts: equal for one person under one key.
  std::string name() const;
  std::string text() const;
  // None for any other text.
  static std::optional<Pseudonym> parse(std::string_view text);
  EmailFacts email_facts() const;
};

// The form of a clear e-mail address in which two are compared: case folded. "" if there is none.
std::string email_name(std::string_view email);
// The same of an address: an IPv4 one whole, of an IPv6 one the /64; of what is no address the text, folded.
std::string address_name(std::string_view address);
// The same of what a comment has, which may be a pseudonym: then its name().
std::string email_name_of(const Comment& comment);
std::string address_name_of(const Comment& comment);
// An address that tells nothing of who is behind it: none, loopback or private, as a proxy gives everybody.
bool is_of_no_place(std::string_view address);

}  // namespace winnow
