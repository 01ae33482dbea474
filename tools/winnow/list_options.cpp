#include "tools/winnow/list_options.h"

#include "classifier/unicode.h"
#include "tools/import/written_at.h"
#include "tools/winnow/checks.h"

namespace winnow::cli {

void SiteOption::declare(CLI::App& app, const char* help) {
  app.add_option("--site", url_, help)->type_name("URL")->check(check_site_address);
}

Result<std::optional<Site>> SiteOption::site(const Installation& installation) const {
  if (url_.empty()) return std::optional<Site>();
  Result<Site> found = installation.known_site(url_);
  if (!found) return found.error();
  return std::optional(*std::move(found));
}

void ListOptions::declare(CLI::App& app) {
  app.add_option("list", list_, "allow: never blocked; block: always blocked; allow goes before block")
      ->required()
      ->type_name("LIST")
      ->check(CLI::IsMember({"allow", "block"}));
  app.add_option(
         "field", field_,
         "What is compared: author (the whole name), email, domain (of the author's URL and of links, and "
         "what is below it), address (or network), text (whole words)")
      ->required()
      ->type_name("FIELD")
      ->check(CLI::IsMember({"author", "email", "domain", "address", "text"}));
  site_.declare(app, "Address of the one site for which it holds (else all)");
  app.add_option("--note", note_, "Why, for other people")->type_name("TEXT");
  app.add_option("--until", until_, "Holds before this day: 2026-01-31, or with a time (else for good)")
      ->type_name("DATE")
      ->check([](const std::string& text) {
        return parse_time(text) ? "" : text + " is no date like 2026-01-31";
      });
}

Result<ListRequest> ListOptions::request(const Installation& installation, const std::string& pattern) const {
  const Result<std::optional<Site>> site = site_.site(installation);
  if (!site) return site.error();
  ListRequest request;
  request.list = *list_kind_named(list_);
  request.field = *list_field_named(field_);
  request.pattern = pattern;
  request.site = *site ? (*site)->id : 0;
  request.note = to_valid_utf8(note_);
  if (!until_.empty()) request.until = *parse_time(until_);
  return request;
}

}  // namespace winnow::cli
