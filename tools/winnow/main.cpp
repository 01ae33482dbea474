// winnow, the command line. Exit codes: 0 done, 1 failed, 2 wrong usage.
#include <algorithm>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"

namespace winnow::cli {
namespace {

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

struct CommandEntry {
  const char* name;  // words from the program's name on: "site add"
  const char* summary;
  const char* example;     // a line that works when pasted
  CommandFactory factory;  // null for a group, which stands before its commands
};

// In the order of --help.
constexpr CommandEntry kCommands[] = {
    {"site", "The sites that winnow keeps apart", "winnow site list", nullptr},
    {"site add", "Add a site", "winnow site add https://blog.example.org", make_site_add},
    {"site list", "List the sites", "winnow site list", make_site_list},
    {"site mode", "Let a site try winnow out: log-only answers ham and stores the true verdict",
     "winnow site mode https://blog.example.org log-only", make_site_mode},
    {"site thresholds", "Give a site scores of its own from which a comment is unsure, spam, discarded",
     "winnow site thresholds https://blog.example.org --spam 0.9", make_site_thresholds},
    {"list", "Who and what is always allowed, or always blocked", "winnow list show", nullptr},
    {"list add", "Put a name, address, domain or text on a list",
     "winnow list add block domain casino.example", make_list_add},
    {"list show", "Show the lists, the newest entry first",
     "winnow list show --site https://blog.example.org", make_list_show},
    {"list remove", "Take an entry off its list", "winnow list remove 7", make_list_remove},
    {"list import", "Put the patterns of a file on a list, one a line",
     "winnow list import block email throwaway-mail.txt --dry-run", make_list_import},
    {"key", "The keys that clients show", "winnow key list", nullptr},
    {"key create", "Make a key and show it, once", "winnow key create --site https://blog.example.org",
     make_key_create},
    {"key list", "List the keys, without their secret part", "winnow key list", make_key_list},
    {"key change", "Change what a key may be used for, from where, until when",
     "winnow key change 3 --expires 2027-01-31", make_key_change},
    {"key revoke", "Make a key invalid from now on", "winnow key revoke 3", make_key_revoke},
    {"key suspend", "Refuse a key until it is resumed: its comments wait for a person",
     "winnow key suspend 3", make_key_suspend},
    {"key resume", "Accept a suspended key again", "winnow key resume 3", make_key_resume},
    {"person", "Who may use the admin pages", "winnow person list", nullptr},
    {"person setup", "Print the link by which the first person makes their account", "winnow person setup",
     make_person_setup},
    {"person list", "List the people", "winnow person list", make_person_list},
    {"person add", "Add a person", "winnow person add Anna --role owner --generate", make_person_add},
    {"person remove", "Remove a person, and sign them out", "winnow person remove Anna", make_person_remove},
    {"person password", "Set a person's password anew, and sign them out",
     "winnow person password Anna --generate", make_person_password},
    {"person second-factor", "Turn a person's second factor off, who lost it",
     "winnow person second-factor Anna --off", make_person_second_factor},
    {"feedback", "What people report", "winnow feedback list", nullptr},
    {"feedback report", "Report a comment as spam or ham, with an administrator's word",
     "winnow feedback report --site https://blog.example.org --label spam --content 'Buy now'",
     make_feedback_report},
    {"feedback list", "List the newest reports", "winnow feedback list --last 20", make_feedback_list},
    {"feedback withdraw", "Take a report back: it counts for nothing from now on",
     "winnow feedback withdraw 5e1f0c9a7b3d4e2f8a6b1c0d9e8f7a6b", make_feedback_withdraw},
    {"reporters", "List who reports, and how often others agree with them", "winnow reporters",
     make_reporters},
    {"import", "Take over the comments that a site has judged already, as reports",
     "winnow import --site https://blog.example.org --dry-run wordpress.xml", make_import},
    {"export", "Write the reports that count as labelled comments, one JSON object a line",
     "winnow export --out comments.jsonl", make_export},
    {"recheck", "Judge stored verdicts anew and show what would change", "winnow recheck --since 2026-01-31",
     make_recheck},
    {"check", "Judge one comment and say why",
     "winnow check --author 'cheap pills' --content 'Buy now: http://pills.example/'", make_check},
    {"score", "Judge comments, one JSON object a line", "winnow score < comments.jsonl", make_score},
    {"train", "Train a model from labelled comments", "winnow train --data comments.jsonl --out models/mine",
     make_train},
    {"retrain", "Make a model of what reports taught, on top of the one in use", "winnow retrain --dry-run",
     make_retrain},
    {"evaluate", "Measure a model on labelled comments", "winnow evaluate --data comments.jsonl --json",
     make_evaluate},
    {"replay", "Measure how well winnow learns: labelled comments in order of time, judged, then taught",
     "winnow replay --data comments.jsonl --from-scratch", make_replay},
    {"model", "The models, and which one is in force", "winnow model list", nullptr},
    {"model list", "List the models and the last promotions", "winnow model list", make_model_list},
    {"model show", "Show what a model is made of and how good it was when it was trained",
     "winnow model show winnow-3", make_model_show},
    {"model compare", "Judge the same comments with two models, or see what one did in shadow",
     "winnow model compare winnow-3 mine --data comments.jsonl", make_model_compare},
    {"model promote", "Put a model in force: a running winnowd takes it within a second",
     "winnow model promote mine --reason 'knows our casino spam'", make_model_promote},
    {"model rollback", "Put in force what was before the last promotion", "winnow model rollback",
     make_model_rollback},
    {"model shadow", "Let a model judge beside the one in force, to compare them: clients never see it",
     "winnow model shadow mine --site https://blog.example.org", make_model_shadow},
    {"backup", "Copy database, secrets and model to a new directory, also while winnowd serves",
     "winnow backup /var/backups/winnow-2026-11-26", make_backup},
    {"restore", "Put a backup back, or look whether it is whole",
     "winnow restore /var/backups/winnow-2026-11-26 --check", make_restore},
    {"doctor", "Look whether everything is in order, and say what to do", "winnow doctor", make_doctor},
    {"privacy", "What winnow keeps of people", "winnow privacy log", nullptr},
    {"privacy export", "Write all that is kept of one person, one JSON object a line",
     "winnow privacy export --email anna@example.org", make_privacy_export},
    {"privacy erase", "Erase all that is kept of one person, for good",
     "winnow privacy erase --email anna@example.org --yes", make_privacy_erase},
    {"privacy rotate", "Hash addresses with a new key from now on, and destroy the key before the last",
     "winnow privacy rotate", make_privacy_rotate},
    {"privacy log", "List what was cleaned up, the newest first", "winnow privacy log --last 20",
     make_privacy_log},
    {"config", "Print every setting, its value and where it came from", "winnow config", make_config},
    {"version", "Print the version", "winnow version", make_version},
};

// The app that `name` is a direct subcommand of, and the last word of `name`.
CLI::App& parent_of(CLI::App& root, std::string& name) {
  const std::size_t blank = name.find(' ');
  if (blank == std::string::npos) return root;
  CLI::App* group = root.get_subcommand(name.substr(0, blank));
  name = name.substr(blank + 1);
  return *group;
}

// A command and the app that its options were declared to.
struct Declared {
  CLI::App* app = nullptr;
  std::unique_ptr<Command> command;  // null for a group
};

Declared declare(const CommandEntry& entry, CLI::App& root) {
  std::string name = entry.name;
  CLI::App& parent = parent_of(root, name);
  Declared declared{parent.add_subcommand(name, entry.summary), nullptr};
  declared.app->fallthrough();
  declared.app->footer(std::string("Example:\n  ") + entry.example);
  if (entry.factory == nullptr) return declared;
  declared.command = entry.factory();
  declared.command->declare(*declared.app);
  return declared;
}

// The command that the user named; null for none, or a group alone.
Command* chosen_of(const std::vector<Declared>& all) {
  const auto found =
      std::ranges::find_if(all, [](const Declared& each) { return each.command && each.app->parsed(); });
  return found == all.end() ? nullptr : found->command.get();
}

void print_error(std::string_view message) {
  std::string line(message);
  for (char& c : line) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  std::cerr << "winnow: " << line << '\n';
}

int run(int argc, char** argv) {
  CLI::App root("winnow: judges comments, and keeps the sites and keys of winnowd", "winnow");
  GlobalOptions options;
  root.add_option("--config", options.config_file, "TOML file with settings (else WINNOW_CONFIG)")
      ->type_name("FILE");
  root.add_option("--data-dir", options.data_dir,
                  "Directory of database and secret (else WINNOW_DATA, else var)")
      ->type_name("DIR");
  root.footer("Example:\n  winnow site list\n\nEach command has its own --help.");
  std::vector<Declared> declared;
  for (const CommandEntry& entry : kCommands) declared.push_back(declare(entry, root));

  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success))
      return root.exit(error);  // --help
    print_error(error.what());
    return kWrongUsage;
  }
  Command* chosen = chosen_of(declared);
  if (chosen == nullptr) {
    print_error("no command is named, see --help");
    return kWrongUsage;
  }

  const Result<void> done = chosen->run(options);
  if (!done) {
    print_error(done.error().message);
    return kFailed;
  }
  std::cout.flush();
  if (!std::cout) {
    print_error("cannot write to standard output");
    return kFailed;
  }
  return 0;
}

}  // namespace
}  // namespace winnow::cli

int main(int argc, char** argv) {
  try {
    return winnow::cli::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "winnow: " << error.what() << '\n';
    return winnow::cli::kFailed;
  }
}
