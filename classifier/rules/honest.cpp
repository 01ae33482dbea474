// Good signs: what honest comments have and spam rarely bothers with. Points are negative.
#include <algorithm>

#include "classifier/rules/rule.h"

namespace winnow {
namespace {

// Of spam and fraud, in the words of those who get it.
bool names_spam(const SearchedText& folded) {
  return folded.has_any({"spam", "phishing", "scam", "junk mail", "спам", "мошенни", "estafa", "arnaque",
                         "betrug", "golpe", "truffa", "oszust", "podvod", "迷惑", "詐欺", "诈骗", "スパム"});
}

// `folded` without what stands between double quotes or « ».
std::string without_quotations(std::string_view folded) {
  std::string out;
  bool quoted = false;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const bool opens = folded.substr(i).starts_with("«"), closes = folded.substr(i).starts_with("»");
    if (folded[i] == '"' || opens || closes) {
      quoted = opens || (!closes && !quoted);
      out += ' ';
      if (opens || closes) ++i;
    } else if (!quoted) {
      out += folded[i];
    }
  }
  return quoted ? std::string(folded) : out;  // a quotation that never ends is none
}

int selling_phrases(const TopicCounts& topics) {
  return topics.trades() + topics[Topic::kOffer];
}

// What spam sells is named, but in quotations alone.
bool sells_in_quotation(const Features& f) {
  if (f.has_target() || selling_phrases(f.topics) == 0) return false;
  if (f.content.folded.find('"') == std::string::npos && f.content.folded.find("«") == std::string::npos)
    return false;
  const std::string rest = without_quotations(f.content.folded);
  return selling_phrases(count_topics(split_words(rest), rest)) == 0;
}

// Three "key=value" and more, as logs and configuration have them.
bool looks_like_log(std::string_view text) {
  constexpr std::size_t kMaxKeyBytes = 64;
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ']';
  };
  int pairs = 0;
  for (std::size_t at = text.find('='); at != std::string_view::npos; at = text.find('=', at + 1)) {
    if (at == 0 || at + 1 == text.size() || !is_word(text[at - 1])) continue;
    // No key is longer; looking further back for each '=' of one long token would take the square of its
    // length.
    const std::string_view before = text.substr(at - std::min(at, kMaxKeyBytes), std::min(at, kMaxKeyBytes));
    const std::size_t border = before.find_last_of(" \n,;");
    if (border == std::string_view::npos && before.size() == kMaxKeyBytes) continue;
    const std::string_view key = before.substr(border + 1);  // npos + 1 is 0
    if (key.find_first_of("<?/&") == std::string_view::npos && key != "href" && key != "rel" &&
        key != "class" && key != "target" && key != "url" && !key.starts_with("[url"))
      ++pairs;
  }
  return pairs >= 3;
}

Comment under(std::string_view title, std::string_view content) {
  Comment comment = says(content);
  comment.post_title = title;
  return comment;
}

}  // namespace

