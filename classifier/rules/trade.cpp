// Trades that live on spam, one rule a word list of data/words. Honest people speak of them too, so one
// phrase is weak; many, or one beside a link, say more.
#include "classifier/rules/rule.h"

namespace winnow {
namespace {

template <Topic topic>
bool mentions(const Features& f) {
  return f.topics[topic] >= 1;
}

bool has_target(const Features& f) {
  return f.links.total > 0 || f.has_author_link();
}

}  // namespace

std::vector<Rule> trade_rules() {
  return {
      {"trade.pharmacy",
       "speaks of medicine that is sold without asking",
       1,
       Points::kFitted,
       mentions<Topic::kPharmacy>,
       {says("Buy viagra without prescription"), says("купить дженерики")},
       {says("my doctor was kind"), says("vi is an editor")}},
      {"trade.gambling",
       "speaks of casinos, slots or betting",
       1,
       Points::kFitted,
       mentions<Topic::kGambling>,
       {says("best online casino"), says("situs slot gacor"), says("娱乐城 欢迎")},
       {says("a slot in the toaster"), says("hello")}},
      {"trade.adult",
       "speaks of sex for money or on a screen",
       1,
       Points::kFitted,
       mentions<Topic::kAdult>,
       {says("hot girls on live cams"), says("проститутки города")},
       {says("the girls went home"), says("hello")}},
      {"trade.loans",
       "offers money on loan",
       1,
       Points::kFitted,
       mentions<Topic::kLoans>,
       {says("apply for a loan at 2%"), says("займ онлайн на карту")},
       {says("my bank was closed"), says("hello")}},
      {"trade.crypto",
       "offers profit from coins or trading",
       1,
       Points::kFitted,
       mentions<Topic::kCrypto>,
       {says("a recovery expert got my lost funds back"), says("binary options pay")},
       {says("the coin fell"), says("hello")}},
      {"trade.essays",
       "offers essays, degrees or papers",
       1,
       Points::kFitted,
       mentions<Topic::kEssays>,
       {says("they write my essay in a day"), says("buy driving licence here")},
       {says("I liked your essay"), says("hello")}},
      {"trade.counterfeit",
       "offers brands at a price that they do not have",
       1,
       Points::kFitted,
       mentions<Topic::kCounterfeit>,
       {says("replica rolex for you"), says("cheap nfl jerseys")},
       {says("a watch from my father"), says("hello")}},
      {"trade.marketing",
       "offers rankings, traffic or followers",
       1,
       Points::kFitted,
       mentions<Topic::kMarketing>,
       {says("first page of google with our seo services"), says("раскрутка сайта")},
       {says("I search with it"), says("hello")}},
      {"trade.support",
       "offers a help line or a local trade",
       0.8,
       Points::kFitted,
       mentions<Topic::kSupport>,
       {says("quickbooks support number"), says("packers and movers in town")},
       {says("I support you"), says("hello")}},
      {"trade.occult",
       "tells of spells, cures or hackers for hire",
       1.5,
       Points::kFitted,
       mentions<Topic::kOccult>,
       {says("a spell caster brought him back"), says("hire a hacker today")},
       {says("I cannot spell"), says("hello")}},
      {"trade.warez",
       "offers cracks, streams or downloads",
       0.8,
       Points::kFitted,
       mentions<Topic::kWarez>,
       {says("mod apk with unlimited coins"), says("скачать торрент")},
       {says("the cup has a crack"), says("hello")}},
      {"trade.several",
       "names three or more things that spam sells",
       1.5,
       Points::kFitted,
       [](const Features& f) { return f.topics.trades() >= 3; },
       {says("viagra, cialis and levitra")},
       {says("casino and poker online"), says("hello")}},
      {"trade.with_link",
       "names something that spam sells beside a link",
       1,
       Points::kFitted,
       [](const Features& f) { return f.topics.trades() >= 1 && has_target(f); },
       {says("casino http://a.com"), signed_by("x", "http://a.com", "casino")},
       {says("casino"), says("http://a.com")}},
  };
}

}  // namespace winnow
