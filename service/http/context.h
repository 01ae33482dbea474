// Context: what the handlers stand on. Made by the composition root, lives as long as the server; all of it
// may be used from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "service/access.h"
#include "service/check.h"
#include "service/config.h"
#include "service/gate.h"
#include "service/http/check_times.h"
#include "service/key_uses.h"
#include "service/secret.h"
#include "service/sign_in.h"

namespace winnow::http {

struct Context {
  const Services& services;
  const InstallSecret& secret;
  SitePolicy sites;
  std::vector<std::string> key_domains;  // see akismet_key() (service/http/auth.h)
  std::size_t max_body_bytes = 0;
  std::filesystem::path model = {};        // the setting of that name, see service/model_shelf.h
  CheckTimes* check_times = nullptr;       // where the time of each check is noted; null: nowhere
  KeyUses* key_uses = nullptr;             // where uses of keys are noted; null: nowhere
  std::vector<ConfigValue> settings = {};  // what the process runs with
  // Shared by the copies of this context.
  std::shared_ptr<Gate> gate = std::make_shared<Gate>();
  std::shared_ptr<SignInGuard> sign_in_guard = std::make_shared<SignInGuard>();
};

}  // namespace winnow::http
