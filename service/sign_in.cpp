#include "service/sign_in.h"

#include "classifier/unicode.h"
#include "service/totp.h"

namespace winnow {
namespace {

constexpr UnixMillis kSeenEvery = 60'000;
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kMaxNameBytes = 400;

std::vector<std::string> keys_of(std::string_view name, std::string_view address) {
  return {"name " + fold(clip_utf8(to_valid_utf8(name), kMaxNameBytes)), throttle_key_of_address(address)};
}

using Answer = SignIn::Answer;

// Of a person whose password was right.
Result<Answer> check_code(const Services& services, const InstallSecret& secret, const Account& account,
                          const std::string& code) {
  if (account.second_factor.empty()) return Answer::kWelcome;
  if (code.empty()) return Answer::kCodeNeeded;
  const Result<std::string> factor = secret.unseal(account.second_factor);
  if (!factor) return factor.error();
  const std::optional<std::int64_t> step = matching_step(*factor, code, services.now(), account.factor_step);
  if (!step) return Answer::kWrongCode;
  const Result<bool> fresh = services.store.use_factor_step(account.person.id, *step);
  if (!fresh) return fresh.error();
  return *fresh ? Answer::kWelcome : Answer::kWrongCode;
}

// What a try that was counted as wrong in advance turned out to be.
void settle(Throttle& throttle, const std::vector<std::string>& keys, const Result<Answer>& answer) {
  if (answer && (*answer == Answer::kWrong || *answer == Answer::kWrongCode)) return;
  throttle.take_back(keys);
  if (answer && *answer == Answer::kWelcome) throttle.forget(keys.front());
}

}  // namespace

Result<SignIn> sign_in(const Services& services, const InstallSecret& secret, SignInGuard& guard,
                       const Credentials& credentials) {
  const std::vector<std::string> keys = keys_of(credentials.name, credentials.address);
  const std::int64_t wait = guard.throttle.begin(keys, services.now());
  if (wait > 0) return SignIn{Answer::kTooMany, wait, {}};
  SignIn done;
  const auto look = [&]() -> Result<Answer> {
    Result<std::optional<Account>> account = services.store.find_account(to_valid_utf8(credentials.name));
    if (!account) return account.error();
    done.account = std::move(*account);
    const Result<bool> right =
        guard.passwords.matches(done.account ? done.account->password : "", credentials.password);
    if (!right) return right.error();
    if (!*right) return Answer::kWrong;
    return check_code(services, secret, *done.account, credentials.code);
  };
  const Result<Answer> answer = look();
  settle(guard.throttle, keys, answer);
  if (!answer) return answer.error();
  done.answer = *answer;
  return done;
}

Result<SignIn> confirm(const Services& services, SignInGuard& guard, const Account& account,
                       const std::string& password, const std::string& address) {
  const std::vector<std::string> keys = keys_of(account.person.name, address);
  const std::int64_t wait = guard.throttle.begin(keys, services.now());
  if (wait > 0) return SignIn{Answer::kTooMany, wait, {}};
  const Result<bool> right = guard.passwords.matches(account.password, password);
  const Result<Answer> answer = !right   ? Result<Answer>(right.error())
                                : *right ? Result<Answer>(Answer::kWelcome)
                                         : Result<Answer>(Answer::kWrong);
  settle(guard.throttle, keys, answer);
  if (!answer) return answer.error();
  return SignIn{*answer, 0, account};
}

Result<std::string> begin_session(const Services& services, const InstallSecret& secret, PersonId person) {
  const std::string token = random_hex(kTokenBytes);
  const UnixMillis now = services.now();
  const Result<void> put = services.store.put_session(session_hash(secret, token), person, now,
                                                      now - kSessionLife, now - kSessionIdle);
  if (!put) return put.error();
  return token;
}

Result<std::optional<Account>> find_session(const Services& services, const InstallSecret& secret,
                                            std::string_view token) {
  const std::string hash = session_hash(secret, token);
  Result<std::optional<Session>> session = services.store.find_session(hash);
  if (!session) return session.error();
  if (!session->has_value()) return std::optional<Account>();
  const UnixMillis now = services.now();
  const bool over = now - (*session)->created_at > kSessionLife || now - (*session)->seen_at > kSessionIdle;
  if (over) return std::optional<Account>();
  if (now - (*session)->seen_at >= kSeenEvery) {
    // A full disk must not sign anybody out.
    const Result<void> touched = services.store.touch_session(hash, now);
    static_cast<void>(touched);
  }
  return std::optional<Account>(std::move((*session)->account));
}

std::string session_hash(const InstallSecret& secret, std::string_view token) {
  return secret.hash("session " + std::string(token));
}

std::string csrf_token(const InstallSecret& secret, std::string_view token) {
  return secret.hash("csrf " + std::string(token));
}

}  // namespace winnow
