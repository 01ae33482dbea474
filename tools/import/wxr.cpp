#include "tools/import/wxr.h"

#include <utility>
#include <vector>

#include "tools/import/wordpress.h"
#include "tools/import/xml.h"

namespace winnow {
namespace {

constexpr std::string_view kChannel = "rss/channel";
constexpr std::string_view kItem = "rss/channel/item";
constexpr std::string_view kComment = "rss/channel/item/wp:comment";
constexpr std::size_t kMaxTags = 100;  // of a post

// The name of an element right inside of `around`; empty for any other path.
std::string_view name_inside(std::string_view path, std::string_view around) {
  if (!path.starts_with(around) || path.size() <= around.size() || path[around.size()] != '/') return {};
  path.remove_prefix(around.size() + 1);
  return path.find('/') == std::string_view::npos ? path : std::string_view();
}

class WxrVisitor final : public XmlVisitor {
 public:
  explicit WxrVisitor(const VisitComment& visit) : visit_(visit) {}

  bool open(std::string_view path, std::span<const XmlAttribute>) override {
    if (path == kChannel) is_wxr_ = true;
    if (path == kItem) post_ = {};
    if (path == kComment) {
      row_.clear();
      is_too_long_ = false;
    }
    const std::string_view of_item = name_inside(path, kItem);
    const std::string_view of_channel = name_inside(path, kChannel);
    return of_item == "title" || of_item == "link" || of_item == "category" || of_channel == "link" ||
           of_channel == "language" || !name_inside(path, kComment).empty();
  }

  Result<void> close(std::string_view path, std::string text, bool is_too_long) override {
    if (path == kComment) return hand_on();
    if (const std::string_view name = name_inside(path, kComment); name.starts_with("wp:")) {
      is_too_long_ = is_too_long_ || is_too_long;
      const std::string_view column = name.substr(3);
      row_[column == "comment_id" ? "comment_ID" : std::string(column)] = std::move(text);
      return {};
    }
    const std::string_view of_item = name_inside(path, kItem), of_channel = name_inside(path, kChannel);
    if (of_item == "title")
      post_.title = std::move(text);
    else if (of_item == "link")
      post_.link = std::move(text);
    else if (of_item == "category" && post_.tags.size() < kMaxTags)
      post_.tags.push_back(std::move(text));
    else if (of_channel == "link")
      blog_ = std::move(text);
    else if (of_channel == "language")
      language_ = std::move(text);
    return {};
  }

  bool is_wxr() const { return is_wxr_; }

 private:
  struct Post {
    std::string title;
    std::string link;
    std::vector<std::string> tags;
  };

  Result<void> hand_on() {
    ImportedComment imported = from_wordpress(std::move(row_));
    imported.comment.blog = blog_;
    imported.comment.blog_lang = language_;
    imported.comment.post_title = post_.title;
    imported.comment.permalink = post_.link;
    imported.comment.context = post_.tags;
    if (is_too_long_) {
      imported.standing = Standing::kSkipped;
      imported.why = kTooLong;
    }
    return visit_(std::move(imported));
  }

  const VisitComment& visit_;
  bool is_wxr_ = false;
  std::string blog_;
  std::string language_;
  Post post_;
  WordPressRow row_;
  bool is_too_long_ = false;
};

}  // namespace

Result<void> read_wxr(Input& input, const VisitComment& visit) {
  WxrVisitor visitor(visit);
  if (Result<void> read = read_xml(input, visitor); !read) return read;
  if (!visitor.is_wxr())
    return input.wrong_at(1, "is no export of WordPress: it has no <rss> with a <channel>");
  return {};
}

}  // namespace winnow
