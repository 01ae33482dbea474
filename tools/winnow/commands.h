// The factories of all commands, one a file; main.cpp has the table that names them.
#pragma once

#include "tools/winnow/command.h"

namespace winnow::cli {

std::unique_ptr<Command> make_site_add();
std::unique_ptr<Command> make_site_list();
std::unique_ptr<Command> make_site_mode();
std::unique_ptr<Command> make_site_thresholds();
std::unique_ptr<Command> make_list_add();
std::unique_ptr<Command> make_list_show();
std::unique_ptr<Command> make_list_remove();
std::unique_ptr<Command> make_list_import();
std::unique_ptr<Command> make_key_create();
std::unique_ptr<Command> make_key_list();
std::unique_ptr<Command> make_key_change();
std::unique_ptr<Command> make_key_revoke();
std::unique_ptr<Command> make_key_suspend();
std::unique_ptr<Command> make_key_resume();
std::unique_ptr<Command> make_person_setup();
std::unique_ptr<Command> make_person_list();
std::unique_ptr<Command> make_person_add();
std::unique_ptr<Command> make_person_remove();
std::unique_ptr<Command> make_person_password();
std::unique_ptr<Command> make_person_second_factor();
std::unique_ptr<Command> make_feedback_report();
std::unique_ptr<Command> make_feedback_list();
std::unique_ptr<Command> make_feedback_withdraw();
std::unique_ptr<Command> make_reporters();
std::unique_ptr<Command> make_import();
std::unique_ptr<Command> make_export();
std::unique_ptr<Command> make_recheck();
std::unique_ptr<Command> make_check();
std::unique_ptr<Command> make_score();
std::unique_ptr<Command> make_train();
std::unique_ptr<Command> make_retrain();
std::unique_ptr<Command> make_evaluate();
std::unique_ptr<Command> make_replay();
std::unique_ptr<Command> make_model_list();
std::unique_ptr<Command> make_model_show();
std::unique_ptr<Command> make_model_compare();
std::unique_ptr<Command> make_model_promote();
std::unique_ptr<Command> make_model_shadow();
std::unique_ptr<Command> make_model_rollback();
std::unique_ptr<Command> make_backup();
std::unique_ptr<Command> make_restore();
std::unique_ptr<Command> make_doctor();
std::unique_ptr<Command> make_privacy_export();
std::unique_ptr<Command> make_privacy_erase();
std::unique_ptr<Command> make_privacy_rotate();
std::unique_ptr<Command> make_privacy_log();
std::unique_ptr<Command> make_config();
std::unique_ptr<Command> make_version();

}  // namespace winnow::cli
