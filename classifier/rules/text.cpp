// The text itself: what it says and how it is built.
#include <algorithm>

#include "classifier/rules/gibberish.h"
#include "classifier/rules/phone.h"
#include "classifier/rules/rule.h"

namespace winnow {
namespace {

std::string repeat(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out.append(text);
  return out;
}

bool has_mail_address(const Features& f) {
  const std::string_view text = f.content.folded;
  std::size_t end = 0;
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', end)) {
    end = at + 1;
    if (at == 0 || text[at - 1] == ' ') continue;
    // Behind the first @ of a chunk stands all that stands behind its others, so these are passed over.
    end = std::min(text.find_first_of(" \n,;", at), text.size());
    if (text.substr(at, end - at).find('.') != std::string_view::npos) return true;
  }
  return false;
}

// "{one|two}" with letters right inside of the braces, as in a template for texts.
bool has_spintax(std::string_view text) {
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::size_t close = text.find_first_of("{}", open + 1);
    if (close == std::string_view::npos) return false;
    const std::string_view inside = text.substr(open + 1, close - open - 1);
    const std::size_t bar = inside.find('|');
    if (text[close] != '}' || bar == std::string_view::npos || bar == 0 || bar + 1 == inside.size()) continue;
    const auto is_word = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
    };
    if (is_word(inside[bar - 1]) && is_word(inside[bar + 1]) && is_word(inside.front()) &&
        is_word(inside.back()))
      return true;
  }
  return false;
}

double upper_share(const Features& f) {
  return f.shape.letters == 0 ? 0 : static_cast<double>(f.shape.upper) / f.shape.letters;
}

}  // namespace

