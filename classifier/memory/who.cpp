#include "classifier/memory/who.h"

#include <optional>

#include "classifier/pseudonym.h"

namespace winnow {

Who who_of(const Comment& comment) {
  Who who;
  if (comment.concealed) {
    if (const std::optional<Pseudonym> email = Pseudonym::parse(comment.author_email))
      who.author.push_back(email->name());
    const std::optional<Pseudonym> address = Pseudonym::parse(comment.user_ip);
    if (address && address->letters.empty()) who.network.push_back(address->name());
    return who;
  }
  if (!comment.author_email.empty()) who.author.push_back(email_name(comment.author_email));
  if (!is_of_no_place(comment.user_ip)) who.network.push_back(address_name(comment.user_ip));
  return who;
}

}  // namespace winnow
