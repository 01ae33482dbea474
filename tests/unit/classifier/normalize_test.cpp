#include "classifier/normalize.h"

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

std::string plain(const std::string& text) {
  return normalize(text).plain;
}

std::string folded(const std::string& text) {
  return normalize(text).folded;
}

int disguises(const std::string& text) {
  const Disguise d = normalize(text).disguise;
  return d.invisible + d.compatibility + d.look_alikes + d.stacked_marks + d.leet_words + d.spaced_words;
}

}  // namespace

TEST_CASE("ordinary text keeps its words and has no disguise") {
  for (const char* text :
       {"Thanks for the post, I learned a lot! See you in 2024 at 10:30.",
        "Díky za článek, žluťoučký kůň úpěl.", "Спасибо за статью, очень помогло. Буду читать дальше!",
        "谢谢分享。学到了很多。", "شكرا على المقال الرائع", "ありがとうございます。とても参考になりました。",
        "감사합니다 정말 좋은 글이네요", "תודה רבה על הפוסט", "ขอบคุณครับ บทความดีมาก", "Ευχαριστώ για το άρθρο",
        "Cảm ơn bạn rất nhiều về bài viết", "தமிழில் எழுதியதற்கு நன்றி"}) {
    CAPTURE(std::string(text));
    CHECK(plain(text) == text);
    CHECK(disguises(text) == 0);
  }
  CHECK(plain("谢谢分享，学到了很多。") == "谢谢分享,学到了很多。");
  CHECK(folded("Thanks For The POST") == "thanks for the post");
  CHECK(folded("СПАСИБО") == "спасибо");
  CHECK(plain("").empty());
  CHECK(folded("   ").empty());
}

TEST_CASE("joiners, emoji and flags survive in plain") {
  for (const char* text : {
           "क्‍ष हिन्दी श्री‌मान",  // ZWJ and ZWNJ shape Devanagari
           "می‌خواهم",                                         // ZWNJ in Persian
           "family 👨‍👩‍👧‍👦 ok",                       // ZWJ between emoji
           "👩🏽‍💻 thumbs 👍🏿",                           // skin tones
           "🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇨🇿🇸🇰 ❤️ 1️⃣",  // flags, variation
                                                                                           // selectors,
                                                                                           // keycap
           "🤷‍♀️ 🙂‍↔️",
       }) {
    CAPTURE(std::string(text));
    const NormalizedText result = normalize(text);
    CHECK(result.plain == text);
    CHECK(result.disguise.invisible == 0);
    CHECK(result.disguise.compatibility == 0);
    CHECK(result.disguise.stacked_marks == 0);
  }
}

TEST_CASE("slashes that WordPress adds are removed first") {
  CHECK(unslash(R"(it\'s \"so\" c:\\new c:\new)") == R"(it's "so" c:\new c:\new)");
  CHECK(unslash("end\\") == "end\\");
  CHECK(plain(R"(it\'s <a href=\"http://x.com\">here\\there</a>)") == R"(it's here\there)");
}

TEST_CASE("markup is undone and counted") {
  struct Case {
    const char* text;
    const char* plain;
    int tags, bbcode, entities;
  };
  for (const auto& [text, expected, tags, bbcode, entities] : {
           Case{"<p>One</p><p>Two<br/>three</p>", "One Two three", 5, 0, 0},
           Case{"vi<b></b>ag<i>r</i>a", "viagra", 4, 0, 0},
           Case{"a<!-- hidden <b> --><script>var x = '<p>';</script>b<STYLE>p{}</STYLE >c", "abc", 3, 0, 0},
           Case{"<a href='x>y' title=\"a<b\">go</a>", "go", 2, 0, 0},
           Case{"<a title=it's href=x>go</a> it's", "go it's", 2, 0, 0},
           Case{"1 < 2 and 3 > 2, a<b) I <3 you", "1 < 2 and 3 > 2, a<b) I <3 you", 0, 0, 0},
           Case{"see <http://example.com/a> and <me@example.com>",
                "see <http://example.com/a> and <me@example.com>", 0, 0, 0},
           Case{"open <a href=\"http://x.com", "open <a href=\"http://x.com", 0, 0, 0},
           Case{"[b]bold[/b] [url=http://x.com]here[/url] [img]y[/img]", "bold here y", 0, 6, 0},
           Case{"[quote author=me]old[/quote] [color=\"red\"]new[/color]", "old new", 0, 4, 0},
           Case{"a[i] + b[0] [1] [sic] [code below]", "a[i] + b[0] [1] [sic] [code below]", 0, 0, 0},
           Case{"Tom &amp; Jerry &lt;b&gt; &#x41;&#66;&#0067; &eacute;&hellip;", "Tom & Jerry <b> ABC é...",
                0, 0, 8},
           Case{"AT&T &foo; a&b=1&copy=2 &amp", "AT&T &foo; a&b=1&copy=2 &", 0, 0, 1},
           Case{"&#0;&#xFFFFFFFFF;&#xD800;&#150;", "\uFFFD\uFFFD\uFFFD\u2013", 0, 0, 4},
           Case{"&amp;lt;", "&lt;", 0, 0, 1},
           Case{"&#118i&#97gra", "viagra", 0, 0, 2},
       }) {
    CAPTURE(std::string(text));
    const NormalizedText result = normalize(text);
    CHECK(result.plain == expected);
    CHECK(result.disguise.tags == tags);
    CHECK(result.disguise.bbcode == bbcode);
    CHECK(result.disguise.entities == entities);
  }
}