std::vector<Rule> text_rules() {
  return {
      {"text.flattery",
       "praises in words that fit any page",
       0.8,
       Points::kFitted,
       [](const Features& f) { return f.topics[Topic::kFlattery] >= 1 && f.title_words == 0; },
       {says("Great post, keep it up!"), says("very informative article")},
       {says("The third step failed for me."), says("no")}},
      {"text.much_flattery",
       "is made of praise that fits any page",
       1.2,
       Points::kFitted,
       [](const Features& f) { return f.topics[Topic::kFlattery] >= 3; },
       {says("Great post! I stumbled upon your blog and bookmarked it, keep it up, thanks for sharing")},
       {says("Great post!"), says("The third step failed.")}},
      {"text.flattery_with_address",
       "praises in words that fit any page and leaves an address",
       0.8,
       Points::kFitted,
       [](const Features& f) { return f.topics[Topic::kFlattery] >= 1 && f.has_target(); },
       {signed_by("x", "http://a.com", "great post"), says("nice article http://a.com")},
       {says("great post"), signed_by("x", "http://a.com", "The third step failed.")}},
      {"text.call_to_action",
       "tells the reader to go, click or call",
       0.6,
       Points::kFitted,
       [](const Features& f) { return f.topics[Topic::kAction] >= 1; },
       {says("click here for more"), says("заходите на наш сайт")},
       {says("I agree with you."), says("no")}},
      {"text.much_action",
       "tells the reader again and again to go, click or call",
       1,
       Points::kFitted,
       [](const Features& f) { return f.topics[Topic::kAction] >= 3; },
       {says("Visit our website, contact us today and buy now")},
       {says("click here"), says("no")}},
      {"text.action_with_link",
       "tells the reader to go to a link",
       0.8,
       Points::kFitted,
       [](const Features& f) { return f.topics[Topic::kAction] >= 1 && f.links.total > 0; },
       {says("click here http://a.com")},
       {says("click here"), says("http://a.com")}},
      {"text.phone",
       "gives a telephone number",
       1,
       Points::kFitted,
       [](const Features& f) {
         return has_phone_number(f.content.plain,
                                 f.topics[Topic::kAction] >= 1 || f.topics[Topic::kSupport] >= 1);
       },
       {says("call +1 (800) 555-0199 now"), says("whatsapp 4915112345678")},
       {says("ISBN 3-16"), says("version 1.2.3")}},
      {"text.messenger",
       "asks to be written to on a messenger",
       1.2,
       Points::kFitted,
       [](const Features& f) {
         return f.folded_text.has_any(
             {"whatsapp", "telegram", "wa.me/", "t.me/", "viber", "微信", "вотсап", "ватсап", "телеграм"});
       },
       {says("write me on WhatsApp"), says("https://t.me/goodprofit")},
       {says("write me a letter"), says("no")}},
      {"text.mail_address",
       "gives an e-mail address in the text",
       0.6,
       Points::kFitted,
       has_mail_address,
       {says("write to loans.now@example.com")},
       {says("@tom I agree."), says("see you @ noon")}},
      {"text.money",
       "names an amount of money",
       0.4,
       Points::kFitted,
       [](const Features& f) {
         const std::string_view text = f.content.folded;
         for (const std::string_view sign : {"$", "€", "£"}) {
           const std::size_t at = text.find(sign);
           if (at == std::string_view::npos) continue;
           const std::string_view rest = text.substr(at + sign.size(), 2);
           if (rest.find_first_of("0123456789") != std::string_view::npos) return true;
         }
         return f.folded_text.has_any({" usd", " dollars", " euro", " руб"});
       },
       {says("I made $8,432 last month"), says("500 dollars a day")},
       {says("it costs nothing"), says("$HOME is set")}},
      {"text.shouting",
       "is written in capitals",
       0.4,
       Points::kFitted,
       [](const Features& f) { return f.shape.letters >= 20 && upper_share(f) > 0.6; },
       {says("BUY NOW BEFORE IT IS ALL GONE FOREVER")},
       {says("I read the FAQ."), says("LOL")}},
      {"text.exclaiming",
       "has four exclamation marks or more",
       0.3,
       Points::kFitted,
       [](const Features& f) { return f.shape.exclamations >= 4; },
       {says("wow!! free!!")},
       {says("Great!"), says("no")}},
      {"text.emoji_row",
       "is sprinkled with emoji",
       0.3,
       Points::kFitted,
       [](const Features& f) { return f.shape.emoji >= 6; },
       {says("🔥🔥🔥 win 💰💰💰 big")},
       {says("thanks 🙂"), says("no")}},
      {"text.gibberish",
       "has letters that make no word",
       1,
       Points::kFitted,
       [](const Features& f) { return std::any_of(f.words.begin(), f.words.end(), is_gibberish); },
       {says("sdfkjhgqwrt is here")},
       {says("Schwierigkeit"), says("straightforward")}},
      {"text.repeats",
       "says the same words over and over",
       1,
       Points::kFitted,
       [](const Features& f) {
         return f.words.size() >= 30 && f.distinct_words * 3 < static_cast<int>(f.words.size());
       },
       {says(repeat("cheap pills here ", 20))},
       {says(repeat("ha ", 10)), says("no")}},
      {"text.long_with_address",
       "is long and leaves an address",
       0.4,
       Points::kFitted,
       [](const Features& f) { return f.words.size() >= 150 && f.has_target(); },
       {signed_by("x", "http://a.com", repeat("some words that go on ", 40))},
       {says(repeat("some words that go on ", 40)), signed_by("x", "http://a.com", "short")}},
      {"text.only_flattery",
       "is short praise that fits any page, and nothing of the reader's own",
       0.6,
       Points::kFitted,
       [](const Features& f) {
         return f.words.size() <= 25 && f.topics[Topic::kFlattery] + f.topics[Topic::kTemplatePraise] >= 1 &&
                f.title_words == 0 && f.topics[Topic::kConversation] == 0;
       },
       {says("Great post, keep it up!")},
       {says("The third step failed for me."), says("no")}},
      {"text.short_with_url_field",
       "is short, and the author gives an address",
       0.3,
       Points::kFitted,
       [](const Features& f) { return f.words.size() <= 12 && f.has_author_link() && !f.is_pingback; },
       {signed_by("x", "http://a.com", "so nice to see")},
       {says("so nice to see")}},
      {"text.spintax",
       "shows the choices of a text generator",
       2,
       Points::kFitted,
       [](const Features& f) { return has_spintax(f.content.plain); },
       {says("{Great|Nice|Cool} post"), says("I {really like|love} it")},
       {says("awk '{print $1}' a | sort"), says("either {this} | that")}},
      {"text.off_language",
       "is written in another language than the post",
       0.5,
       Points::kFitted,
       [](const Features& f) {
         const std::string_view site = f.title_language;
         return !f.language.empty() && !site.empty() && f.language != site;
       },
       {says_with("This is what I was looking for, and it is a good thing to have.", &Comment::post_title,
                  "Como instalar o sistema sem um disco")},
       {says_with("Isso não funciona para mim, mas obrigado.", &Comment::post_title,
                  "Como instalar o sistema sem um disco"),
        says("This is what I was looking for.")}},
      {"text.off_title_script",
       "is written in another script than the post's title",
       0.8,
       Points::kFitted,
       // Titles of Chinese or Russian posts may be a product's name in Latin letters: it takes a sentence.
       [](const Features& f) {
         const Script script = f.shape.main_script();
         return !f.title_language.empty() && f.shape.letters >= 10 && script != Script::kLatin &&
                script != Script::kNone;
       },
       {says_with("заходите на мой сайт", &Comment::post_title, "How to grow tomatoes in the shade")},
       {says_with("заходите на мой сайт", &Comment::post_title, "Как вырастить томаты"),
        says_with("заходите на мой сайт", &Comment::post_title, "Cacti"), says("заходите на мой сайт"),
        says_with("Thanks!", &Comment::post_title, "How to grow tomatoes in the shade")}},
      {"text.off_script",
       "is written in another script than the site",
       0.8,
       Points::kHandSet,
       // Only where the platform names the site's language; no training set has both, so the points stay
       // modest.
       [](const Features& f) {
         const SearchedText lang(f.comment.blog_lang);
         const bool latin_site = lang.has_any(
             {"en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "tr"});
         const bool other_site =
             lang.has_any({"ru", "uk", "bg", "sr", "el", "ar", "he", "fa", "zh", "ja", "ko", "th", "hi"});
         const Script script = f.shape.main_script();
         return latin_site && !other_site && f.shape.letters >= 10 && script != Script::kLatin &&
                script != Script::kNone;
       },
       {[] {
         Comment c = says("заходите на мой сайт");
         c.blog_lang = "en_US";
         return c;
       }()},
       {says("заходите на мой сайт"),
        [] {
          Comment c = says("Добрый день всем");
          c.blog_lang = "ru";
          return c;
        }()}},
  };
}

}  // namespace winnow
