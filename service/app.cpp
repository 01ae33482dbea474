#include "service/app.h"

#include <charconv>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "service/http/readings.h"
#include "service/store/sqlite/sqlite_store.h"

namespace winnow {
namespace {

UnixMillis now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

struct Address {
  std::string host;  // without the brackets of an IPv6 address
  int port = 0;
};

// "127.0.0.1:8420", "[::1]:8420"
Result<Address> parse_address(const std::string& listen) {
  const std::size_t colon = listen.rfind(':');
  Address address;
  if (colon != std::string::npos) {
    address.host = listen.substr(0, colon);
    std::from_chars(listen.data() + colon + 1, listen.data() + listen.size(), address.port);
  }
  if (address.host.size() > 2 && address.host.front() == '[' && address.host.back() == ']')
    address.host = address.host.substr(1, address.host.size() - 2);
  if (address.host.empty()) return Error{ErrorKind::kInvalid, "listen takes host:port", "listen"};
  return address;
}

std::string url_of(const std::string& scheme, const Address& address, int port) {
  const bool is_ipv6 = address.host.find(':') != std::string::npos;
  return scheme + "://" + (is_ipv6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(port);
}

// The models that any site runs in shadow.
Result<std::set<std::string>> shadow_models(Store& store) {
  const Result<std::vector<Shadow>> shadows = store.shadows();
  if (!shadows) return shadows.error();
  std::set<std::string> ids;
  for (const Shadow& shadow : *shadows)
    if (!shadow.model_id.empty()) ids.insert(shadow.model_id);
  return ids;
}

GateRates gate_rates(const Config& config) {
  return {static_cast<double>(config.rate_per_key), static_cast<double>(config.rate_per_client),
          static_cast<double>(config.unknown_keys_per_client),
          static_cast<double>(config.unknown_keys_in_total)};
}

}  // namespace

App::App(const LoadedConfig& loaded, DataLock lock, InstallSecret secret,
         std::unique_ptr<Concealment> concealment, std::unique_ptr<Store> store,
         std::vector<Network> trusted_proxies)
    : config_(loaded.config),
      lock_(std::move(lock)),
      secret_(std::move(secret)),
      concealment_(std::move(concealment)),
      store_(std::move(store)),
      models_(config_.model, config_.rules, [this] { return shadow_models(*store_); }),
      learning_(
          *store_, memory_options(config_), std::filesystem::path(config_.data) / "memory.snapshot",
          [this] { return models_.in_force(); }, concealment_.get()),
      house_(*store_, now),
      services_{*store_,
                learning_,
                [this] { return models_.in_force(); },
                now,
                random_id,
                [this](const Thresholds& of_model) { return thresholds_in_force(config_, of_model); },
                {list_of(config_.callback_hosts), config_.recheck_hold_seconds, config_.recheck_watch_hours},
                [this](std::string_view id) { return models_.shadow(id); },
                &house_,
                config_.unstored_checks == "answer" ? &stored_ : nullptr,
                concealment_.get(),
                &metrics_},
      callbacks_(*parse_networks(list_of(config_.callback_networks))),  // load_config() has looked
      rechecker_(services_, secret_,
                 [this](const std::string& url, const Rechecker::Headers& headers, const std::string& body) {
                   return callbacks_.post(url, headers, body);
                 }),
      indexer_(*store_),
      key_uses_(*store_),
      cleaner_(*store_, *concealment_, retention_of(config_), config_.data, now),
      gate_(std::make_shared<Gate>(gate_rates(config_))) {
  const http::Context context{services_,
                              secret_,
                              {site_form(config_), config_.max_sites},
                              list_of(config_.key_domains),
                              static_cast<std::size_t>(config_.max_body_bytes),
                              config_.model,
                              &check_times_,
                              &key_uses_,
                              loaded.values,
                              gate_};
  router_ = std::make_unique<http::Router>(context, served());
  const auto size = [](std::int64_t setting) { return static_cast<std::size_t>(setting); };
  server_ = std::make_unique<http::Server>(
      *router_, http::ServerOptions{std::move(trusted_proxies), size(config_.threads), size(config_.queue),
                                    size(config_.connections), size(config_.max_body_bytes)});
  metrics_.source(process_readings);
  metrics_.source([this] { return http::readings_of(server_->counts()); });
  metrics_.source([this] { return http::readings_of(gate_->counts()); });
  metrics_.source([this] { return readings(); });
}

std::vector<Reading> App::readings() const {
  const std::string database = (std::filesystem::path(config_.data) / "winnow.db").string();
  const auto bytes = [](const std::string& file) {
    std::error_code failed;
    const std::uintmax_t size = std::filesystem::file_size(file, failed);
    return failed ? 0.0 : static_cast<double>(size);
  };
  using Kind = Reading::Kind;
  return {
      {Kind::kGauge, "winnow_build_info", "1, with the version", 1, {{"version", std::string(version())}}},
      {Kind::kGauge,
       "winnow_model_info",
       "1, with the model in force",
       1,
       {{"model", models_.in_force()->model().id}}},
      {Kind::kCounter, "winnow_verdicts_not_stored_total",
       "Checks that were answered although the database could not take them",
       static_cast<double>(stored_.lost())},
      {Kind::kGauge, "winnow_store_failing", "1 while verdicts cannot be stored",
       stored_.is_failing() ? 1.0 : 0.0},
      {Kind::kGauge, "winnow_database_bytes", "Size of the database", bytes(database)},
      {Kind::kGauge, "winnow_database_wal_bytes", "Size of its write-ahead log", bytes(database + "-wal")}};
}

Result<std::unique_ptr<App>> App::start(const LoadedConfig& loaded) {
  const Config& config = loaded.config;
  Result<std::vector<Network>> trusted_proxies = parse_networks(list_of(config.trusted_proxies));
  if (!trusted_proxies) return trusted_proxies.error();
  // The secret's opening makes the directory.
  Result<InstallSecret> secret = InstallSecret::open(config.data);
  if (!secret) return secret.error();
  Result<DataLock> lock = DataLock::shared(config.data);
  if (!lock) return lock.error();
  Result<std::unique_ptr<Concealment>> concealment =
      Concealment::open(config.data, *personal_data_of(config.personal_data), now());
  if (!concealment) return concealment.error();
  Result<std::unique_ptr<SqliteStore>> store =
      SqliteStore::open(std::filesystem::path(config.data) / "winnow.db");
  if (!store) return store.error();
  std::unique_ptr<App> app(new App(loaded, std::move(*lock), std::move(*secret), std::move(*concealment),
                                   std::move(*store), std::move(*trusted_proxies)));
  const Result<void> loaded_models = app->models_.start_up();
  if (!loaded_models) return loaded_models.error();
  app->models_.look();
  const Result<void> learned = app->learning_.start();
  if (!learned) return learned.error();
  const Result<void> taken = app->house_.start();
  if (!taken) return taken.error();
  const Result<void> listening = app->listen();
  if (!listening) return listening.error();
  app->models_.start();
  app->indexer_.start();
  app->key_uses_.start();
  app->cleaner_.start();
  if (!app->services_.recheck.hosts.empty()) app->rechecker_.start();
  return app;
}

Result<void> App::listen() {
  const bool apart = !config_.listen_admin.empty();
  const http::Side side = apart ? http::Side::kPublic : http::Side::kBoth;
  if (!config_.listen.empty()) {
    const Result<Address> address = parse_address(config_.listen);
    if (!address) return address.error();
    const Result<int> port = server_->listen(address->host, address->port, side);
    if (!port) return port.error();
    addresses_.push_back(url_of("http", *address, *port));
  }
  if (!config_.listen_tls.empty()) {
    const Result<Address> address = parse_address(config_.listen_tls);
    if (!address) return address.error();
    Result<http::TlsIdentity> identity = http::TlsIdentity::load(config_.tls_certificate, config_.tls_key);
    if (!identity) return identity.error();
    const Result<int> port = server_->listen_tls(address->host, address->port, std::move(*identity), side);
    if (!port) return port.error();
    addresses_.push_back(url_of("https", *address, *port));
  }
  if (apart) {
    const Result<Address> address = parse_address(config_.listen_admin);
    if (!address) return address.error();
    const Result<int> port = server_->listen(address->host, address->port, http::Side::kAdmin);
    if (!port) return port.error();
    addresses_.push_back(url_of("http", *address, *port) + "/admin");
  }
  return {};
}

Result<std::string> App::reload_certificate() {
  if (config_.listen_tls.empty()) return std::string();
  const Result<http::TlsIdentity> identity =
      http::TlsIdentity::load(config_.tls_certificate, config_.tls_key);
  if (!identity) return identity.error();
  server_->set_identity(*identity);
  return identity->last_day();
}

}  // namespace winnow
