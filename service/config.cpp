#include "service/config.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <variant>

#include "classifier/model.h"
#include "classifier/network.h"
#include "classifier/toml.h"
#include "service/concealment.h"

namespace winnow {
namespace {

constexpr std::string_view kPrefix = "WINNOW_";
constexpr std::string_view kFileVariable = "WINNOW_CONFIG";
constexpr const char* kAddress = "host:port with a port from 0 to 65535, or nothing";

// What a setting takes, and where it is kept.
struct Text {
  std::string Config::*member;
  const char* takes;
  bool (*accepts)(std::string_view);
};
struct Whole {
  std::int64_t Config::*member;
  std::int64_t lowest;
  std::int64_t highest;
};
struct Decimal {
  double Config::*member;
  double highest;     // from 0
  bool may_be_unset;  // -1, too
};

struct Row {
  Setting setting;
  std::variant<Text, Whole, Decimal> kind;
};

template <typename Number>
bool parse_number(std::string_view text, Number& number) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc() && end == text.data() + text.size();
}

bool is_anything(std::string_view) {
  return true;
}
bool is_filled(std::string_view text) {
  return !text.empty();
}
bool is_site_form(std::string_view text) {
  return std::ranges::all_of(list_of(text), [](const std::string& part) {
    return part == "scheme" || part == "www" || part == "path";
  });
}
bool is_domain_list(std::string_view text) {
  return std::ranges::all_of(list_of(text), [](const std::string& domain) {
    return domain.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string::npos;
  });
}
bool is_host_list(std::string_view text) {
  return std::ranges::all_of(list_of(text), [](const std::string& host) {
    return host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-:[]*") == std::string::npos &&
           host != "*" && host.rfind('*') + 1 <= 1;
  });
}
bool is_personal_data(std::string_view text) {
  return personal_data_of(text).has_value();
}
bool is_log_format(std::string_view text) {
  return text == "text" || text == "json";
}
bool is_answer_or_refuse(std::string_view value) {
  return value == "answer" || value == "refuse";
}
bool is_log_level(std::string_view text) {
  return text == "debug" || text == "info" || text == "warn" || text == "error";
}
bool is_address_or_nothing(std::string_view text) {
  if (text.empty()) return true;
  const std::size_t colon = text.rfind(':');
  int port = -1;
  return colon != std::string_view::npos && colon > 0 && parse_number(text.substr(colon + 1), port) &&
         port >= 0 && port <= 65535;
}

// THE table. The order is that of `winnow config`.
const std::vector<Row>& rows() {
  static const std::vector<Row> all = {
      {{"listen", "Address for plain HTTP, host:port; port 0 picks a free one; empty for TLS only"},
       Text{&Config::listen, kAddress, is_address_or_nothing}},
      {{"listen_tls", "Address for HTTPS, host:port; empty for none"},
       Text{&Config::listen_tls, kAddress, is_address_or_nothing}},
      {{"listen_admin",
        "Address, plain HTTP, for the admin pages and their API alone, host:port; empty: at the others"},
       Text{&Config::listen_admin, kAddress, is_address_or_nothing}},
      {{"tls_certificate", "PEM file of the certificate with its chain, for listen_tls"},
       Text{&Config::tls_certificate, "a file or nothing", is_anything}},
      {{"tls_key", "PEM file of the certificate's private key, for listen_tls"},
       Text{&Config::tls_key, "a file or nothing", is_anything}},
      {{"trusted_proxies",
        "Addresses and networks (10.0.0.0/8), comma-separated, whose X-Forwarded-For is believed"},
       Text{&Config::trusted_proxies, "addresses and networks", is_anything}},
      {{"data", "Directory of the database and the secret"}, Text{&Config::data, "a directory", is_filled}},
      {{"model", "Directory of the model"}, Text{&Config::model, "a directory", is_filled}},
      {{"rules", "Directory of the operator's rules (*.toml); empty for none"},
       Text{&Config::rules, "a directory or nothing", is_anything}},
      {{"threads", "Requests that are worked on at once, 1 to 1024"}, Whole{&Config::threads, 1, 1024}},
      {{"queue", "Requests that wait for a thread, 1 to 65536; more are answered 503 at once"},
       Whole{&Config::queue, 1, 65536}},
      {{"connections", "Connections open at once, 16 to 1000000; beyond it the idle ones are closed"},
       Whole{&Config::connections, 16, 1000000}},
      {{"max_body_bytes", "Largest body of a request in bytes, 1024 to 67108864"},
       Whole{&Config::max_body_bytes, 1024, 64 << 20}},
      {{"unstored_checks",
        "What becomes of a check whose verdict the database cannot take now: answer (with X-winnow-degraded: "
        "not-stored) or refuse (503)"},
       Text{&Config::unstored_checks, "answer or refuse", is_answer_or_refuse}},
      {{"rate_per_key",
        "Requests a second with one key, of a batch its comments; ten seconds' worth at once; 0: no limit"},
       Whole{&Config::rate_per_key, 0, 1000000}},
      {{"rate_per_client", "The same of one client address (IPv6: its /64), whatever it asks; 0: no limit"},
       Whole{&Config::rate_per_client, 0, 1000000}},
      {{"unknown_keys_per_client", "Wrong keys that one client address may try a minute; 0: no limit"},
       Whole{&Config::unknown_keys_per_client, 0, 1000000}},
      {{"unknown_keys_in_total", "Wrong keys that all clients together may try a minute; 0: no limit"},
       Whole{&Config::unknown_keys_in_total, 0, 1000000}},
      {{"max_sites", "Sites that keys of any site may bring into being, 0 to 1000000000"},
       Whole{&Config::max_sites, 0, 1000000000}},
      {{"site_distinct",
        "What tells sites apart beside their host: any of scheme, www, path; sites that exist keep their "
        "name"},
       Text{&Config::site_distinct, "a list of scheme, www and path", is_site_form}},
      {{"key_domains",
        "Domains before which the first label of the host is a key (KEY.example.org); empty: any"},
       Text{&Config::key_domains, "a list of domains", is_domain_list}},
      {{"callback_hosts",
        "Hosts of sites that may be told of a better answer: example.org, *.example.org, host:port; empty: "
        "none"},
       Text{&Config::callback_hosts, "a list of hosts", is_host_list}},
      {{"callback_networks",
        "Networks in which called sites may lie beside the public internet, such as 10.0.0.0/8"},
       Text{&Config::callback_networks, "addresses and networks", is_anything}},
      {{"recheck_hold_seconds",
        "Seconds for which a site that can be told is asked to hold a comment in doubt, 0 (never) to 3600"},
       Whole{&Config::recheck_hold_seconds, 0, 3600}},
      {{"recheck_watch_hours",
        "Hours after an answer of ham in which other sites' reports may change it, 0 to 720"},
       Whole{&Config::recheck_watch_hours, 0, 720}},
      {{"quorum", "Independent sites that must agree before reports count on other sites, 2 to 100"},
       Whole{&Config::quorum, 2, 100}},
      {{"reporter_floor",
        "Percent of a reporter's judged reports that others must bear out, else they count at home alone"},
       Whole{&Config::reporter_floor, 0, 100}},
      {{"memory_mb", "Megabytes, about, for what reports taught; what is oldest goes first, 1 to 65536"},
       Whole{&Config::memory_mb, 1, 65536}},
      {{"retrain_ham_worse",
        "Points of a hundred that more honest comments a retrained model may block, 0 to 100"},
       Decimal{&Config::retrain_ham_worse, 100, false}},
      {{"retrain_recall_worse", "Points of a hundred that less spam a retrained model may catch, 0 to 100"},
       Decimal{&Config::retrain_recall_worse, 100, false}},
      {{"personal_data",
        "How e-mail addresses and clients' addresses are kept: hashed, clear, or none (not at all)"},
       Text{&Config::personal_data, "hashed, clear or none", is_personal_data}},
      {{"identity_rotation_days",
        "Days after which addresses are hashed with a new key; the last two keys are kept; 0: never"},
       Whole{&Config::identity_rotation_days, 0, 3650}},
      {{"retention_days", "Days for which the text of a verdict is kept; the verdict stays; 0: for ever"},
       Whole{&Config::retention_days, 0, 36500}},
      {{"retention_discard_days", "The same for what is discarded"},
       Whole{&Config::retention_discard_days, 0, 36500}},
      {{"retention_report_days", "Days for which a report counts and its comment is kept; 0: for ever"},
       Whole{&Config::retention_report_days, 0, 36500}},
      {{"log_format", "Form of the log's lines: text or json"},
       Text{&Config::log_format, "text or json", is_log_format}},
      {{"log_level", "Least severe lines that are logged: debug, info, warn or error"},
       Text{&Config::log_level, "debug, info, warn or error", is_log_level}},
      {{"threshold_unsure", "Lowest score for a person's queue, 0 to 1; -1: the model's own"},
       Decimal{&Config::threshold_unsure, 1, true}},
      {{"threshold_spam", "Lowest score of spam, 0 to 1; -1: the model's own"},
       Decimal{&Config::threshold_spam, 1, true}},
      {{"threshold_discard", "Lowest score of what need not be kept, 0 to 1; -1: the model's own"},
       Decimal{&Config::threshold_discard, 1, true}},
  };
  return all;
}

std::string decimal(double number) {
  char text[32];
  return std::string(text, std::to_chars(text, text + sizeof text, number).ptr);
}

std::string value_of(const Config& config, const Row& row) {
  if (const auto* text = std::get_if<Text>(&row.kind)) return config.*text->member;
  if (const auto* whole = std::get_if<Whole>(&row.kind)) return std::to_string(config.*whole->member);
  return decimal(config.*std::get<Decimal>(row.kind).member);
}

std::string takes(const Row& row) {
  if (const auto* text = std::get_if<Text>(&row.kind)) return text->takes;
  if (const auto* whole = std::get_if<Whole>(&row.kind)) {
    return "a whole number from " + std::to_string(whole->lowest) + " to " + std::to_string(whole->highest);
  }
  const auto& number = std::get<Decimal>(row.kind);
  return "a number from 0 to " + decimal(number.highest) + (number.may_be_unset ? ", or -1" : "");
}

// False if `value` is not what the setting takes; then nothing is changed.
bool assign(Config& config, const Row& row, std::string_view value) {
  if (const auto* text = std::get_if<Text>(&row.kind)) {
    if (!text->accepts(value)) return false;
    config.*text->member = value;
    return true;
  }
  if (const auto* whole = std::get_if<Whole>(&row.kind)) {
    std::int64_t number = 0;
    if (!parse_number(value, number) || number < whole->lowest || number > whole->highest) return false;
    config.*whole->member = number;
    return true;
  }
  const auto& setting = std::get<Decimal>(row.kind);
  double number = 0;
  if (!parse_number(value, number)) return false;
  if (!(number >= 0 && number <= setting.highest) && !(setting.may_be_unset && number == -1)) return false;
  config.*setting.member = number;
  return true;
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

// Settings as they are gathered: each source in turn sets what it names.
class Gathering {
 public:
  Gathering() {
    config_.model = WINNOW_SHARE_DIR "/models/current";
    config_.rules = WINNOW_SHARE_DIR "/data/rules";
    sources_.assign(rows().size(), "default");
  }

  // `where` is for the message, `source` for ConfigValue.
  Result<void> set(std::string_view name, std::string_view value, const std::string& where,
                   const std::string& source) {
    const auto row = std::ranges::find(rows(), name, [](const Row& each) { return each.setting.name; });
    if (row == rows().end()) return unknown(name, where);
    if (!assign(config_, *row, value)) return unfit(*row, where);
    sources_[static_cast<std::size_t>(row - rows().begin())] = source;
    return {};
  }

  static Error unknown(std::string_view name, const std::string& where) {
    return {ErrorKind::kInvalid, where + ": there is no such setting", std::string(name)};
  }

  static Error unfit(const Row& row, const std::string& where) {
    return {ErrorKind::kInvalid, where + " takes " + takes(row), std::string(row.setting.name)};
  }

  Result<LoadedConfig> finish() {
    if (Result<void> good = check_listening(); !good) return good.error();
    double lowest = 0;
    for (const double threshold :
         {config_.threshold_unsure, config_.threshold_spam, config_.threshold_discard}) {
      if (threshold < 0) continue;
      if (threshold < lowest) {
        return Error{ErrorKind::kInvalid, "the thresholds must rise: unsure, spam, discard",
                     "threshold_spam"};
      }
      lowest = threshold;
    }
    LoadedConfig loaded{config_, {}};
    for (std::size_t i = 0; i < rows().size(); ++i) {
      loaded.values.push_back(
          {std::string(rows()[i].setting.name), value_of(config_, rows()[i]), sources_[i]});
    }
    return loaded;
  }

 private:
  // Settings that only make sense together, and the list that one message could not describe.
  Result<void> check_listening() const {
    const auto wrong = [](const char* name, const std::string& message) {
      return Error{ErrorKind::kInvalid, name + (": " + message), name};
    };
    if (config_.listen.empty() && config_.listen_tls.empty())
      return wrong("listen", "winnowd needs an address here or in listen_tls");
    if (!config_.listen_tls.empty() && config_.tls_certificate.empty())
      return wrong("tls_certificate", "listen_tls needs a certificate");
    if (!config_.listen_tls.empty() && config_.tls_key.empty())
      return wrong("tls_key", "listen_tls needs the certificate's key");
    for (const auto& [name, list] : {std::pair("trusted_proxies", &config_.trusted_proxies),
                                     std::pair("callback_networks", &config_.callback_networks)})
      if (const auto networks = parse_networks(list_of(*list)); !networks)
        return wrong(name, networks.error().message);
    return {};
  }

  Config config_;
  std::vector<std::string> sources_;  // one a row
};

// The value as assign() takes it, if it has the type of the setting: 8420 is no text, "64" is no number.
std::optional<std::string> text_of(const toml::node& node, const Row& row) {
  if (std::holds_alternative<Text>(row.kind)) return node.value_exact<std::string>();
  if (const auto whole = node.value_exact<std::int64_t>()) return std::to_string(*whole);
  if (!std::holds_alternative<Decimal>(row.kind)) return std::nullopt;
  const auto real = node.value_exact<double>();
  if (!real) return std::nullopt;
  return decimal(*real);
}

Result<void> read_config_file(const std::string& file, Gathering& gathering) {
  const Result<std::string> text = read_file(file);
  if (!text) return text.error();
  const Result<toml::table> table = parse_toml(*text, file);
  if (!table) return table.error();
  for (const auto& [key, node] : *table) {
    const std::string place = file + ":" + std::to_string(node.source().begin.line);
    const std::string where = place + ": " + std::string(key.str());
    const auto row = std::ranges::find(rows(), key.str(), [](const Row& each) { return each.setting.name; });
    if (row == rows().end()) return Gathering::unknown(key.str(), where);
    const std::optional<std::string> value = text_of(node, *row);
    if (!value) return Gathering::unfit(*row, where);
    if (Result<void> done = gathering.set(key.str(), *value, where, "file " + place); !done) return done;
  }
  return {};
}

Result<void> read_environment(const std::map<std::string, std::string>& environment, Gathering& gathering) {
  for (const auto& [name, value] : environment) {
    if (!name.starts_with(kPrefix) || name == kFileVariable) continue;
    const auto row = std::ranges::find(rows(), name.substr(kPrefix.size()),
                                       [](const Row& each) { return upper(each.setting.name); });
    if (row == rows().end()) return Gathering::unknown(name, name + " in the environment");
    const std::string where = name + " in the environment";
    if (Result<void> done = gathering.set(row->setting.name, value, where, "environment"); !done) return done;
  }
  return {};
}

}  // namespace

const std::vector<Setting>& settings() {
  static const std::vector<Setting> all = [] {
    std::vector<Setting> found;
    for (const Row& row : rows()) found.push_back(row.setting);
    return found;
  }();
  return all;
}

Result<LoadedConfig> load_config(const std::string& file,
                                 const std::map<std::string, std::string>& environment,
                                 const std::map<std::string, std::string>& flags) {
  Gathering gathering;
  const auto variable = environment.find(std::string(kFileVariable));
  const std::string path = !file.empty() || variable == environment.end() ? file : variable->second;
  if (!path.empty()) {
    if (Result<void> done = read_config_file(path, gathering); !done) return done.error();
  }
  if (Result<void> done = read_environment(environment, gathering); !done) return done.error();
  for (const auto& [name, value] : flags) {
    std::string flag = "--" + name;
    std::ranges::replace(flag, '_', '-');
    if (Result<void> done = gathering.set(name, value, flag, "flag"); !done) return done.error();
  }
  return gathering.finish();
}

std::vector<std::string> list_of(std::string_view text) {
  std::vector<std::string> list;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view one = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    if (!one.empty()) list.emplace_back(one);
  }
  return list;
}

