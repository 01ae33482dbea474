# Sourced first by tests/clients/NAME/run, which tests/clients/run calls with
#   BIN_DIR   directory of winnowd and winnow
#   CLIENTS_DIR  directory of the npm packages in tests/clients/package.json
#   WORK         an empty directory, removed afterwards
# in namespaces of its own: it is process 1 of its family, every port of 127.0.0.1 is free, nothing else can be reached.
# It calls
#   client NAME VERSION   what the result's line will name; first of all
#   start_winnowd         winnowd on ports 80 and 443 with KEY for SITE, once
#   trust_private_ca      this machine's programs, Node too, trust winnowd's certificate
#   start_mariadb NAME    a database server, for clients that need one
#   drive COMMAND...      runs the client; if COMMAND fails, so does the client, with the error that it printed
#   expect_reports        both comments were reported as wrongly judged, and each report found its verdict
#   passed TEXT           the line "ok NAME VERSION: TEXT"
# Any command that fails ends the client with a FAIL line.
set -Eeuo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# Seen by the drivers. Both comments are the project's own.
export SITE=${SITE:-https://blog.example.org} KEY=0123456789ab WRONG_KEY=ba9876543210
export SPAM_AUTHOR='cheap pills online' SPAM_EMAIL=sales@cheap-pills-online.top SPAM_URL=http://cheap-pills-online.top/
export SPAM_CONTENT='Buy viagra and cialis without prescription, best price: http://cheap-pills-online.top/buy'
export HAM_AUTHOR=Anna HAM_EMAIL=anna@example.org HAM_URL=https://anna.example.org/
export HAM_CONTENT='Thanks, the second step was what I had missed. Does it also work with the older version?'
export SPAM_IP=203.0.113.7 HAM_IP=203.0.113.8 AGENT='Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0'
export PERMALINK=$SITE/2026/11/moving-house/

client() { client_name=$1 client_version=${2:-unknown}; }
client "$(basename "$here")"

passed() { echo "ok   $client_name $client_version: $*"; }
# fail TEXT: the FAIL line on stdout; what the client and winnowd said goes to stderr.
fail() {
  trap - ERR
  echo "FAIL $client_name $client_version: $*"
  for log in "$WORK"/*.log; do [ ! -s "$log" ] || { echo "-- $(basename "$log")"; tail -n 30 "$log"; } >&2; done
  exit 1
}
trap 'fail "line $LINENO of $(basename "${BASH_SOURCE[0]}"): $BASH_COMMAND"' ERR

# npm_version PACKAGE, deb_version PACKAGE: what is installed.
npm_version() { sed -n 's/^[[:space:]]*"version": *"\([^"]*\)".*/\1/p' "$CLIENTS_DIR/node_modules/$1/package.json" | head -n 1; }
deb_version() { dpkg-query -W -f '${Version}' "$1"; }

# resolve_here NAME...: these host names are 127.0.0.1.
resolve_here() {
  if [ ! -e "$WORK/hosts" ]; then
    cp /etc/hosts "$WORK/hosts"
    mount --bind "$WORK/hosts" /etc/hosts
  fi
  echo "127.0.0.1 $*" >>"$WORK/hosts"
}

# start_winnowd [FLAG...]: it is found as rest.akismet.com and winnow.example.org, with and without either key before them.
start_winnowd() {
  local domain
  for domain in rest.akismet.com winnow.example.org; do
    resolve_here "$domain" "$KEY.$domain" "$WRONG_KEY.$domain"
  done
  export WINNOW_DATA=$WORK/data
  "$BIN_DIR/winnow" key create --site "$SITE" --key "$KEY" >>"$WORK/winnow.log"
  "$here/../../../tools/integrations/private-ca/make-ca" "$WORK/tls" >>"$WORK/winnow.log"
  "$BIN_DIR/winnowd" --listen 127.0.0.1:80 --listen-tls 127.0.0.1:443 \
    --tls-certificate "$WORK/tls/server.pem" --tls-key "$WORK/tls/server.key" "$@" >"$WORK/listening" 2>"$WORK/winnowd.log" &
  while kill -0 $!; do
    ! grep -q 'listening on' "$WORK/listening" || return 0
    sleep 0.05
  done 2>/dev/null
  fail "winnowd did not start"
}

# As the recipe says: into the machine's store, and for Node in its environment.
trust_private_ca() {
  local store
  for store in /etc/ssl/certs /usr/local/share/ca-certificates; do
    mkdir -p "$WORK/trust$store"
    cp -a "$store/." "$WORK/trust$store"
    mount --bind "$WORK/trust$store" "$store"
  done
  cp "$WORK/tls/ca.pem" /usr/local/share/ca-certificates/winnow.crt
  update-ca-certificates >>"$WORK/winnow.log" 2>&1
  export NODE_EXTRA_CA_CERTS=$WORK/tls/ca.pem
}

# start_mariadb DATABASE: an empty MariaDB on 127.0.0.1:3306, user site, password secret, with this database in it.
start_mariadb() {
  mkdir "$WORK/mariadb"
  mariadb-install-db --no-defaults --user=root --datadir="$WORK/mariadb" --auth-root-authentication-method=normal --skip-test-db \
    >"$WORK/mariadb-install.log" 2>&1
  mariadbd --no-defaults --user=root --datadir="$WORK/mariadb" --socket="$WORK/mariadb.sock" --bind-address=127.0.0.1 \
    --skip-name-resolve --pid-file="$WORK/mariadb.pid" >"$WORK/mariadb.log" 2>&1 &
  for _ in $(seq 600); do
    ! mariadb-admin --no-defaults --socket="$WORK/mariadb.sock" ping >/dev/null 2>&1 || break
    sleep 0.05
  done
  mariadb --no-defaults --socket="$WORK/mariadb.sock" -u root -e \
    "CREATE DATABASE $1; CREATE USER site@'127.0.0.1' IDENTIFIED BY 'secret'; GRANT ALL ON $1.* TO site@'127.0.0.1'"
}

drive() { "$@" >"$WORK/client.log" 2>&1 || fail "$(grep -m 1 Error "$WORK/client.log" || tail -n 1 "$WORK/client.log")"; }

# node_driver FILE: an ES module that imports the packages of CLIENTS_DIR.
node_driver() { drive node_module "$1"; }
node_module() { cd "$CLIENTS_DIR" && node --input-type=module - <"$1"; }

# query SQL: what winnow's database says, one line a row, columns parted by a blank.
query() { sqlite3 -batch -noheader -separator ' ' "$WINNOW_DATA/winnow.db" "$1"; }

# The reports that are stored, one line each: what the person said, what winnow had said of that comment.
reports() {
  query "SELECT CASE feedback.label WHEN 0 THEN 'ham' ELSE 'spam' END,
                CASE WHEN verdict.outcome IS NULL THEN 'unmatched' WHEN verdict.outcome < 2 THEN 'ham' ELSE 'spam' END
         FROM feedback LEFT JOIN verdict ON verdict.id = feedback.verdict ORDER BY 1"
}
expect_reports() {
  local found
  found=$(reports | paste -sd , -)
  [ "$found" = "ham spam,spam ham" ] || fail "the stored reports are: ${found:-none}"
}
