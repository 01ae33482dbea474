// A line is on disk before the link is replaced, so one may tell of what never happened: the machine lost its
// power between the two. Such a line is known by its `from`, which was still in force afterwards.
#include "service/promotion.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <optional>
#include <system_error>

#include "classifier/durable_file.h"
#include "classifier/json.h"
#include "classifier/model.h"
#include "service/model_shelf.h"

namespace winnow {
namespace {

constexpr const char* kLog = "promotions.jsonl";

// One process changes a shelf at a time; ends with the object, or with the process.
class ShelfLock {
 public:
  explicit ShelfLock(const std::filesystem::path& shelf)
      : file_(::open(shelf.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    while (file_ >= 0 && ::flock(file_, LOCK_EX) != 0 && errno == EINTR) continue;
  }
  ~ShelfLock() {
    if (file_ >= 0) ::close(file_);
  }
  ShelfLock(const ShelfLock&) = delete;
  ShelfLock& operator=(const ShelfLock&) = delete;

 private:
  int file_;
};

Result<void> check_is_link(const std::filesystem::path& link) {
  std::error_code failed;
  if (std::filesystem::is_symlink(link, failed)) return {};
  if (!std::filesystem::is_directory(link, failed))
    return Error{ErrorKind::kNotFound, link.string() + ": there is no such model", "model"};
  const std::string name = link.filename().string();
  return Error{ErrorKind::kInvalid,
               link.string() + " is a directory, and only a link can be pointed at another model: ln -s " +
                   name + " " + (link.parent_path() / "current").string() +
                   ", and name that in the setting \"model\"",
               "model"};
}

Json to_json(const Promotion& promotion) {
  return {{"at", promotion.at},
          {"from", promotion.from},
          {"to", promotion.to},
          {"reason", promotion.reason},
          {"rollback", promotion.is_rollback},
          {"forced", promotion.forced}};
}

std::optional<Promotion> promotion_of(const Json& line) {
  if (!line.is_object()) return std::nullopt;
  const auto flag = [&](const char* name) { return line.value(name, Json()) == Json(true); };
  const Json at = line.value("at", Json());
  Promotion promotion{at.is_number_integer() ? at.get<UnixMillis>() : 0,
                      string_or(line, "from"),
                      string_or(line, "to"),
                      string_or(line, "reason"),
                      flag("rollback"),
                      flag("forced")};
  if (promotion.from.empty() || promotion.to.empty()) return std::nullopt;
  return promotion;
}

// Every line, whether it took effect or not.
Result<std::vector<Promotion>> read_log(const std::filesystem::path& file) {
  std::vector<Promotion> lines;
  const Result<std::string> text = read_file(file);
  if (!text && text.error().kind == ErrorKind::kNotFound) return lines;
  if (!text) return text.error();
  for (std::size_t begin = 0; begin < text->size();) {
    const std::size_t end = std::min(text->find('\n', begin), text->size());
    const Result<Json> json = parse_json(text->substr(begin, end - begin));
    const std::optional<Promotion> line = json ? promotion_of(*json) : std::nullopt;
    if (!line)
      return Error{ErrorKind::kCorrupt,
                   file.string() + ":" + std::to_string(lines.size() + 1) + ": it is no line of a promotion",
                   ""};
    lines.push_back(*line);
    begin = end + 1;
  }
  return lines;
}

// Told from the end: what must have been in force after each line for the next one to hold.
std::vector<Promotion> that_took_effect(std::vector<Promotion> lines, std::string in_force) {
  std::vector<Promotion> kept;
  for (; !lines.empty(); lines.pop_back()) {
    const Promotion& last = lines.back();
    if (last.to != in_force && last.from == in_force) continue;
    in_force = last.from;
    kept.push_back(last);
  }
  std::ranges::reverse(kept);
  return kept;
}

// Promotions that no rollback has undone, oldest first. A rollback undoes the last one that left the model
// that it went back to, and all that came after.
std::vector<Promotion> that_stand(const std::vector<Promotion>& all) {
  std::vector<Promotion> standing;
  for (const Promotion& one : all) {
    if (!one.is_rollback) {
      standing.push_back(one);
      continue;
    }
    bool undone = false;
    for (; !undone && !standing.empty(); standing.pop_back()) undone = standing.back().from == one.to;
  }
  return standing;
}

// The new link is made beside the old one and renamed over it.
Result<void> point(const std::filesystem::path& link, const Promotion& promotion,
                   const std::vector<Promotion>& before) {
  const std::filesystem::path made = link.string() + ".new";
  std::error_code failed;
  std::filesystem::remove(made, failed);  // of a process that was killed
  std::filesystem::create_directory_symlink(promotion.to, made, failed);
  if (failed)
    return Error{ErrorKind::kUnavailable, link.string() + ": it cannot be replaced: " + failed.message(), ""};
  std::string log;
  for (const Promotion& line : before) log += to_text(to_json(line)) + "\n";
  log += to_text(to_json(promotion)) + "\n";
  Result<void> done = write_durably(link.parent_path() / kLog, log);
  if (done && std::rename(made.c_str(), link.c_str()) != 0)
    done = Error{ErrorKind::kUnavailable,
                 link.string() + ": it cannot be replaced: " + std::generic_category().message(errno), ""};
  if (!done) {
    std::filesystem::remove(made, failed);
    return done;
  }
  return sync_directory(link.parent_path());
}

// With the shelf locked, and `promotion` told all but from.
Result<Promotion> put_in_force(const std::filesystem::path& link, Promotion promotion) {
  if (const Result<Model> whole = shelved_model(link, promotion.to); !whole) return whole.error();
  const Result<std::vector<Promotion>> before = promotions(link);
  if (!before) return before.error();
  const Result<std::string> in_force = model_in_force(link);
  if (!in_force) return in_force.error();
  if (*in_force == promotion.to)
    return Error{ErrorKind::kConflict, promotion.to + " is in force already", "id"};
  promotion.from = *in_force;
  if (const Result<void> synced = sync_files(shelf_of(link) / promotion.to); !synced) return synced.error();
  if (const Result<void> pointed = point(link, promotion, *before); !pointed) return pointed.error();
  return promotion;
}

}  // namespace

Result<Promotion> promote(const std::filesystem::path& model_link, std::string_view id,
                          std::string_view reason, UnixMillis now, bool forced) {
  const std::filesystem::path link = model_path(model_link);
  if (const Result<void> is_link = check_is_link(link); !is_link) return is_link.error();
  const ShelfLock lock(link.parent_path());
  return put_in_force(link, {now, "", std::string(id), std::string(reason), false, forced});
}

Result<Promotion> roll_back(const std::filesystem::path& model_link, std::string_view reason,
                            UnixMillis now) {
  const std::filesystem::path link = model_path(model_link);
  if (const Result<void> is_link = check_is_link(link); !is_link) return is_link.error();
  const ShelfLock lock(link.parent_path());
  const Result<std::string> in_force = model_in_force(link);
  if (!in_force) return in_force.error();
  const Result<std::vector<Promotion>> all = promotions(link);
  if (!all) return all.error();
  std::vector<Promotion> standing = that_stand(*all);
  while (!standing.empty() && standing.back().from == *in_force) standing.pop_back();
  if (standing.empty())
    return Error{ErrorKind::kNotFound,
                 "there is nothing to roll back to: " + (link.parent_path() / kLog).string() +
                     " has no promotion that is not rolled back",
                 ""};
  return put_in_force(link, {now, "", standing.back().from, std::string(reason), true, false});
}

Result<std::vector<Promotion>> promotions(const std::filesystem::path& model_link) {
  if (!check_is_link(model_path(model_link))) return std::vector<Promotion>();
  const Result<std::string> in_force = model_in_force(model_link);
  if (!in_force) return in_force.error();
  Result<std::vector<Promotion>> lines = read_log(shelf_of(model_link) / kLog);
  if (!lines) return lines.error();
  return that_took_effect(std::move(*lines), *in_force);
}

}  // namespace winnow
