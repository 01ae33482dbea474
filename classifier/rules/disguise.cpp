// Disguise: how much had to be undone before the text could be read.
#include "classifier/rules/rule.h"

namespace winnow {
namespace {

int undone_letters(const Disguise& d) {
  return d.look_alikes + d.compatibility + d.invisible;
}

}  // namespace

std::vector<Rule> disguise_rules() {
  return {
      {"disguise.look_alikes",
       "uses letters of another script that look like Latin ones",
       2,
       Points::kFitted,
       [](const Features& f) { return f.content.disguise.look_alikes > 0; },
       {says("саsinо bonus"), says("frее рills for all of you")},
       {says("казино и казна"), says("naïve café")}},
      {"disguise.fancy_letters",
       "writes in decorated letters (mathematical, circled, full-width)",
       1.5,
       Points::kFitted,
       [](const Features& f) { return f.content.disguise.compatibility >= 3; },
       {says("𝐛𝐢𝐠 𝐰𝐢𝐧"), says("ⓦⓘⓝ now")},
       {says("10 m² at 5 ℃"), says("hello")}},
      {"disguise.invisible",
       "hides characters that cannot be seen inside words",
       1.2,
       Points::kFitted,
       [](const Features& f) { return f.content.disguise.invisible >= 2; },
       {says("ca\u200Bsi\u200Bno")},
       {says("hello"), says("می‌خواهم")}},
      {"disguise.leet",
       "writes words with digits or signs for letters",
       1,
       Points::kFitted,
       [](const Features& f) { return f.content.disguise.leet_words > 0; },
       {says("cheap v1agra")},
       {says("mp3 and h264 in 4k"), says("hello")}},
      {"disguise.spaced",
       "spaces the letters of a word out",
       1,
       Points::kFitted,
       [](const Features& f) { return f.content.disguise.spaced_words > 0; },
       {says("play c a s i n o now")},
       {says("a b test"), says("hello")}},
      {"disguise.stacked_marks",
       "stacks marks on letters",
       1,
       Points::kFitted,
       [](const Features& f) { return f.content.disguise.stacked_marks >= 3; },
       {says("c\u0301\u0302\u0303\u0304\u0305\u0306asino")},
       {says("Việt Nam"), says("hello")}},
      {"disguise.name",
       "disguises the letters of the author's name",
       1,
       Points::kFitted,
       [](const Features& f) { return undone_letters(f.author.disguise) >= 2; },
       {signed_by("𝐒𝐥𝐨𝐭 88", "", "ok"), signed_by("Саsino bоnus", "", "ok")},
       {signed_by("Анна", "", "ok"), signed_by("Zoë", "", "ok")}},
      {"disguise.entities",
       "writes letters as HTML character numbers",
       0.5,
       Points::kFitted,
       [](const Features& f) { return f.content.disguise.entities >= 20; },
       {says("&#99;&#97;&#115;&#105;&#110;&#111;&#99;&#97;&#115;&#105;&#110;&#111;&#99;&#97;&#115;&#105;&#"
             "110;&#111;&#99;&#97;&#115;")},
       {says("Tom &amp; Jerry"), says("hello")}},
  };
}

}  // namespace winnow
