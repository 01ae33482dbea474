// What the text is after: praise off the shelf, an audience, an order, belief in a miracle. One rule a word
// list of data/words, and a second one for several of its phrases.
#include <cstdint>
#include <initializer_list>

#include "classifier/rules/rule.h"
#include "classifier/word_table.h"

namespace winnow {
namespace {

template <Topic topic, int least>
bool has(const Features& f) {
  return f.topics[topic] >= least;
}

struct Listed {};

class Words {
 public:
  Words(std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) words_[word];
  }
  bool contains(std::string_view word) const { return words_.contains(word); }
  bool contains(std::string_view word, std::uint64_t hash) const {
    return words_.find(word, hash) != nullptr;
  }

 private:
  WordTable<Listed> words_;
};

// "check out my new channel", "please sub to me": a call, close behind it "my" or "our", and close behind
// that a thing that lives on an audience; or a call for followers of "me" and "us".
bool asks_for_audience(const Features& f) {
  const std::vector<std::string_view>& words = f.words;
  static const Words calls = {"check", "checkout", "see",  "watch", "visit",   "view",   "subscribe",
                              "sub",   "follow",   "like", "share", "support", "listen", "join",
                              "look",  "vote",     "rate", "come",  "add",     "click"};
  static const Words things = {
      "channel", "channels", "chanel",    "page",       "pages",   "video",   "videos",     "vid",
      "vids",    "blog",     "blogs",     "track",      "tracks",  "music",   "cover",      "covers",
      "song",    "songs",    "remix",     "site",       "website", "profile", "playlist",   "account",
      "fanpage", "facebook", "instagram", "insta",      "twitter", "tiktok",  "soundcloud", "youtube",
      "album",   "mixtape",  "beats",     "gameplay",   "shop",    "store",   "group",      "stuff",
      "podcast", "stream",   "tutorials", "subscribers"};
  static const Words followers = {"subscribe", "sub", "follow", "add"};
  static const Words weak = {"see", "like", "look", "view", "come", "add"};  // calls only right before "my"
  constexpr std::size_t kCallToMine = 5, kMineToThing = 4, kCallToMe = 3;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!calls.contains(words[i], f.word_hashes[i])) continue;
    for (std::size_t k = i + 1; k < words.size() && k <= i + kCallToMine; ++k) {
      const bool me = words[k] == "me" || words[k] == "us";
      if (me && k <= i + kCallToMe && followers.contains(words[i])) return true;
      if (words[k] != "my" && words[k] != "our") continue;
      if (k > i + 1 && weak.contains(words[i])) break;
      for (std::size_t n = k + 1; n < words.size() && n <= k + kMineToThing; ++n)
        if (things.contains(words[n])) return true;
    }
  }
  return false;
}

}  // namespace

std::vector<Rule> pitch_rules() {
  return {
      {"pitch.template",
       "praises in a sentence that is posted everywhere",
       1.5,
       Points::kFitted,
       has<Topic::kTemplatePraise, 1>,
       {says("I stumbled upon your blog and I have bookmarked it")},
       {says("I read your blog at night."), says("no")}},
      {"pitch.templates",
       "praises in several sentences that are posted everywhere",
       1.5,
       Points::kFitted,
       has<Topic::kTemplatePraise, 2>,
       {says("I stumbled upon your blog. You made some decent points there.")},
       {says("I read your blog at night."), says("I like it")}},
      {"pitch.promotion",
       "asks for visits, votes or followers",
       0.8,
       Points::kFitted,
       has<Topic::kPromotion, 1>,
       {says("Check out my channel"), says("please subscribe to my channel")},
       {says("He has a channel, too."), says("no")}},
      {"pitch.promotions",
       "asks again and again for visits, votes or followers",
       1,
       Points::kFitted,
       has<Topic::kPromotion, 2>,
       {says("Check out my channel and please subscribe to my channel, follow me on instagram")},
       {says("Check out my channel"), says("no")}},
      {"pitch.audience",
       "sends the reader to something of the author's own",
       1,
       Points::kFitted,
       asks_for_audience,
       {says("Nice song. See my new track."), says("please sub to me"),
        says("check out this cover on my channel")},
       {says("I see that my video of it is gone."), says("follow the path"), says("see my answer above")}},
      {"pitch.offer",
       "speaks as a business to a customer",
       0.6,
       Points::kFitted,
       has<Topic::kOffer, 1>,
       {says("We are a leading company with affordable price")},
       {says("We were there as well."), says("no")}},
      {"pitch.offers",
       "speaks at length as a business to a customer",
       1,
       Points::kFitted,
       has<Topic::kOffer, 3>,
       {says("We are a leading company, our team of experts works at affordable price, get a free quote")},
       {says("We are a leading company"), says("no")}},
      {"pitch.testimony",
       "tells of a miracle in the words of an advertisement",
       0.8,
       Points::kFitted,
       has<Topic::kTestimony, 1>,
       {says("All thanks to Dr Abo, he brought my husband back")},
       {says("My husband was late from work."), says("no")}},
      {"pitch.testimonies",
       "tells of a miracle at length in the words of an advertisement",
       1.5,
       Points::kFitted,
       has<Topic::kTestimony, 2>,
       {says("All thanks to Dr Abo, he brought my husband back, I will forever be grateful, contact him via "
             "mail")},
       {says("My husband was late from work."), says("no")}},
  };
}

}  // namespace winnow
