# Sourced by run: a WordPress of its own under $WORK, served at $SITE, with the pages that its people open.
#   WORDPRESS_DIR   the WordPress to copy; Debian's package if it is not set
source_dir=${WORDPRESS_DIR:-/usr/share/wordpress}
root=$WORK/wordpress page=$WORK/page.html

wordpress_version() { sed -n "s/^\$wp_version = '\([^']*\)'.*/\1/p" "$source_dir/wp-includes/version.php"; }
akismet_version() { sed -n 's/^Version: //p' "$source_dir/wp-content/plugins/akismet/akismet.php"; }

# Does this Akismet plugin ask to be told of better answers?
can_be_told() { grep -q "'callback'" "$source_dir/wp-content/plugins/akismet/class.akismet.php"; }

# configure PHP: lines of wp-config.php that may change as the test goes on.
configure() { printf '<?php\n%s\n' "$1" >"$WORK/settings.php"; }

# Files, database and web server; nothing is installed yet.
make_site() {
  start_mariadb wordpress
  resolve_here "$(sed 's|.*://||; s|:.*||' <<<"$SITE")"
  mkdir "$root"
  tar -C "$source_dir" --exclude=.htaccess --exclude=wp-config.php -ch . | tar -C "$root" -x
  mkdir -p "$root/wp-content/mu-plugins" "$root/wp-content/themes/plain"
  cp "$here"/theme/* "$root/wp-content/themes/plain/"
  cp "$here/../../../tools/integrations/wordpress/winnow.php" "$here/watch.php" "$root/wp-content/mu-plugins/"
  cat >"$root/wp-config.php" <<'PHP'
<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'site');
define('DB_PASSWORD', 'secret');
define('DB_HOST', '127.0.0.1');
define('DB_CHARSET', 'utf8mb4');
define('WP_DEFAULT_THEME', 'plain');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);  // run by the test
// As behind a proxy: visitors have addresses of their own.
$_SERVER['REMOTE_ADDR'] = $_SERVER['HTTP_X_FORWARDED_FOR'] ?? '127.0.0.1';
require getenv('WORK') . '/settings.php';
$table_prefix = 'wp_';
defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');
require ABSPATH . 'wp-settings.php';
PHP
  PHP_CLI_SERVER_WORKERS=4 php -d opcache.revalidate_freq=0 -d sendmail_path=/bin/true -d log_errors=1 \
    -d error_log="$WORK/php.log" -S "127.0.0.1:${SITE##*:}" -t "$root" >"$WORK/php-server.log" 2>&1 &
  for _ in $(seq 200); do
    ! curl -s -o /dev/null "$SITE/readme.html" || return 0
    sleep 0.05
  done
  fail "PHP's web server did not start"
}

# wp PHP: code that runs inside of WordPress.
wp() { php -d sendmail_path=/bin/true -r '$_SERVER["HTTP_HOST"] = "blog.example.org"; require $argv[1] . "/wp-load.php"; eval($argv[2]);' "$root" "$1"; }

# visit PATH [CURL OPTION...], admin PATH [CURL OPTION...]: the answer is in $page; any HTTP error fails.
visit() { curl -sS --fail-with-body --max-time 40 -o "$page" -H "X-Forwarded-For: ${visitor:-203.0.113.1}" -H 'Accept-Language: en' -A "$AGENT" "$SITE/$1" "${@:2}"; }
admin() { visit "wp-admin/$1" -L -c "$WORK/cookies" -b "$WORK/cookies" "${@:2}"; }

has() { grep -qiF -- "$1" "$page"; }
expect() { has "$1" || fail "${2:-the page} does not say: $1"; }
refuse() { ! has "$1" || fail "${2:-the page} says: $1"; }

# hidden NAME: the value of the page's form field of that name.
hidden() { grep -o "<input[^>]*name=[\"']$1[\"'][^>]*>" "$page" | sed "s/.*value=[\"']\([^\"']*\).*/\1/" | head -n 1; }
# follow ADDRESS-PART...: opens the page's first link that has all these parts, as the admin.
follow() {
  local links part
  links=$(grep -o "href=[\"'][^\"']*" "$page" | sed "s/^href=.//; s/&amp;/\&/g; s/&#038;/\&/g")
  for part in "$@"; do links=$(grep -F -- "$part" <<<"$links") || fail "the page has no link with $*"; done
  admin "$(head -n 1 <<<"$links" | sed 's|.*/wp-admin/||')"
}

install_wordpress() {
  visit 'wp-admin/install.php?step=2' --data-urlencode weblog_title='A blog' -d user_name=admin -d admin_email=admin@example.org \
    -d admin_password=an-admins-password -d admin_password2=an-admins-password -d pw_weak=on -d blog_public=0 -d language=
  wp 'update_option("comment_previously_approved", 0); update_option("permalink_structure", "");'
  visit wp-login.php -c "$WORK/cookies"
  visit wp-login.php -L -c "$WORK/cookies" -b "$WORK/cookies" -d log=admin -d pwd=an-admins-password -d testcookie=1 \
    --data-urlencode redirect_to="$SITE/wp-admin/"
  expect 'wp-admin-bar-my-account' 'the page after the login'
}

# comment AUTHOR EMAIL URL IP TEXT: as a visitor with a browser, through the form below the first post.
comment() {
  local nonce visitor=$4
  visit '?p=1'
  nonce=$(hidden akismet_comment_nonce)
  visit wp-comments-post.php -e "$SITE/?p=1" --data-urlencode author="$1" --data-urlencode email="$2" \
    --data-urlencode url="$3" --data-urlencode comment="$5" -d comment_post_ID=1 -d comment_parent=0 -d ak_hp_textarea= \
    -d ak_js="$(date +%s)000" -d akismet_comment_nonce="$nonce"
}

site_query() { mariadb --no-defaults --socket="$WORK/mariadb.sock" -u root -N -B -e "$1" wordpress; }
# id_of TEXT, status_of TEXT: of the newest comment in which that is found; the status is 1, 0 or spam.
id_of() { site_query "SELECT MAX(comment_ID) FROM wp_comments WHERE comment_content LIKE '%$1%'"; }
status_of() { site_query "SELECT comment_approved FROM wp_comments WHERE comment_ID = '$(id_of "$1")'"; }
expect_status() {
  local status
  status=$(status_of "$1")
  [ "$status" = "$2" ] || fail "the comment with \"$1\" is stored as ${status:-nothing}, not $2"
}
