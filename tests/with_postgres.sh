#!/usr/bin/env bash
# Runs a command beside a PostgreSQL server of its own that is thrown away afterwards:
#     tests/with_postgres.sh python -m pytest tests/rooms
# The command finds the server's address in LINLI_TEST_DATABASE. Needs Debian's postgresql; as root the server runs as
# the user postgres, for it refuses root. What is tested need not reach the disk; LINLI_TEST_FSYNC=on for measuring.
set -euo pipefail
port=${LINLI_TEST_PORT:-54329}
programs=$(pg_config --bindir 2>/dev/null || ls -d /usr/lib/postgresql/*/bin | tail -1)
folder=$(mktemp -d)
as_postgres() { if [[ $(id -u) -eq 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi; }
stop() { as_postgres "$programs/pg_ctl" -D "$folder/cluster" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT
[[ $(id -u) -ne 0 ]] || chown postgres "$folder"
cd /
as_postgres "$programs/initdb" -D "$folder/cluster" -U linli --auth=trust -E UTF8 --no-locale >/dev/null
as_postgres "$programs/pg_ctl" -D "$folder/cluster" -w -l "$folder/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=${LINLI_TEST_FSYNC:-off}" start >/dev/null
cd - >/dev/null
export LINLI_TEST_DATABASE="postgresql://linli@127.0.0.1:$port/postgres"
"$@"