TEST_CASE("blanks and control characters are folded") {
  CHECK(plain("  a \t\r\n\n b\u00A0\u3000c\u2003d\x01\x7F"
              "e ") == "a b c d e");
  CHECK(plain("don\u00B4t") == "don't");
  CHECK(folded("Don’t “quote”") == "don't \"quote\"");
}

TEST_CASE("invisible characters are removed and counted") {
  struct Case {
    const char* text;
    const char* plain;
    int invisible;
  };
  for (const auto& [text, expected, invisible] : {
           Case{"via\u200Bgra c\u00ADa\u2060si\u200Dno", "viagra casino", 4},
           Case{"加\u200B微\u200B信", "加微信", 2},
           Case{"\uFEFFHello", "Hello", 0},
           Case{"He\uFEFFllo", "Hello", 1},
           Case{"abc\u202Efed", "abcfed", 1},
           Case{"مرحبا\u200F بك\u200E", "مرحبا بك", 0},
           Case{"a\uFE0Fb\uFE0F", "ab", 2},
           Case{"hi\U000E0068\U000E0069", "hi", 2},
           Case{"&#8203;v&zwnj;i", "vi", 2},
           Case{"ភាសា\u200Bខ្មែរ", "ភាសាខ្មែរ", 0},
       }) {
    CAPTURE(std::string(text));
    const NormalizedText result = normalize(text);
    CHECK(result.plain == expected);
    CHECK(result.disguise.invisible == invisible);
  }
}

TEST_CASE("dressed-up letters become plain ones and are counted") {
  struct Case {
    const char* text;
    const char* plain;
    int compatibility;
  };
  for (const auto& [text, expected, compatibility] : {
           Case{"𝐯𝒊𝓪𝔤𝕣𝖆", "viagra", 6},
           Case{"𝟏𝟎𝟎", "100", 3},
           Case{"ⓒⓐⓢⓘⓝⓞ", "casino", 6},
           Case{"🄲🄰🅂🄸🄽🄾 🅒🅐🅢🅘🅝🅞 🅲🅰🆂🅸🅽🅾", "CASINO CASINO CASINO", 18},
           Case{"ｃａｓｉｎｏ", "casino", 6},
           Case{"今だけＡＢＣ", "今だけABC", 0},
           Case{"🇻🇮🇦🇬🇷🇦", "VIAGRA", 6},
           Case{"🇧 🇺 🇾", "B U Y", 3},
           Case{"type 🅰 or 🅱", "type 🅰 or 🅱", 0},
           Case{"ᵛⁱᵃᵍʳᵃ", "viagra", 6},
           Case{"10 m² of Nº 5™ ½ ﬁn", "10 m2 of No 5TM 1⁄2 fin", 0},
       }) {
    CAPTURE(std::string(text));
    const NormalizedText result = normalize(text);
    CHECK(result.plain == expected);
    CHECK(result.disguise.compatibility == compatibility);
  }
  CHECK(folded("ᴠɪᴀɢʀᴀ") == "viagra");
  CHECK(normalize("ᴠɪᴀɢʀᴀ").disguise.compatibility == 6);
  CHECK(normalize("[ˈlɪt(ə)rəli]").disguise.compatibility == 0);
}

