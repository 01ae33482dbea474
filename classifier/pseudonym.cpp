#include "classifier/pseudonym.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "classifier/network.h"
#include "classifier/unicode.h"
#include "classifier/vocabulary.h"

namespace winnow {
namespace {

constexpr std::size_t kTagDigits = 16;
constexpr std::size_t kLeastNameBytes = 4;
constexpr int kManyDigits = 4;
constexpr int kNetworkBits = 64;  // of an IPv6 address
constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kTestAddress = "akismet-guaranteed-spam@example.com";

constexpr std::pair<char, bool EmailFacts::*> kFacts[] = {{'d', &EmailFacts::disposable},
                                                          {'n', &EmailFacts::many_digits},
                                                          {'w', &EmailFacts::has_name},
                                                          {'t', &EmailFacts::is_test}};

bool are_letters_of(Pseudonym::Of of, std::string_view letters) {
  if (of == Pseudonym::Of::kAddress) return letters == "p";
  return !letters.empty() && std::ranges::all_of(letters, [](char letter) {
    return std::ranges::find(kFacts, letter, [](const auto& fact) { return fact.first; }) != std::end(kFacts);
  });
}

bool is_private(const IpAddress& address) {
  static const std::vector<Network> networks =
      *parse_networks({"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
                       "100.64.0.0/10", "0.0.0.0/8", "::/127", "fc00::/7", "fe80::/10"});
  return std::ranges::any_of(networks, [&](const Network& each) { return each.contains(address); });
}

std::string name_in(std::string_view pseudonym) {
  const std::optional<Pseudonym> parsed = Pseudonym::parse(pseudonym);
  return parsed ? parsed->name() : std::string();
}

}  // namespace

std::string EmailFacts::letters() const {
  std::string letters;
  for (const auto& [letter, fact] : kFacts)
    if (this->*fact) letters += letter;
  return letters;
}

EmailFacts facts_of_email(std::string_view email, const std::vector<std::string_view>& author_words) {
  EmailFacts facts;
  const std::string folded = fold(email);
  const std::size_t at = folded.rfind('@');
  if (at == std::string::npos) return facts;
  const std::string_view local = std::string_view(folded).substr(0, at);
  facts.disposable = is_disposable_mail(std::string_view(folded).substr(at + 1));
  facts.many_digits =
      std::ranges::count_if(local, [](char c) { return c >= '0' && c <= '9'; }) >= kManyDigits;
  facts.has_name = std::ranges::any_of(author_words, [&](std::string_view word) {
    return word.size() >= kLeastNameBytes && local.find(word) != std::string_view::npos;
  });
  facts.is_test = email == kTestAddress;
  return facts;
}

std::string Pseudonym::name() const {
  std::string name = "~";
  name += static_cast<char>(of);
  name += std::to_string(epoch) + ':';
  for (std::size_t digit = kTagDigits; digit-- > 0;) name += kHexDigits[(tag >> (4 * digit)) & 15];
  return name;
}

std::string Pseudonym::text() const {
  return letters.empty() ? name() : name() + ':' + letters;
}

std::optional<Pseudonym> Pseudonym::parse(std::string_view text) {
  if (text.size() < 3 || text[0] != '~' || (text[1] != 'e' && text[1] != 'a')) return std::nullopt;
  Pseudonym read;
  read.of = static_cast<Of>(text[1]);
  const char* const end = text.data() + text.size();
  const auto [behind, failed] = std::from_chars(text.data() + 2, end, read.epoch);
  if (failed != std::errc() || read.epoch == 0 || behind == end || *behind != ':') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(behind + 1 - text.data()));
  if (text.size() < kTagDigits) return std::nullopt;
  for (const char digit : text.substr(0, kTagDigits)) {
    const std::size_t value = kHexDigits.find(digit);
    if (value == std::string_view::npos) return std::nullopt;
    read.tag = read.tag << 4 | value;
  }
  text.remove_prefix(kTagDigits);
  if (text.empty()) return read;
  if (text.front() != ':' || !are_letters_of(read.of, text.substr(1))) return std::nullopt;
  read.letters = text.substr(1);
  return read;
}

EmailFacts Pseudonym::email_facts() const {
  EmailFacts facts;
  for (const auto& [letter, fact] : kFacts) facts.*fact = letters.find(letter) != std::string::npos;
  return facts;
}

std::string email_name(std::string_view email) {
  return fold(email);
}

std::string address_name(std::string_view address) {
  const std::optional<IpAddress> parsed = IpAddress::parse(address);
  if (!parsed) return fold(address);
  return (parsed->is_ipv4() ? *parsed : parsed->prefix(kNetworkBits)).text();
}

std::string email_name_of(const Comment& comment) {
  return comment.concealed ? name_in(comment.author_email) : email_name(comment.author_email);
}

std::string address_name_of(const Comment& comment) {
  return comment.concealed ? name_in(comment.user_ip) : address_name(comment.user_ip);
}

bool is_of_no_place(std::string_view address) {
  const std::optional<IpAddress> parsed = IpAddress::parse(address);
  return !parsed || is_private(*parsed);
}

}  // namespace winnow
