#include "service/http/admin/review_json.h"

#include <map>

#include "classifier/json_text.h"
#include "service/http/admin/verdict_row.h"
#include "service/http/encode.h"

namespace winnow::http::admin {
namespace {

struct Undone {
  const char* name;
  int Disguise::*count;
};
constexpr Undone kUndone[] = {
    {"entities", &Disguise::entities},
    {"tags", &Disguise::tags},
    {"bbcode", &Disguise::bbcode},
    {"invisible", &Disguise::invisible},
    {"compatibility", &Disguise::compatibility},
    {"look_alikes", &Disguise::look_alikes},
    {"stacked_marks", &Disguise::stacked_marks},
    {"leet_words", &Disguise::leet_words},
    {"spaced_words", &Disguise::spaced_words},
};

const char* name_of(LinkForm form) {
  constexpr const char* kNames[] = {"html", "bbcode", "markdown", "bare", "defanged"};
  return kNames[static_cast<std::size_t>(form)];
}

}  // namespace

Json to_json(const Explanation& explanation) {
  Json marks = Json::array();
  for (const Mark& mark : explanation.marks)
    marks.push_back({{"begin", mark.begin}, {"end", mark.end}, {"points", rounded(mark.points)}});
  Json disguise = Json::object();
  for (const auto& [name, count] : kUndone)
    if (const int undone = explanation.text.disguise.*count; undone > 0) disguise[name] = undone;
  return {{"model", explanation.model_id},
          {"text", explanation.text.plain},
          {"marks", std::move(marks)},
          {"disguise", std::move(disguise)},
          {"folded", explanation.text.folded}};
}

Json to_json(const LinkList& links) {
  Json list = Json::array();
  for (const Link& link : links.links)
    list.push_back({{"url", link.url},
                    {"host", link.host},
                    {"domain", link.domain},
                    {"anchor", link.anchor},
                    {"form", name_of(link.form)}});
  return list;
}

Result<Json> to_json(const std::vector<AlikeComment>& alike, const Context& context, const Person& person) {
  Json list = Json::array();
  std::map<SiteId, std::string> urls;
  for (const AlikeComment& each : alike) {
    const FeedbackEvent& event = each.event;
    const bool is_seen = person.may_see(event.site);
    if (is_seen && !urls.contains(event.site)) {
      const Result<Site> site = context.services.store.site(event.site);
      if (!site) return site.error();
      urls[event.site] = site->url;
    }
    Json json = {{"verdict", nullptr},      {"report", event.id},
                 {"site", nullptr},         {"label", to_string(event.label)},
                 {"at", rfc3339(event.at)}, {"likeness", rounded(each.likeness)},
                 {"excerpt", nullptr}};
    if (is_seen && !event.verdict_id.empty()) json["verdict"] = event.verdict_id;
    if (is_seen) json["site"] = site_json(event.site, urls[event.site]);
    if (is_seen) json["excerpt"] = excerpt_of(event.comment.content);
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace winnow::http::admin
