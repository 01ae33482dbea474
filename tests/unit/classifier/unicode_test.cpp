#include "classifier/unicode.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace winnow;

namespace {

std::string repeated(const std::string& part, std::size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

constexpr auto kSlow = std::chrono::seconds(3);  // an unoptimised, sanitised build included

}  // namespace

TEST_CASE("valid UTF-8 is told from what is not") {
  CHECK(is_valid_utf8(""));
  CHECK(is_valid_utf8("plain"));
  CHECK(is_valid_utf8("Příliš žluťoučký 中文 🙂"));
  for (const std::string& bytes :
       {std::string("\xff"), std::string("a\x80"), std::string("\xc0\xaf"), std::string("\xe2\x82"),
        std::string("\xed\xa0\x80"), std::string("\xf4\x90\x80\x80"), std::string("\0", 1),
        std::string("a\0b", 3)}) {
    CAPTURE(bytes);
    CHECK_FALSE(is_valid_utf8(bytes));
    CHECK(is_valid_utf8(to_valid_utf8(bytes)));
  }
}

TEST_CASE("to_valid_utf8 replaces each ill-formed sequence once and leaves the rest alone") {
  CHECK(to_valid_utf8("ok é") == "ok é");
  CHECK(to_valid_utf8("a\xff\xfe"
                      "b") == "a\uFFFD\uFFFDb");
  CHECK(to_valid_utf8("a\xe2\x82"
                      "b") == "a\uFFFDb");
  CHECK(to_valid_utf8(std::string("a\0b", 3)) == "a\uFFFDb");
  CHECK(to_valid_utf8("a\xe2\x82") == "a\uFFFD");
}

TEST_CASE("a NUL or an ill-formed byte is found at whatever place it stands") {
  for (std::size_t length = 1; length < 20; ++length)
    for (std::size_t at = 0; at < length; ++at)
      for (const char byte : {'\0', '\x80', '\xff'}) {
        std::string text(length, '\x01');
        text[at] = byte;
        CHECK_FALSE(is_valid_utf8(text));
        CHECK(to_valid_utf8(text) ==
              std::string(at, '\x01') + "\uFFFD" + std::string(length - at - 1, '\x01'));
        text[at] = '\x7f';
        CHECK(is_valid_utf8(text));
      }
}

TEST_CASE("clip_utf8 never cuts a character") {
  CHECK(clip_utf8("abc", 5) == "abc");
  CHECK(clip_utf8("abc", 2) == "ab");
  CHECK(clip_utf8("aé", 2) == "a");
  CHECK(clip_utf8("🙂🙂", 7) == "🙂");
  CHECK(clip_utf8("🙂", 3).empty());
  CHECK(clip_utf8("x", 0).empty());
}

TEST_CASE("from_charset reads the charsets that blogs send") {
  CHECK(from_charset("caf\xe9", "ISO-8859-1") == "café");
  CHECK(from_charset("\x93quoted\x94", "iso-8859-1") == "“quoted”");
  CHECK(from_charset("\xcf\xf0\xe8\xe2\xe5\xf2", "windows-1251") == "Привет");
  CHECK(from_charset("\x93\xfa\x96\x7b", "Shift_JIS") == "日本");
  CHECK(from_charset("\xc4\xe3\xba\xc3", "GBK") == "你好");
  CHECK(from_charset("é", "UTF-8") == "é");
  CHECK(from_charset("é", "") == "é");
  CHECK(from_charset("é\xff", "no-such-charset") == "é\uFFFD");
  CHECK(from_charset("é", "../../etc/passwd") == "é");
  CHECK(from_charset(std::string("a\0b", 3), "windows-1251") == "a\uFFFDb");
}

TEST_CASE("code points are walked and written") {
  const std::string text = "aé中🙂";
  std::string copy;
  int count = 0;
  for (std::size_t pos = 0; pos < text.size(); ++count) append_utf8(copy, next_code_point(text, pos));
  CHECK(count == 4);
  CHECK(copy == text);
  std::string replaced;
  append_utf8(replaced, 0xD800);
  append_utf8(replaced, 0x110000);
  CHECK(replaced == "\uFFFD\uFFFD");
}

TEST_CASE("every character belongs to one family of scripts") {
  struct Case {
    char32_t c;
    Script script;
    const char* name;
  };
  for (const auto& [c, script, name] :
       {Case{U'a', Script::kLatin, "latin"}, Case{U'ř', Script::kLatin, "latin"},
        Case{U'ж', Script::kCyrillic, "cyrillic"}, Case{U'λ', Script::kGreek, "greek"},
        Case{U'ش', Script::kArabic, "arabic"}, Case{U'ש', Script::kHebrew, "hebrew"},
        Case{U'中', Script::kHan, "han"}, Case{U'ひ', Script::kKana, "kana"},
        Case{U'カ', Script::kKana, "kana"}, Case{U'한', Script::kHangul, "hangul"},
        Case{U'ก', Script::kThai, "thai"}, Case{U'ह', Script::kIndic, "indic"},
        Case{U'த', Script::kIndic, "indic"}, Case{U'ა', Script::kOther, "other"},
        Case{U'1', Script::kNone, "none"}, Case{U'.', Script::kNone, "none"},
        Case{U'🙂', Script::kNone, "none"}, Case{U'\u0301', Script::kNone, "none"}}) {
    CAPTURE(static_cast<std::uint32_t>(c));
    CHECK(script_of(c) == script);
    CHECK(to_string(script_of(c)) == name);
  }
}

TEST_CASE("kinds of characters") {
  CHECK(is_letter(U'z'));
  CHECK(is_letter(U'ñ'));
  CHECK(is_letter(U'字'));
  CHECK(is_letter(U'\u0301'));
  CHECK(is_letter(U'ा'));
  CHECK_FALSE(is_letter(U'1'));
  CHECK_FALSE(is_letter(U'@'));
  CHECK_FALSE(is_letter(U'🙂'));
  CHECK(is_upper(U'Ž'));
  CHECK_FALSE(is_upper(U'ž'));
  CHECK_FALSE(is_upper(U'中'));
  CHECK(is_digit(U'7'));
  CHECK(is_digit(U'٣'));
  CHECK_FALSE(is_digit(U'½'));
  CHECK(is_emoji(U'🙂'));
  CHECK(is_emoji(U'❤'));
  CHECK(is_emoji(U'🏽'));
  CHECK_FALSE(is_emoji(U'7'));
  CHECK_FALSE(is_emoji(U'©'));
  CHECK_FALSE(is_emoji(U'中'));
  for (const char32_t c :
       {U'\u200B', U'\u200D', U'\u202E', U'\u00AD', U'\uFEFF', U'\uFE0F', U'\U000E0041', U'\u2060'}) {
    CAPTURE(static_cast<std::uint32_t>(c));
    CHECK(is_invisible(c));
  }
  CHECK_FALSE(is_invisible(U' '));
  CHECK_FALSE(is_invisible(U'\u00A0'));
  CHECK(is_combining(U'\u0301'));
  CHECK(is_combining(U'\u20E3'));
  CHECK_FALSE(is_combining(U'e'));
}

TEST_CASE("fold and nfkc") {
  CHECK(fold("PLAIN text") == "plain text");
  CHECK(fold("Straße ＣＡＳＩＮＯ ①") == "strasse casino 1");
  CHECK(fold("ПРИВЕТ") == "привет");
  CHECK(fold("Cafe\u0301") == "café");
  CHECK(fold("vi\u200Bagra") == "viagra");
  CHECK(nfkc("Cafe\u0301 ＡＢ 𝐯𝐢𝐚") == "Café AB via");
  CHECK(nfkc("Plain") == "Plain");
}

TEST_CASE("letters that look Latin") {
  struct Case {
    char32_t c;
    char letter;
  };
  for (const auto& [c, letter] :
       {Case{U'а', 'a'}, Case{U'А', 'a'}, Case{U'е', 'e'}, Case{U'о', 'o'}, Case{U'О', 'o'}, Case{U'р', 'p'},
        Case{U'Р', 'p'}, Case{U'с', 'c'}, Case{U'х', 'x'}, Case{U'у', 'y'}, Case{U'і', 'i'}, Case{U'І', 'i'},
        Case{U'ѕ', 's'}, Case{U'ј', 'j'}, Case{U'В', 'b'}, Case{U'в', 'b'}, Case{U'Н', 'h'}, Case{U'н', 'h'},
        Case{U'М', 'm'}, Case{U'м', 'm'}, Case{U'т', 't'}, Case{U'к', 'k'}, Case{U'α', 'a'}, Case{U'Α', 'a'},
        Case{U'ο', 'o'}, Case{U'ν', 'v'}, Case{U'ι', 'i'}, Case{U'Ι', 'i'}, Case{U'ε', 'e'}, Case{U'η', 'n'},
        Case{U'ω', 'w'}, Case{U'օ', 'o'}, Case{U'Ꭺ', 'a'}, Case{U'ꓐ', 'b'}, Case{U'ⲟ', 'o'}}) {
    CAPTURE(static_cast<std::uint32_t>(c));
    CHECK(latin_look_alike(c) == static_cast<char32_t>(letter));
  }
  for (const char32_t c : {U'a', U'é', U'я', U'ж', U'д', U'ш', U'λ', U'μ', U'中', U'口', U'ㅇ', U'カ', U'ا',
                           U'ס', U'०', U'🙂'}) {
    CAPTURE(static_cast<std::uint32_t>(c));
    CHECK(latin_look_alike(c) == c);
  }
}

TEST_CASE("a megabyte of anything costs linear time") {
  for (const std::string& text :
       {repeated("a", 1 << 20), repeated("\u0301", 1 << 19),
        "a" + repeated("\u0301", 1 << 18) + repeated("\u0323", 1 << 18), repeated("\u0301\u0323", 1 << 18),
        repeated("\u1161", 1 << 18), repeated("\u0301\u200D\u0323\u034F", 1 << 17),
        repeated("\uFDFA", 1 << 17), repeated("\xff", 1 << 20)}) {
    const auto start = std::chrono::steady_clock::now();
    const std::string valid = to_valid_utf8(text);
    CHECK(is_valid_utf8(nfkc(valid)));
    CHECK(is_valid_utf8(fold(valid)));
    CHECK(std::chrono::steady_clock::now() - start < kSlow);
  }
}
