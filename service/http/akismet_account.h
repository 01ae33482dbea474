// The Akismet protocol's calls about a key and its sites: is it good, what did it do. Figures come from the
// store; money and plans do not exist here, so every key that is not suspended has an active subscription
// without an end and without a limit. A key that is not good is answered `invalid`.
#pragma once

#include "service/http/routes.h"

namespace winnow::http::akismet {

// {account_id, account_type, account_name, status: active|suspended, next_billing_date: false, limit_reached}
Reply get_subscription(const Context& context, const Call& call);

// {spam, ham, missed_spam, false_positives, accuracy, time_saved, breakdown} of one site, by month or
// (from=60-days) day; from = 60-days, 6-months or all. Numbers are numbers but for accuracy and inside
// breakdown: WordPress breaks on others.
Reply get_stats(const Context& context, const Call& call);
// The same of one key on all its sites.
Reply get_key_stats(const Context& context, const Call& call);

// {limit: "none", usage, percentage, throttled} of this month.
Reply usage_limit(const Context& context, const Call& call);

// What each site of the key did in one month, as JSON or CSV.
Reply key_sites(const Context& context, const Call& call);

// A text that opens nothing: clients hand it to Akismet's web pages, which winnow does not have.
Reply token(const Context& context, const Call& call);

// `deactivated`: the site is not called back any more. Its verdicts stay.
Reply deactivate(const Context& context, const Call& call);

// The subscription and the key, if the key is good; the account at wordpress.com is not looked at.
Reply verify_wpcom_key(const Context& context, const Call& call);

// `connected`
Reply test(const Context& context, const Call& call);

// `[]`: which plugins go with Akismet's is Akismet's to say.
Reply compatible_plugins(const Context& context, const Call& call);

}  // namespace winnow::http::akismet