SiteForm site_form(const Config& config) {
  const std::vector<std::string> parts = list_of(config.site_distinct);
  const auto has = [&](std::string_view part) { return std::ranges::find(parts, part) != parts.end(); };
  return {has("scheme"), has("www"), has("path")};
}

MemoryOptions memory_options(const Config& config) {
  return {static_cast<int>(config.quorum), static_cast<double>(config.reporter_floor) / 100,
          static_cast<std::size_t>(config.memory_mb)};
}

std::map<std::string, std::string> process_environment() {
  std::map<std::string, std::string> found;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (text.starts_with(kPrefix) && equals != std::string_view::npos) {
      found.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return found;
}

Thresholds thresholds_in_force(const Config& config, const Thresholds& of_model) {
  Thresholds in_force = of_model;
  if (config.threshold_unsure >= 0) in_force.unsure = config.threshold_unsure;
  if (config.threshold_spam >= 0) in_force.spam = config.threshold_spam;
  if (config.threshold_discard >= 0) in_force.discard = config.threshold_discard;
  in_force.spam = std::max(in_force.spam, in_force.unsure);
  in_force.discard = std::max(in_force.discard, in_force.spam);
  return in_force;
}

std::string_view version() {
  return WINNOW_VERSION;
}

}  // namespace winnow
