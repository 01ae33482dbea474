#include "classifier/features.h"

#include <algorithm>
#include <map>
#include <span>

#include "classifier/byte_set.h"
#include "classifier/fingerprint.h"
#include "classifier/language.h"
#include "classifier/word_table.h"

namespace winnow {
namespace {

constexpr std::size_t kTitleWordBytes = 4;
constexpr int kLettersAfterLastLink = 3;
// Function words that a text, and a title, must have before its language is believed.
constexpr int kLeastInText = 3;
constexpr int kLeastInTitle = 2;

Shape shape_of(std::string_view plain, std::string_view as_sent) {
  Shape shape;
  for (std::size_t pos = 0; pos < plain.size();) {
    const char32_t c = next_code_point(plain, pos);
    if (is_letter(c)) {
      ++shape.letters;
      if (is_upper(c)) ++shape.upper;
      ++shape.scripts[static_cast<std::size_t>(script_of(c))];
    } else if (is_digit(c)) {
      ++shape.digits;
    } else if (c == U'!' || c == U'！') {
      ++shape.exclamations;
    } else if (c == U'?' || c == U'？' || c == U'؟') {
      ++shape.questions;
    } else if (is_emoji(c)) {
      ++shape.emoji;
    }
  }
  shape.lines = as_sent.empty() ? 0 : 1 + static_cast<int>(std::count(as_sent.begin(), as_sent.end(), '\n'));
  return shape;
}

// "best-pills-online.example/buy" as words: everything but letters and digits is a border.
TopicCounts topics_of_target(const Link& author_link, const LinkList& links) {
  static constexpr ByteSet kBorders("-./_=&?+");
  std::string text;
  const auto add = [&text](const Link& link) {
    for (const std::string* part : {&link.host, &link.path}) {
      for (const char c : clip_utf8(*part, 256)) text += kBorders.contains(c) ? ' ' : c;
      text += ' ';
    }
    text += "| ";
  };
  if (!author_link.host.empty()) add(author_link);
  for (std::size_t i = 0; i < links.links.size() && i < 20; ++i) add(links.links[i]);
  if (text.empty()) return {};
  const std::string folded = fold(text);
  return count_topics(split_words(folded), folded);
}

// Words that tell what the post is about: its title and tags, or, where no title was sent, the words of its
// address (".../2020/05/growing-tomatoes/").
std::string about(const Comment& comment, const Link& page) {
  std::string text = comment.post_title;
  if (text.empty()) {
    text = page.path;
    for (char& c : text)
      if (c == '-' || c == '/' || c == '_' || c == '.' || c == '?' || c == '=' || c == '&' || c == '#')
        c = ' ';
  }
  for (const std::string& tag : comment.context) text.append(" ").append(tag);
  return fold(clip_utf8(text, 1024));
}

int shared_words(std::string_view about, const std::vector<std::string_view>& words,
                 std::span<const std::uint64_t> hashes) {
  struct IsShared {
    bool value = false;
  };
  WordTable<IsShared> wanted;
  for (const std::string_view word : split_words(about))
    if (word.size() >= kTitleWordBytes) wanted[word];
  for (std::size_t i = 0; i < words.size() && wanted.size() > 0; ++i)
    if (IsShared* const found = wanted.find(words[i], hashes[i])) found->value = true;
  return static_cast<int>(
      std::ranges::count_if(wanted.entries(), [](const auto& entry) { return entry.value.value; }));
}

// By sorting: words that fall into one bucket of a hash table can be made by the thousand.
int count_distinct(std::vector<std::uint64_t> hashes) {
  std::ranges::sort(hashes);
  const auto repeated = std::ranges::unique(hashes);
  return static_cast<int>(hashes.size() - repeated.size());
}

// At most three letters follow what a reader sees of the last link.
bool ends_with(std::string_view plain, const LinkList& links) {
  if (links.links.empty() || links.total > links.links.size()) return false;
  const Link& last = links.links.back();
  const std::string_view seen = last.anchor.empty() ? last.url : last.anchor;
  const std::size_t at = plain.rfind(seen);
  if (at == std::string_view::npos) return false;
  int letters = 0;
  for (std::size_t pos = at + seen.size(); pos < plain.size() && letters <= kLettersAfterLastLink;)
    letters += is_letter(next_code_point(plain, pos)) ? 1 : 0;
  return letters <= kLettersAfterLastLink;
}

// Takes the links to the site itself out of `links`, and says how many there were.
std::size_t take_own(LinkList& links, const Comment& comment, const Link& page) {
  if (links.links.empty()) return 0;
  const std::string blog = parse_url(comment.blog).domain;
  const auto is_own = [&](const Link& link) {
    return !link.domain.empty() && (link.domain == blog || link.domain == page.domain);
  };
  const std::size_t taken = std::erase_if(links.links, is_own);
  links.total -= taken;
  return taken;
}

// "[...] words of the page that links here [...]", as blogs show a pingback.
bool is_excerpt(std::string_view plain) {
  for (const std::string_view dots : {"[...]", "[\u2026]"}) {
    const std::size_t first = plain.find(dots);
    if (first != std::string_view::npos && plain.ends_with(dots) && plain.rfind(dots) != first) return true;
  }
  return false;
}

}  // namespace

Script Shape::main_script() const {
  const auto most = std::max_element(scripts.begin(), scripts.end());
  return *most == 0 ? Script::kNone : static_cast<Script>(most - scripts.begin());
}

Features::Features(const Comment& from)
    : comment(from),
      content(normalize(from.content)),
      folded_text(content.folded),
      author(normalize(from.author)),
      links(find_links(nfkc(from.content))),
      author_link(parse_url(from.author_url)),
      name_links(find_links(nfkc(from.author))),
      shape(shape_of(content.plain, from.content)),
      words(split_words(content.folded)),
      word_hashes(winnow::word_hashes(words)),
      author_words(split_words(author.folded)),
      topics(count_topics(words, word_hashes, content.folded)),
      author_topics(count_topics(author_words, author.folded)) {
  const Link page = parse_url(from.permalink);
  own_links = take_own(links, from, page);
  target_topics = topics_of_target(author_link, links);
  if (!from.concealed)
    email = facts_of_email(from.author_email, author_words);
  else if (const std::optional<Pseudonym> pseudonym = Pseudonym::parse(from.author_email))
    email = pseudonym->email_facts();
  distinct_words = count_distinct(word_hashes);
  std::map<std::string_view, int> domains;
  for (const Link& link : links.links)
    most_of_one_domain = std::max(most_of_one_domain, ++domains[link.domain]);
  distinct_domains = static_cast<int>(domains.size());
  given_names = static_cast<int>(std::count_if(author_words.begin(), author_words.end(), is_given_name));
  title_words = shared_words(about(from, page), words, word_hashes);
  language = language_of(words, word_hashes, kLeastInText);
  const std::string title = fold(clip_utf8(from.post_title, 1024));
  title_language = language_of(split_words(title), kLeastInTitle);
  ends_with_link = ends_with(content.plain, links);
  is_pingback = from.type == "pingback" || from.type == "trackback" || is_excerpt(content.plain);
}

}  // namespace winnow
