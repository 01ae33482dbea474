#include "service/concealment.h"

#include <algorithm>
#include <limits>
#include <system_error>

#include "classifier/normalize.h"
#include "classifier/unicode.h"
#include "classifier/vocabulary.h"

namespace winnow {
namespace {

constexpr UnixMillis kDay = 24 * 3600 * 1000;
constexpr std::string_view kNames[] = {"hashed", "clear", "none"};

std::filesystem::file_time_type last_change(const std::filesystem::path& data_dir) {
  std::error_code failed;
  const auto changed = std::filesystem::last_write_time(data_dir / "pseudonym.keys", failed);
  return failed ? std::filesystem::file_time_type{} : changed;
}

}  // namespace

std::optional<PersonalData> personal_data_of(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<PersonalData>(found - std::begin(kNames));
}

std::string_view to_string(PersonalData kept) {
  return kNames[static_cast<std::size_t>(kept)];
}

Result<std::unique_ptr<Concealment>> Concealment::open(const std::filesystem::path& data_dir,
                                                       PersonalData kept, UnixMillis now) {
  std::unique_ptr<Concealment> opened(new Concealment(data_dir, kept));
  Result<PseudonymKeys> keys =
      kept == PersonalData::kHashed ? begin_epoch(data_dir, now, 0) : read_pseudonym_keys(data_dir);
  if (!keys) return keys.error();
  opened->take(*std::move(keys), last_change(data_dir));
  return opened;
}

Comment Concealment::concealed(Comment comment) const {
  if (kept_ == PersonalData::kClear) return comment;
  if (kept_ == PersonalData::kNone) {
    comment.author_email.clear();
    comment.user_ip.clear();
    comment.concealed = true;
    return comment;
  }
  if (comment.concealed) return comment;
  const std::shared_ptr<const PseudonymKeys> all = keys();
  comment.concealed = true;
  if (!comment.author_email.empty()) {
    Pseudonym email = pseudonym_of(all->back(), Pseudonym::Of::kEmail, email_name(comment.author_email));
    const NormalizedText author = normalize(comment.author);
    email.letters = facts_of_email(comment.author_email, split_words(author.folded)).letters();
    comment.author_email = email.text();
  }
  if (!comment.user_ip.empty()) {
    Pseudonym address = pseudonym_of(all->back(), Pseudonym::Of::kAddress, address_name(comment.user_ip));
    if (is_of_no_place(comment.user_ip)) address.letters = "p";
    comment.user_ip = address.text();
  }
  return comment;
}

Who Concealment::who(const Comment& comment) const {
  if (comment.concealed) return who_of(comment);
  if (kept_ == PersonalData::kNone) return {};
  Who who;
  if (kept_ == PersonalData::kClear) who = who_of(comment);
  for (std::string& name : email_pseudonyms(comment.author_email)) who.author.push_back(std::move(name));
  if (is_of_no_place(comment.user_ip)) return who;
  for (std::string& name : address_pseudonyms(comment.user_ip)) who.network.push_back(std::move(name));
  return who;
}

std::vector<std::string> Concealment::pseudonyms(Pseudonym::Of of, std::string_view name) const {
  std::vector<std::string> names;
  if (name.empty()) return names;
  for (const PseudonymKey& key : *keys()) names.push_back(pseudonym_of(key, of, name).name());
  return names;
}

std::vector<std::string> Concealment::email_pseudonyms(std::string_view email) const {
  return pseudonyms(Pseudonym::Of::kEmail, email_name(email));
}

std::vector<std::string> Concealment::address_pseudonyms(std::string_view address) const {
  return pseudonyms(Pseudonym::Of::kAddress, address_name(address));
}

bool Concealment::same_email(const Comment& comment, const Comment& stored) const {
  const std::string name = email_name_of(stored);
  if (comment.concealed == stored.concealed) return name == email_name_of(comment);
  if (name.empty() || comment.concealed) return name.empty() && comment.author_email.empty();
  return std::ranges::count(email_pseudonyms(comment.author_email), name) > 0;
}

bool Concealment::same_address(const Comment& comment, const Comment& stored) const {
  const std::string name = address_name_of(stored);
  if (comment.concealed == stored.concealed) return name == address_name_of(comment);
  if (name.empty() || comment.concealed) return name.empty() && comment.user_ip.empty();
  return std::ranges::count(address_pseudonyms(comment.user_ip), name) > 0;
}

Result<bool> Concealment::rotate(UnixMillis now, std::int64_t days) {
  const std::uint32_t before = epoch();
  const UnixMillis due = days == 0 ? std::numeric_limits<UnixMillis>::max() : now - days * kDay;
  Result<PseudonymKeys> keys = begin_epoch(data_dir_, now, due);
  if (!keys) return keys.error();
  const bool began = !keys->empty() && keys->back().epoch != before && keys->back().since == now;
  take(*std::move(keys), last_change(data_dir_));
  return began;
}

Result<void> Concealment::refresh() {
  const std::filesystem::file_time_type changed = last_change(data_dir_);
  {
    const std::lock_guard lock(mutex_);
    if (changed == changed_) return {};
  }
  Result<PseudonymKeys> keys = read_pseudonym_keys(data_dir_);
  if (!keys) return keys.error();
  if (keys->empty() && kept_ == PersonalData::kHashed)
    return Error{ErrorKind::kUnavailable, "the keys of pseudonyms are gone; those that were read go on", ""};
  take(*std::move(keys), changed);
  return {};
}

std::uint32_t Concealment::epoch() const {
  const std::shared_ptr<const PseudonymKeys> all = keys();
  return all->empty() ? 0 : all->back().epoch;
}

std::shared_ptr<const PseudonymKeys> Concealment::keys() const {
  const std::lock_guard lock(mutex_);
  return keys_;
}

void Concealment::take(PseudonymKeys keys, std::filesystem::file_time_type changed) {
  auto taken = std::make_shared<const PseudonymKeys>(std::move(keys));
  const std::lock_guard lock(mutex_);
  keys_ = std::move(taken);
  changed_ = changed;
}

}  // namespace winnow
