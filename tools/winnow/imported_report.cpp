#include "tools/winnow/imported_report.h"

#include <algorithm>
#include <utility>

#include "classifier/model.h"
#include "service/content_key.h"

namespace winnow::cli {
namespace {

constexpr std::size_t kIdDigits = 32;

}  // namespace

std::string report_id(const Site& site, const ImportedComment& imported) {
  if (!imported.report_id.empty() && imported.report_site == site.url) return imported.report_id;
  const std::string label(to_string(imported.standing == Standing::kSpam ? Label::kSpam : Label::kHam));
  // The texts of a Comment have no NUL, so that one text cannot pass for two.
  const std::string which = imported.source_id.empty()
                                ? "text" + ('\0' + imported.comment.content) + '\0' + imported.comment.author
                                : "id" + ('\0' + imported.source_id);
  return sha256_hex("import" + ('\0' + site.url) + '\0' + which + '\0' + label).substr(0, kIdDigits);
}

FeedbackEvent report_of(const Site& site, const std::string& blog, ImportedComment imported, UnixMillis now) {
  FeedbackEvent event;
  event.id = report_id(site, imported);
  event.site = site.id;
  event.at = std::min(imported.at.value_or(now), now);
  event.label = imported.standing == Standing::kSpam ? Label::kSpam : Label::kHam;
  event.comment = std::move(imported.comment);
  if (event.comment.blog.empty()) event.comment.blog = blog;
  event.text_key = content_key(event.comment);
  event.reporter = kImportOrigin;
  event.origin = kImportOrigin;
  return event;
}

}  // namespace winnow::cli
