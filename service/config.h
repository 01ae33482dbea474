// Config: everything that can be set, in one struct. A TOML file, then WINNOW_* environment, then flags; the
// later wins. Unknown keys are errors.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/memory/memory.h"
#include "classifier/result.h"
#include "service/store/store.h"

namespace winnow {

struct Config {
  std::string listen = "127.0.0.1:8420";  // host:port; port 0 picks a free one; empty: TLS only
  std::string listen_tls;                 // the same for TLS; empty: none
  std::string listen_admin;               // for the desk and its API alone; empty: they are at the others
  std::string tls_certificate;            // PEM files; both are set where listen_tls is
  std::string tls_key;
  std::string trusted_proxies;             // addresses and networks whose X-Forwarded-For is believed
  std::string data = "var";                // directory of database and secret
  std::string model;                       // model directory; default: SHARE/models/current
  std::string rules;                       // directory of operator rules; default: SHARE/data/rules
  std::int64_t threads = 64;               // requests worked on at once, 1..1024
  std::int64_t queue = 256;                // requests that wait for a thread, 1..65536; more get 503
  std::int64_t connections = 10000;        // open at once, 16..1000000
  std::int64_t max_body_bytes = 1 << 20;   // of one request, 1 KiB..64 MiB
  std::string unstored_checks = "answer";  // answer or refuse: a check whose verdict cannot be stored now
  std::int64_t rate_per_key = 100;         // requests a second, 0..1000000; 0: no limit; see service/gate.h
  std::int64_t rate_per_client = 100;      // the same of one client address
  std::int64_t unknown_keys_per_client = 10;  // wrong keys a minute, 0..1000000; 0: no limit
  std::int64_t unknown_keys_in_total = 1000;
  std::int64_t max_sites = 10000;           // sites that any-site keys may bring into being
  std::string site_distinct = "path";       // parts of a site's address that tell sites apart
  std::string key_domains;                  // domains before which a host's first label is a key; empty: any
  std::string callback_hosts;               // hosts of sites that may be called back
  std::string callback_networks;            // where they may lie beside the public internet
  std::int64_t recheck_hold_seconds = 120;  // for which a site is asked to hold a comment in doubt, 0..3600
  std::int64_t recheck_watch_hours = 24;    // for which an answer of ham may be taken back, 0..720
  std::int64_t quorum = 3;                  // independent sites whose reports count elsewhere, 2..100
  std::int64_t reporter_floor = 60;         // percent of agreement; below, reports count at home alone
  std::int64_t memory_mb = 64;              // for what reports taught, 1..65536
  double retrain_ham_worse = 0.5;           // points of a hundred; see tools/training/gate.h
  double retrain_recall_worse = 0.5;
  std::string personal_data = "hashed";       // how addresses are kept, see PersonalData
  std::int64_t identity_rotation_days = 180;  // after which pseudonyms have a new key, 0 (never)..3650
  std::int64_t retention_days = 30;           // for which the text of a verdict is kept, 0 (for ever)..36500
  std::int64_t retention_discard_days = 3;    // the same of discarded ones
  std::int64_t retention_report_days = 0;     // for which a report counts; 0: for ever
  std::string log_format = "text";            // text or json
  std::string log_level = "info";             // debug, info, warn, error
  double threshold_unsure = -1;               // 0..1, or -1: the model's own
  double threshold_spam = -1;
  double threshold_discard = -1;
};

// One line of the table of settings: the only list of them.
struct Setting {
  std::string_view name;  // TOML key ("listen"), flag (--listen) and, upper-cased, variable (WINNOW_LISTEN)
  std::string_view description;  // one sentence, with the unit
};

// What Config says of the memory.
MemoryOptions memory_options(const Config& config);

// A setting that is a list is written "one, two".
std::vector<std::string> list_of(std::string_view text);

// What Config::site_distinct says.
SiteForm site_form(const Config& config);

// Where a value came from: "default", "file NAME:LINE", "environment", "flag".
struct ConfigValue {
  std::string name;
  std::string value;
  std::string source;
};

struct LoadedConfig {
  Config config;
  std::vector<ConfigValue> values;  // in the order of settings()
};

const std::vector<Setting>& settings();

// `file`: path of a TOML file, empty for none (then WINNOW_CONFIG from the environment, if set).
// `environment`: name -> value, e.g. from the process; every WINNOW_* name in it must be known (WINNOW_CONFIG
// aside). `flags`: setting name -> value. kInvalid names the key, its source and what it takes; kNotFound for
// a file that is not there.
Result<LoadedConfig> load_config(const std::string& file,
                                 const std::map<std::string, std::string>& environment,
                                 const std::map<std::string, std::string>& flags);

// The operator's thresholds over the model's: each that is set (0 or more) replaces the model's, and the
// later ones rise with it, so that unsure <= spam <= discard holds.
Thresholds thresholds_in_force(const Config& config, const Thresholds& of_model);

// The WINNOW_* part of this process's environment.
std::map<std::string, std::string> process_environment();

// "0.1.0"
std::string_view version();

}  // namespace winnow
