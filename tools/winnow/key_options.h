// KeyOptions: what a key may be used for, from where and until when, as the commands of `winnow key` take it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "classifier/json.h"
#include "service/keys.h"
#include "tools/winnow/cli.h"

namespace winnow::cli {

class KeyOptions {
 public:
  // The options --scope, --network, --expires; with `change` those that take back what was set, too.
  void declare(CLI::App& app, bool change);
  // What was said; none where nothing was.
  KeyChange change() const;

 private:
  std::vector<std::string> scopes_;
  std::vector<std::string> networks_;
  std::string expires_;
  bool any_network_ = false;
  bool never_expires_ = false;
};

// "akismet", "api"
const char* name_of(KeyKind kind);
// "check, feedback"
std::string text_of(KeyScopes scopes);
// As the log of the admin pages has it.
Json json_of(KeyScopes scopes);

}  // namespace winnow::cli