TEST_CASE("look-alike letters are replaced in words that mix scripts") {
  struct Case {
    const char* text;
    const char* folded;
    int look_alikes;
  };
  for (const auto& [text, expected, look_alikes] : {
           Case{"free vіаgrа now", "free viagra now", 3},
           Case{"раypal login", "paypal login", 2},
           Case{"ВUY сhеар", "buy cheap", 5},
           Case{"cαsino bοnus", "casino bonus", 2},
           Case{"get ѕех here today my good friend", "get sex here today my good friend", 3},
           Case{"играй в кaзинo", "играй в казино", 2},
           Case{"много iPhoneов и PDFы купил", "много iphoneов и pdfы купил", 0},
           Case{"The Russian word сор means litter, сор из избы",
                "the russian word сор means litter, сор из избы", 0},
           Case{"она сказала нет вам там", "она сказала нет вам там", 0},
           Case{"levels of TNFα and IFNγ, 5 μm, βHCG", "levels of tnfα and ifnγ, 5 μm, βhcg", 0},
           Case{"iPhone手机 الPHP", "iphone手机 الphp", 0},
           Case{"Ελλάδα και Python", "ελλάδα και python", 0},
       }) {
    CAPTURE(std::string(text));
    const NormalizedText result = normalize(text);
    CHECK(result.folded == expected);
    CHECK(result.disguise.look_alikes == look_alikes);
  }
  CHECK(plain("vіаgrа") == "vіаgrа");
}

TEST_CASE("stacked marks are removed from folded and counted") {
  const std::string zalgo =
      "v" + repeated("\u0336\u0310\u0352", 4) + "ia" + repeated("\u0353\u0316", 3) + "gra";
  CHECK(folded(zalgo) == "viagra");
  CHECK(normalize(zalgo).disguise.stacked_marks > 8);
  CHECK(folded("v\u0336i\u0336a\u0336") == "via");
  CHECK(folded("Cafe\u0301") == "café");
  CHECK(folded("biê\u0309u tiếng Việt") == "biểu tiếng việt");
  CHECK(disguises("שָׁלוֹם בְּרֵאשִׁית مُحَمَّدٌ မြန်မာစာ ความน้ำ") == 0);
}

TEST_CASE("digits and signs inside of words are read as letters") {
  struct Case {
    const char* text;
    const char* folded;
    int leet_words;
  };
  for (const auto& [text, expected, leet_words] : {
           Case{"V1agra and c1al1s", "viagra and cialis", 2},
           Case{"c@s1no p0ker fr33", "casino poker free", 3},
           Case{"v!agra, ca$h! $ex", "viagra, cash! sex", 3},
           Case{"p0rn sl0t on1ine b00bs m0ney", "porn slot online boobs money", 5},
           Case{"W1NNER", "winner", 1},
       }) {
    CAPTURE(std::string(text));
    const NormalizedText result = normalize(text);
    CHECK(result.folded == expected);
    CHECK(result.disguise.leet_words == leet_words);
  }
}

TEST_CASE("identifiers, numbers and addresses are no leet") {
  for (const char* text : {"h264",
                           "utf8",
                           "mp3",
                           "mp3s",
                           "x86",
                           "i18n",
                           "l10n",
                           "a11y",
                           "win32",
                           "4gb",
                           "2nd",
                           "1st",
                           "100",
                           "3.14",
                           "0x1f4a",
                           "deadbeef01",
                           "a1b3c4d",
                           "v1.0.3",
                           "c3d4e5",
                           "iphone5s",
                           "python3pip",
                           "usb3s",
                           "log4j",
                           "md5sum",
                           "covid19",
                           "1080p",
                           "h1n1",
                           "co2",
                           "$this->foo",
                           "$name",
                           "wow!great stuff",
                           "@j0hn",
                           "meet@home",
                           "dqw4w9wgxcq",
                           "c4sino.com",
                           "http://c4sino.com/v1agra",
                           "www.p0ker.net",
                           "c4sino@p0ker.com",
                           "(https://x.com/c4sino)",
                           "70s",
                           "b2b",
                           "p2p",
                           "f1",
                           "ps5",
                           "web3",
                           "e2e",
                           "10x",
                           "24/7",

                           "café4you",
                           "webhost4life",
                           "[x|ht]ml"}) {
    CAPTURE(std::string(text));
    const NormalizedText result = normalize(text);
    CHECK(result.folded == text);
    CHECK(result.disguise.leet_words == 0);
  }
}

