#include "tools/import/wordpress.h"

#include <algorithm>
#include <array>

#include "tools/import/written_at.h"

namespace winnow {
namespace {

// Types of comments that no visitor wrote: WooCommerce and its scheduler, Easy Digital Downloads, the block
// editor's notes.
constexpr std::array<std::string_view, 5> kTypesOfPlugins = {"order_note", "action_log", "webhook_delivery",
                                                             "edd_payment_note", "note"};

void set_standing(ImportedComment& imported, std::string_view approved) {
  const auto skip = [&](std::string_view why) {
    imported.standing = Standing::kSkipped;
    imported.why = why;
  };
  if (std::ranges::find(kTypesOfPlugins, imported.comment.type) != kTypesOfPlugins.end())
    skip("not by a visitor (notes and logs of plug-ins)");
  else if (approved == "1" || approved == "approve" || approved == "approved")
    imported.standing = Standing::kHam;
  else if (approved == "spam")
    imported.standing = Standing::kSpam;
  else if (approved == "0" || approved == "hold")
    imported.standing = Standing::kWaiting;
  else if (approved == "trash" || approved == "post-trashed")
    skip("in the trash, which is no verdict");
  else
    skip("of a status that WordPress does not know");
}

}  // namespace

ImportedComment from_wordpress(WordPressRow row) {
  ImportedComment imported;
  Comment& comment = imported.comment;
  comment.content = std::move(row["comment_content"]);
  comment.author = std::move(row["comment_author"]);
  comment.author_email = std::move(row["comment_author_email"]);
  comment.author_url = std::move(row["comment_author_url"]);
  comment.user_ip = std::move(row["comment_author_IP"]);
  comment.user_agent = std::move(row["comment_agent"]);
  comment.type = row["comment_type"].empty() ? "comment" : std::move(row["comment_type"]);
  comment.parent = std::move(row["comment_parent"]);
  imported.at = parse_time(row["comment_date_gmt"]);
  if (!imported.at) imported.at = parse_time(row["comment_date"]);
  if (imported.at) comment.date_gmt = iso_text(*imported.at);
  if (!row["comment_ID"].empty()) imported.source_id = "wordpress:" + row["comment_ID"];
  set_standing(imported, row["comment_approved"]);
  return imported;
}

}  // namespace winnow