std::vector<Rule> honest_rules() {
  return {
      {"honest.on_topic",
       "takes up words of the post's title",
       -0.6,
       Points::kFitted,
       [](const Features& f) { return f.title_words >= 1; },
       {under("Growing tomatoes", "Great post, keep it up!"), says("tomatoes")},
       {under("Growing tomatoes", "My tomatoes never turn red."), under("Router setup", "My router hangs.")}},
      {"honest.much_on_topic",
       "takes up three words or more of the post's title",
       -0.5,
       Points::kFitted,
       [](const Features& f) { return f.title_words >= 3; },
       {under("Growing tomatoes in the shade", "Great post, keep it up!"), says("tomatoes")},
       {under("Growing tomatoes in the shade", "Growing tomatoes in deep shade never worked for me.")}},
      {"honest.conversation",
       "speaks of the post or to its readers as one who has read it",
       -0.6,
       Points::kFitted,
       [](const Features& f) { return f.topics[Topic::kConversation] >= 1; },
       {says("Great post, keep it up!")},
       {says("I disagree, the third step fails for me.")}},
      {"honest.long_conversation",
       "speaks again and again as one who has read the post",
       -0.6,
       Points::kFitted,
       [](const Features& f) { return f.topics[Topic::kConversation] >= 3; },
       {says("Great post, keep it up!"), says("I disagree.")},
       {says("I disagree. I tried this and it failed for me; in your example you wrote something else.")}},
      // Whoever shows spam in order to complain of it uses its words.
      {"honest.about_spam",
       "speaks of spam as one who gets it",
       -1,
       Points::kFitted,
       [](const Features& f) {
         return names_spam(f.folded_text) && f.topics[Topic::kTestimony] == 0 &&
                f.topics[Topic::kOffer] == 0 && f.topics[Topic::kCrypto] == 0 && !f.has_author_link();
       },
       {says("great casino")},
       {says("I get ten of these a day, \"cheap viagra here\". How do I stop this spam?")}},
      {"honest.own_link",
       "links to the site itself",
       -0.5,
       Points::kFitted,
       [](const Features& f) { return f.own_links > 0 && f.links.total == 0; },
       {says("see http://a.com"), says_with("http://a.com", &Comment::blog, "http://example.org")},
       {says_with("as in http://example.org/2020/a", &Comment::blog, "https://www.example.org/")}},
      // No training set has enough of these two; both are things that people who run blogs write.
      {"honest.quotes_spam",
       "names what spam sells in a quotation alone",
       -2,
       Points::kHandSet,
       sells_in_quotation,
       {says("buy viagra without prescription"), says("\"Nice\" viagra"), says("\"viagra\" http://a.com")},
       {says("Ten a day of \"buy viagra without prescription\". How do I stop that?")}},
      {"honest.under_spam_post",
       "leaves no address under a post on spam or fraud",
       -1.5,
       Points::kHandSet,
       [](const Features& f) {
         if (f.has_target()) return false;
         const std::string title = fold(clip_utf8(f.comment.post_title, 512));
         return names_spam(SearchedText(title));
       },
       {under("How I fight spam", "http://pills.com"), under("Growing tomatoes", "great")},
       {under("How I fight spam", "They offered me cheap pills, too.")}},
      {"honest.no_address",
       "leaves no link and no address",
       -1,
       Points::kFitted,
       [](const Features& f) { return !f.has_target(); },
       {says("see http://a.com"), signed_by("x", "http://a.com", "hi")},
       {says("I agree."), signed_by("Ann", "", "So do I.")}},
      {"honest.code",
       "shows code or a log",
       -1,
       Points::kFitted,
       [](const Features& f) {
         return looks_like_log(f.comment.content) ||
                SearchedText(f.comment.content)
                    .has_any({"<code", "<pre", "```", "();", "#include", "() {", " => ", "NullPointer",
                              "Exception:", "Traceback", "sudo ", "</div>", "SELECT ", "DELETE FROM",
                              "$this->", "function(", "array(", "--help"});
       },
       {says("click here"), says("code of honour"),
        says("<a href=\"http://a.com/?a=1&b=2&c=3\" rel=nofollow class=x>a</a>")},
       {says("to=<a@example.net>, relay=mx.example.net, delay=3.1, status=deferred"),
        says("Use <code>ls -l</code>"), says("call foo(); then bar();"), says("sudo apt install it")}},
      {"honest.question",
       "asks something and leaves no link",
       -0.4,
       Points::kFitted,
       [](const Features& f) { return f.shape.questions >= 1 && f.links.total == 0; },
       {says("why? http://a.com"), says("I agree.")},
       {says("Does this work with the old version?")}},
      {"honest.reply",
       "answers another reader",
       -0.8,
       Points::kFitted,
       [](const Features& f) {
         const std::string& text = f.comment.content;
         return text.starts_with("@") || text.starts_with("> ") || text.starts_with("&gt;") ||
                text.starts_with("<blockquote") || text.find("\n> ") != std::string::npos ||
                text.find("\n@") != std::string::npos;
       },
       {says("me@shop.example"), says("I agree.")},
       {says("@Tom you are right"), says("> it fails\nNot for me.")}},
      {"honest.short",
       "is short and leaves no link",
       -0.4,
       Points::kFitted,
       [](const Features& f) { return f.words.size() <= 8 && f.links.total == 0; },
       {says("http://a.com"), says("one two three four five six seven eight nine")},
       {says("lol"), says("+1")}},
      {"honest.known_target",
       "links to a site that honest people cite",
       -0.8,
       Points::kFitted,
       [](const Features& f) {
         return std::any_of(f.links.links.begin(), f.links.links.end(),
                            [](const Link& l) { return is_reputable(l.host, l.domain); });
       },
       {says("http://pills.com"), says("github is nice")},
       {says("see https://github.com/a/b/issues/3"), says("https://en.wikipedia.org/wiki/Owl")}},
      {"honest.paragraphs",
       "is written in several lines without a link",
       -0.3,
       Points::kFitted,
       [](const Features& f) { return f.shape.lines >= 3 && f.links.total == 0; },
       {says("a\nb\nhttp://a.com"), says("one line")},
       {says("Hi,\n\nit works.\nThanks")}},
      // Numbers with dots and words with inner capitals: versions, identifiers, file names.
      {"honest.technical",
       "uses names and versions as technicians write them",
       -0.5,
       Points::kFitted,
       [](const Features& f) {
         int found = 0;
         const std::string_view text = f.content.plain;
         for (std::size_t i = 1; i + 1 < text.size(); ++i) {
           const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
           const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
           const auto digit = [](char c) { return c >= '0' && c <= '9'; };
           if ((lower(text[i - 1]) && upper(text[i]) && lower(text[i + 1])) ||
               (digit(text[i - 1]) && text[i] == '.' && digit(text[i + 1])) ||
               (lower(text[i - 1]) && text[i] == '_' && lower(text[i + 1])))
             ++found;
         }
         return found >= 2 && f.links.total == 0;
       },
       {says("great post"), says("visit MySite")},
       {says("In 2.4.1 the getUserName call fails"), says("set max_size and min_size")}},
  };
}

}  // namespace winnow
