#!/usr/bin/env bash
# Imports a catalog document into a running instance: see usage below.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: SPACE_TOKEN=… data/import-catalog.sh [--replace] file

Imports the entries of the file, as a whole or not at all, and says how many were added, changed, unchanged and removed.

  --replace     drops entries imported before that the file does not have

  SPACE_TOKEN   an administrator's access token; POST /api/auth/login gives one
  SPACE_URL     where the instance answers; http://localhost:8080 when unset
TEXT
}
fail() { echo "import-catalog.sh: $*" >&2; exit 1; }

replace=false file=''
while [ $# -gt 0 ]; do
  case $1 in
    --help|-h) usage; exit 0 ;;
    --replace) replace=true ;;
    -?*) echo "import-catalog.sh: unknown argument: $1" >&2; usage >&2; exit 2 ;;
    *) [ -z "$file" ] || { usage >&2; exit 2; }; file=$1 ;;
  esac
  shift
done
[ -n "$file" ] || { usage >&2; exit 2; }
[ -r "$file" ] || fail "$file cannot be read."
command -v curl >/dev/null || fail "needs curl; install it."
[ -n "${SPACE_TOKEN:-}" ] || fail "SPACE_TOKEN is not set. Sign in with POST /api/auth/login and put the access_token there."
url=${SPACE_URL:-http://localhost:8080}
url=${url%/}

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
# The token goes through a pipe: arguments can be read by everybody on this machine.
status=$(printf 'header = "Authorization: Bearer %s"\n' "$SPACE_TOKEN" |
  curl --silent --show-error --config - --output "$answer" --write-out '%{http_code}' \
    --header 'Content-Type: application/json' --data-binary "@$file" \
    "$url/api/control-center/catalog/import?replace=$replace") || fail "$url does not answer. Start the instance, or set SPACE_URL."
[ "$status" = 200 ] || fail "the import was answered with $status: $(cat "$answer")"
cat "$answer"
echo
