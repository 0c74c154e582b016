#!/usr/bin/env bash
# Writes the data catalog of a running instance to a file: see usage below.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: SPACE_TOKEN=… data/export-catalog.sh [file]

Writes the data catalog to the file, or to the standard output without one.

  SPACE_TOKEN   an administrator's access token; POST /api/auth/login gives one
  SPACE_URL     where the instance answers; http://localhost:8080 when unset
TEXT
}
fail() { echo "export-catalog.sh: $*" >&2; exit 1; }

case ${1:-} in
  --help|-h) usage; exit 0 ;;
  -?*) echo "export-catalog.sh: unknown argument: $1" >&2; usage >&2; exit 2 ;;
esac
[ $# -le 1 ] || { usage >&2; exit 2; }
command -v curl >/dev/null || fail "needs curl; install it."
[ -n "${SPACE_TOKEN:-}" ] || fail "SPACE_TOKEN is not set. Sign in with POST /api/auth/login and put the access_token there."
url=${SPACE_URL:-http://localhost:8080}
url=${url%/}

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
# The token goes through a pipe: arguments can be read by everybody on this machine.
status=$(printf 'header = "Authorization: Bearer %s"\n' "$SPACE_TOKEN" |
  curl --silent --show-error --config - --output "$answer" --write-out '%{http_code}' \
    "$url/api/control-center/catalog/export") || fail "$url does not answer. Start the instance, or set SPACE_URL."
[ "$status" = 200 ] || fail "the export was answered with $status: $(cat "$answer")"
if [ $# -eq 1 ]; then
  cat "$answer" > "$1" || fail "$1 cannot be written."
  echo "The catalog is in $1." >&2
else
  cat "$answer"
fi
