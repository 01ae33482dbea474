// Use case: putting a model in force, and going back. The link that the setting `model` names is replaced in
// one step, so that whoever reads it sees the old model or the new one; winnowd looks at it twice a second
// (service/running_models.h).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/result.h"
#include "service/store/store.h"

namespace winnow {

// One line of promotions.jsonl, which lies on the shelf (service/model_shelf.h):
//   {"at": milliseconds since 1970, "from": id, "to": id, "reason": text, "rollback": bool, "forced": bool}
struct Promotion {
  UnixMillis at = 0;
  std::string from;  // was in force until then
  std::string to;
  std::string reason;
  bool is_rollback = false;
  bool forced = false;  // against the advice of what had measured it
};

// Loads the model `id` of the shelf whole, writes the promotion down, and puts it in force. On disk, its
// files included, when it returns; then all of it is done, and where it fails, nothing. Several processes may
// call it at once: they take turns. kInvalid if `model_link` is a plain directory (the message says what to
// do), kNotFound if it or the model is not there, kConflict if the model is in force already, kCorrupt if it
// is damaged or names another id than its directory has, kUnavailable if the shelf cannot be written.
Result<Promotion> promote(const std::filesystem::path& model_link, std::string_view id,
                          std::string_view reason, UnixMillis now, bool forced = false);

// Puts in force what was before the last promotion that was not itself rolled back; called again, goes one
// further back. Fails as promote() does; also kNotFound if there is nothing to go back to.
Result<Promotion> roll_back(const std::filesystem::path& model_link, std::string_view reason, UnixMillis now);

// All that took effect, oldest first; none where `model_link` is no link. kCorrupt names file and line.
Result<std::vector<Promotion>> promotions(const std::filesystem::path& model_link);

}  // namespace winnow