TEST_CASE("spaced-out words are joined") {
  struct Case {
    const char* text;
    const char* folded;
    int spaced_words;
  };
  for (const auto& [text, expected, spaced_words] : {
           Case{"best c a s i n o ever", "best casino ever", 1},
           Case{"v.i.a.g.r.a", "viagra", 1},
           Case{"buy v-i-a-g-r-a and c*i*a*l*i*s, p_o_r_n!", "buy viagra and cialis, porn!", 3},
           Case{"v . i . a . g . r . a", "viagra", 1},
           Case{"c🔥a🔥s🔥i🔥n🔥o", "casino", 1},
           Case{"c 💰 a 💰 s 💰 h", "cash", 1},
           Case{"к а з и н о тут", "казино тут", 1},
           Case{"加 微 信 号", "加微信号", 1},
           Case{"The U.S.S.R. fell", "the ussr. fell", 1},
           Case{"e.g. i.e. U.S.A. a.k.a. p.s.", "e.g. i.e. u.s.a. a.k.a. p.s.", 0},
           Case{"a b c", "a b c", 0},
           Case{"see a.b.c.d.example.com and http://x.y/a/b/c/d",
                "see a.b.c.d.example.com and http://x.y/a/b/c/d", 0},
           Case{"/a-b-c-d-e ?q=a_b_c_d x-y-z-w-axis", "/a-b-c-d-e ?q=a_b_c_d x-y-z-w-axis", 0},
           Case{"나 는 너 를", "나 는 너 를", 0},
           Case{"1 2 3 4 5", "1 2 3 4 5", 0},
       }) {
    CAPTURE(std::string(text));
    const NormalizedText result = normalize(text);
    CHECK(result.folded == expected);
    CHECK(result.disguise.spaced_words == spaced_words);
  }
}

TEST_CASE("text in a URL survives as written") {
  const char* text = "see https://Example.com/V1agra?a=1&b=2#c-a-s-i-n-o, https://x.y/a.b.c.d.e";
  CHECK(plain(text) == text);
  CHECK(folded(text) == "see https://example.com/v1agra?a=1&b=2#c-a-s-i-n-o, https://x.y/a.b.c.d.e");
}

TEST_CASE("normalising what is normalised changes nothing") {
  for (const char* text : {"best c a s i n o V1agra vіаgrа", "Příliš žluťoučký", "मैं हिन्दी बोलता हूँ",
                           "hello 👩🏽‍💻 world"}) {
    CAPTURE(std::string(text));
    CHECK(folded(folded(text)) == folded(text));
    CHECK(plain(plain(text)) == plain(text));
  }
}

TEST_CASE("time is linear whatever is sent") {
  for (const std::string& part : {std::string("<"),
                                  std::string("a"),
                                  std::string("\u0301"),
                                  std::string("["),
                                  std::string("&"),
                                  std::string("http"),
                                  std::string("<a "),
                                  std::string("<a =\""),
                                  std::string("<a \"<b '"),
                                  std::string("<!--"),
                                  std::string("<!"),
                                  std::string("<script>"),
                                  std::string("[url="),
                                  std::string("[url]"),
                                  std::string("[b]"),
                                  std::string("&#"),
                                  std::string("&#000"),
                                  std::string("\\"),
                                  std::string("a."),
                                  std::string("a 🔥 "),
                                  std::string("1a"),
                                  std::string("v1agra "),
                                  std::string("а"),
                                  std::string("aа"),
                                  std::string("\u200D"),
                                  std::string("🇻"),
                                  std::string("🅰"),
                                  std::string("\uFDFA"),
                                  std::string("$"),
                                  std::string("a.bc"),
                                  std::string("\u0301\u0323"),
                                  std::string("👩\u200D"),
                                  std::string("\U0001F3F4\U000E0067"),
                                  std::string("<div>"),
                                  std::string("&amp;"),
                                  std::string("\u0336"),
                                  std::string("\xE0\xA5\x8D\u200D")}) {
    CAPTURE(part);
    const std::string text = repeated(part, (std::size_t{1} << 16) / part.size());
    for (const char* end : {"", ">", "]", "-->"}) {
      const auto start = std::chrono::steady_clock::now();
      const NormalizedText result = normalize(text + end);
      CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
      CHECK(result.plain.size() < 12 * text.size());
    }
  }
  const std::string nested = repeated("<div>", 10000) + "x" + repeated("</div>", 10000);
  CHECK(normalize(nested).plain == "x");
  CHECK(normalize(nested).disguise.tags == 20000);
}
