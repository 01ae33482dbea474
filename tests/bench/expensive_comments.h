// Comments that were built to cost much, each of a kind. For the benchmark tools/bench worst-case and for
// tests.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

// `piece` over and over, `size` bytes or a little less: pieces stay whole, but for one larger than `size`.
inline std::string repeated(std::string_view piece, std::size_t size) {
  std::string text;
  text.reserve(size);
  while (text.size() + piece.size() <= size) text += piece;
  if (text.empty()) text = piece;
  return text;
}

struct ExpensiveComment {
  const char* name;
  std::string (*make)(std::size_t size);  // `size`: bytes, about
};

inline const std::vector<ExpensiveComment>& expensive_comments() {
  static const std::vector<ExpensiveComment> comments = {
      {"nested tags",
       [](std::size_t n) { return repeated("<div><b>", n / 2) + repeated("</b></div>", n / 2); }},
      {"tags that never end", [](std::size_t n) { return repeated("<a href=", n); }},
      {"quotes that never end", [](std::size_t n) { return repeated("<a title=\"", n); }},
      {"brackets", [](std::size_t n) { return repeated("<", n / 2) + repeated("[", n / 2); }},
      {"comments that never end", [](std::size_t n) { return repeated("<!--", n); }},
      {"scripts that never end", [](std::size_t n) { return repeated("<script><style>", n); }},
      {"BBCode that never ends", [](std::size_t n) { return repeated("[url=http://a.com]", n); }},
      {"Markdown that never ends",
       [](std::size_t n) { return repeated("[a](", n / 2) + repeated("![](", n / 2); }},
      {"links in HTML", [](std::size_t n) { return repeated("<a href=\"//a.co\">x</a>", n); }},
      {"links within links",
       [](std::size_t n) { return repeated("<a href=\"http://a.com\">[url]b.com ", n); }},
      {"100,000 bare links", [](std::size_t n) { return repeated("a.com/b c.de ", n); }},
      {"different links",
       [](std::size_t n) {
         std::string text;
         for (std::size_t i = 0; text.size() + 24 < n; ++i) text += "http://s" + std::to_string(i) + ".com/ ";
         return text;
       }},
      {"one link", [](std::size_t n) { return "http://a.com/" + repeated("b", n - 13); }},
      {"one host", [](std::size_t n) { return "http://" + repeated("a.", n - 10) + "com"; }},
      {"hosts that are none", [](std::size_t n) { return repeated("http://./(", n); }},
      {"hosts that are too long", [](std::size_t n) { return repeated(std::string(64, 'a') + ".com/,", n); }},
      {"links without a blank", [](std::size_t n) { return repeated("<a/href=//a.co>x", n); }},
      {"schemes", [](std::size_t n) { return repeated("http://", n); }},
      {"www", [](std::size_t n) { return repeated("www.", n); }},
      {"defanged links", [](std::size_t n) { return repeated("a[.]b dot com hxxp://c(dot)d ", n); }},
      {"spoken dots", [](std::size_t n) { return repeated("a dot ", n); }},
      {"colons and slashes", [](std::size_t n) { return repeated("://", n); }},
      {"e-mail addresses", [](std::size_t n) { return repeated("a@b.com ", n); }},
      {"one e-mail address", [](std::size_t n) { return repeated("a@b.", n); }},
      {"at signs", [](std::size_t n) { return repeated("@", n); }},
      {"one word", [](std::size_t n) { return repeated("a", n); }},
      {"one word of letters and digits", [](std::size_t n) { return repeated("a1b2", n); }},
      {"one word of letters and signs", [](std::size_t n) { return repeated("a@b$c!", n); }},
      {"one word with hyphens", [](std::size_t n) { return repeated("ab-", n); }},
      {"different words",
       [](std::size_t n) {
         std::string text;
         for (std::size_t i = 0; text.size() + 12 < n; ++i) text += "w" + std::to_string(i * 7919) + " ";
         return text;
       }},
      {"short different words",
       [](std::size_t n) {
         std::string text;
         for (unsigned i = 0; text.size() + 4 < n; ++i)
           text += {static_cast<char>('a' + i % 26), static_cast<char>('a' + i / 26 % 26),
                    static_cast<char>('a' + i / 676 % 26), ' '};
         return text;
       }},
      {"spaced letters", [](std::size_t n) { return repeated("c a s i n o ", n); }},
      {"dotted letters", [](std::size_t n) { return repeated("c.a.s.i.n.o.", n); }},
      {"single letters", [](std::size_t n) { return repeated("a ", n); }},
      {"leet", [](std::size_t n) { return repeated("v1agra c@s1n0 ", n); }},
      {"digits", [](std::size_t n) { return repeated("1", n); }},
      {"telephone numbers", [](std::size_t n) { return repeated("+1 (555) 010-99 ", n); }},
      {"combining marks", [](std::size_t n) { return "a" + repeated("\u0301", n); }},
      {"marks out of order", [](std::size_t n) { return "a" + repeated("\u0301\u0323\u0334\u0345", n); }},
      {"stacked marks", [](std::size_t n) { return repeated("z\u0335\u0336\u0321\u0301", n); }},
      {"zero-width characters", [](std::size_t n) { return repeated("\u200B", n); }},
      {"zero-width joiners in words", [](std::size_t n) { return repeated("a\u200D\u00ADb\u2060", n); }},
      {"bidi controls", [](std::size_t n) { return repeated("\u202Ea\u202C", n); }},
      {"look-alike letters", [](std::size_t n) { return repeated("c\u0430s\u0456n\u043E ", n); }},
      {"one word of look-alike letters", [](std::size_t n) { return repeated("\u0430a\u03BFo", n); }},
      {"mathematical letters", [](std::size_t n) { return repeated("\U0001D41B\U0001D42E\U0001D432 ", n); }},
      {"full-width letters", [](std::size_t n) { return repeated("\uFF42\uFF55\uFF59", n); }},
      {"letters that become 18", [](std::size_t n) { return repeated("\uFDFA", n); }},
      {"letters that become three", [](std::size_t n) { return repeated("\uFB03\u0390 ", n); }},
      {"entities", [](std::size_t n) { return repeated("&lt;&#97;", n); }},
      {"nested entities", [](std::size_t n) { return "&" + repeated("amp;", n) + "lt;"; }},
      {"ampersands", [](std::size_t n) { return repeated("&", n); }},
      {"half entities", [](std::size_t n) { return repeated("&#x0000000", n); }},
      {"entities of marks", [](std::size_t n) { return repeated("&#769;", n); }},
      {"backslashes", [](std::size_t n) { return repeated("\\", n); }},
      {"Arabic and Hebrew", [](std::size_t n) { return repeated("\u0643\u0627\u0632 \u05E9\u05DC a ", n); }},
      {"Han without blanks", [](std::size_t n) { return repeated("\u8D4C\u573A\u514D\u8D39", n); }},
      {"Kana, Hangul and Thai", [](std::size_t n) { return repeated("\u30AB\uC911\u0E04\u0E32\u8D4C", n); }},
      {"Jamo", [](std::size_t n) { return repeated("\u1112\u1161\u11AB", n); }},
      {"Devanagari", [](std::size_t n) { return repeated("\u0915\u094D\u0937\u093F ", n); }},
      {"emoji", [](std::size_t n) { return repeated("\U0001F468\u200D\U0001F469\u200D\U0001F467", n); }},
      {"exclamation marks", [](std::size_t n) { return repeated("!", n); }},
      {"lines", [](std::size_t n) { return repeated("\n", n); }},
      {"blanks", [](std::size_t n) { return repeated(" ", n); }},
      {"quotes", [](std::size_t n) { return repeated("\u201C'a' \"", n); }},
      {"the same praise",
       [](std::size_t n) { return repeated("great post thanks for sharing buy viagra casino ", n); }},
  };
  return comments;
}

}  // namespace winnow
