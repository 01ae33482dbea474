#include "tools/import/disqus.h"

#include <unordered_map>
#include <utility>

#include "tools/import/written_at.h"
#include "tools/import/xml.h"

namespace winnow {
namespace {

constexpr std::string_view kThread = "disqus/thread";
constexpr std::string_view kPost = "disqus/post";
constexpr std::size_t kMaxThreadBytes = 128 << 20;
constexpr std::size_t kThreadOverhead = 128;  // of a thread in memory, beside its texts

std::string id_of(std::span<const XmlAttribute> attributes) {
  for (const XmlAttribute& attribute : attributes)
    if (attribute.name == "dsq:id") return std::string(attribute.value);
  return "";
}

class DisqusVisitor final : public XmlVisitor {
 public:
  explicit DisqusVisitor(const VisitComment& visit) : visit_(visit) {}

  bool open(std::string_view path, std::span<const XmlAttribute> attributes) override {
    if (path == "disqus") is_disqus_ = true;
    if (path == kThread) {
      thread_id_ = id_of(attributes);
      thread_ = {};
    }
    if (path == kPost) {
      post_ = {};
      post_.id = id_of(attributes);
    }
    if (path == "disqus/post/thread") post_.thread = id_of(attributes);
    if (path == "disqus/post/parent") post_.comment.parent = id_of(attributes);
    return path == "disqus/thread/link" || path == "disqus/thread/title" || path.starts_with("disqus/post/");
  }

  Result<void> close(std::string_view path, std::string text, bool is_too_long) override {
    if (path == kPost) return hand_on();
    if (path == kThread) keep_thread();
    if (path == "disqus/thread/link")
      thread_.link = std::move(text);
    else if (path == "disqus/thread/title")
      thread_.title = std::move(text);
    else if (path.starts_with("disqus/post/")) {
      post_.is_too_long = post_.is_too_long || is_too_long;
      set(path.substr(kPost.size() + 1), std::move(text));
    }
    return {};
  }

  bool is_disqus() const { return is_disqus_; }

 private:
  struct Thread {
    std::string link;
    std::string title;
  };
  struct Post {
    std::string id;
    std::string thread;
    Comment comment;
    std::string created;
    bool is_spam = false;
    bool is_deleted = false;
    bool is_too_long = false;
  };

  std::string* place_of(std::string_view name) {
    Comment& comment = post_.comment;
    if (name == "message") return &comment.content;
    if (name == "createdAt") return &post_.created;
    if (name == "ipAddress") return &comment.user_ip;
    if (name == "author/name") return &comment.author;
    if (name == "author/email") return &comment.author_email;
    return name == "author/link" || name == "author/url" ? &comment.author_url : nullptr;
  }

  // `name`: of an element of the post, behind the post's path.
  void set(std::string_view name, std::string text) {
    if (name == "isSpam") post_.is_spam = text == "true";
    if (name == "isDeleted") post_.is_deleted = text == "true";
    if (std::string* const place = place_of(name)) *place = std::move(text);
  }

  void keep_thread() {
    thread_bytes_ += thread_id_.size() + thread_.link.size() + thread_.title.size() + kThreadOverhead;
    if (thread_bytes_ <= kMaxThreadBytes) threads_[thread_id_] = std::move(thread_);
  }

  Result<void> hand_on() {
    ImportedComment imported;
    imported.comment = std::move(post_.comment);
    imported.comment.type = imported.comment.parent.empty() ? "comment" : "reply";
    if (const auto thread = threads_.find(post_.thread); thread != threads_.end()) {
      imported.comment.permalink = thread->second.link;
      imported.comment.post_title = thread->second.title;
    }
    imported.at = parse_time(post_.created);
    if (imported.at) imported.comment.date_gmt = iso_text(*imported.at);
    if (!post_.id.empty()) imported.source_id = "disqus:" + post_.id;
    imported.standing = post_.is_spam      ? Standing::kSpam
                        : post_.is_deleted ? Standing::kSkipped
                                           : Standing::kHam;
    if (post_.is_deleted) imported.why = "deleted, which is no verdict";
    if (post_.is_too_long) {
      imported.standing = Standing::kSkipped;
      imported.why = kTooLong;
    }
    return visit_(std::move(imported));
  }

  const VisitComment& visit_;
  bool is_disqus_ = false;
  std::string thread_id_;
  Thread thread_;
  std::unordered_map<std::string, Thread> threads_;
  std::size_t thread_bytes_ = 0;
  Post post_;
};

}  // namespace

Result<void> read_disqus(Input& input, const VisitComment& visit) {
  DisqusVisitor visitor(visit);
  if (Result<void> read = read_xml(input, visitor); !read) return read;
  if (!visitor.is_disqus())
    return input.wrong_at(1, "is no export of Disqus: it does not begin with <disqus>");
  return {};
}

}  // namespace winnow
