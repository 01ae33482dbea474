// App: the composition root. The one place that builds winnowd's parts and wires them; everything else is
// handed what it needs.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "service/check.h"
#include "service/cleaner.h"
#include "service/concealment.h"
#include "service/config.h"
#include "service/data_lock.h"
#include "service/house_rules.h"
#include "service/http/callback_client.h"
#include "service/http/routes.h"
#include "service/http/server.h"
#include "service/key_uses.h"
#include "service/metrics.h"
#include "service/recheck.h"
#include "service/running_models.h"
#include "service/search_indexer.h"
#include "service/secret.h"
#include "service/stored.h"

namespace winnow {

// What winnowd answers: http::routes() (served.cpp). One that is built to be measured answers more
// (tests/bench/served.cpp).
const std::vector<http::Route>& served();

class App {
 public:
  // Opens secret, store and engine, and listens. Fails with the message of the part that failed; it names the
  // file.
  static Result<std::unique_ptr<App>> start(const LoadedConfig& loaded);

  // Where it listens: "http://127.0.0.1:8420", "https://127.0.0.1:8443"; one or both, plain first;
  // then that of the admin pages, "http://127.0.0.1:8421/admin", where they have one of their own.
  const std::vector<std::string>& addresses() const { return addresses_; }

  // Serves until stop(); all requests in flight are answered when it returns.
  Result<void> run() { return server_->run(); }
  // From any thread, once run() is called or about to be.
  void stop() { server_->stop(); }

  // Loads model and operator rules anew and puts them in force at once; if they cannot be loaded, the old
  // ones go on. A model that is promoted is taken without being told.
  Result<void> reload() { return models_.reload(); }

  // Shows the certificate that is in the files now from the next handshake on; if it cannot be used, the old
  // one goes on. Gives the last day on which it is good ("2029-02-26"); "" if there is no TLS here.
  Result<std::string> reload_certificate();

 private:
  App(const LoadedConfig& loaded, DataLock lock, InstallSecret secret,
      std::unique_ptr<Concealment> concealment, std::unique_ptr<Store> store,
      std::vector<Network> trusted_proxies);

  Result<void> listen();
  std::vector<Reading> readings() const;

  Config config_;
  const DataLock lock_;
  InstallSecret secret_;
  std::unique_ptr<Concealment> concealment_;
  std::unique_ptr<Store> store_;
  RunningModels models_;
  Learning learning_;
  HouseRules house_;
  Stored stored_;
  Metrics metrics_;
  Services services_;
  const http::CallbackClient callbacks_;
  Rechecker rechecker_;
  SearchIndexer indexer_;
  KeyUses key_uses_;
  Cleaner cleaner_;
  http::CheckTimes check_times_;
  const std::shared_ptr<Gate> gate_;
  std::unique_ptr<http::Router> router_;
  std::unique_ptr<http::Server> server_;
  std::vector<std::string> addresses_;
};

}  // namespace winnow
