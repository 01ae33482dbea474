#include "tools/winnow/installation.h"

#include <chrono>
#include <ctime>
#include <filesystem>

#include "service/store/sqlite/sqlite_store.h"

namespace winnow::cli {
namespace {

std::string utc_text(UnixMillis at, const char* format) {
  const std::time_t seconds = at / 1000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[32];
  return std::string(text, std::strftime(text, sizeof text, format, &utc));
}

}  // namespace

Result<Installation> Installation::open(const GlobalOptions& options) {
  const Result<LoadedConfig> loaded = options.config();
  if (!loaded) return loaded.error();
  const std::filesystem::path directory = loaded->config.data;
  Result<InstallSecret> secret = InstallSecret::open(directory);
  if (!secret) return secret.error();
  Result<std::unique_ptr<Concealment>> concealment =
      Concealment::open(directory, *personal_data_of(loaded->config.personal_data), now());
  if (!concealment) return concealment.error();
  Result<std::unique_ptr<SqliteStore>> store = SqliteStore::open(directory / "winnow.db");
  if (!store) return store.error();
  return Installation{*std::move(secret), *std::move(store), winnow::site_form(loaded->config),
                      *std::move(concealment)};
}

Result<Site> Installation::known_site(const std::string& url) const {
  const Result<std::string> canonical = canonical_site(url, site_form);
  if (!canonical) return canonical.error();
  Result<std::optional<Site>> found = store->find_site(*canonical);
  if (!found) return found.error();
  if (found->has_value()) return **found;
  return Error{ErrorKind::kNotFound,
               "there is no site " + *canonical + ", add it with: winnow site add " + url, "url"};
}

Result<void> Installation::note(std::string_view act, const Json& what, std::optional<SiteId> site) const {
  return store->put_act({0, now(), 0, 0, "command line", std::string(act), site, to_text(what), ""});
}

Result<Site> site_for(const Installation& installation, const std::string& url) {
  const Result<std::string> canonical = canonical_site(url, installation.site_form);
  if (!canonical) return canonical.error();
  const Result<std::optional<Site>> found = installation.store->find_site(*canonical);
  if (!found) return found.error();
  if (found->has_value()) return **found;
  Result<Site> added = installation.store->add_site(*canonical, now());
  if (!added) return added;
  if (const Result<void> noted = installation.note("site.add", {{"url", added->url}}, added->id); !noted)
    return noted.error();
  return added;
}

UnixMillis now() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count();
}

std::string time_text(UnixMillis at) {
  return utc_text(at, "%Y-%m-%d %H:%M UTC");
}
std::string iso_time(UnixMillis at) {
  return utc_text(at, "%Y-%m-%dT%H:%M:%SZ");
}

}  // namespace winnow::cli
