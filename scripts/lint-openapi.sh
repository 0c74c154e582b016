#!/usr/bin/env bash
# Lints both OpenAPI documents of a running instance: scripts/lint-openapi.sh [URL of the instance, http://localhost:8080]
# Any error or warning of Spectral (ruleset spectral:oas) or Redocly (ruleset recommended) makes the exit status 1. Needs curl, node and npx.
# SPACE_TOKEN is sent as bearer token, for an instance with SPACE_DOCS_PUBLIC=false.
set -euo pipefail
spectral=@stoplight/spectral-cli@6.16.3
redocly=@redocly/cli@2.77.0
base=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
instance=${1:-http://localhost:${SPACE_HTTP_PORT:-8080}}
fail() { echo "lint-openapi.sh: $*" >&2; exit 1; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
header=()
[ -z "${SPACE_TOKEN:-}" ] || header=(-H "Authorization: Bearer $SPACE_TOKEN")
fetch() { # path, file
  curl -sSf --max-time 60 ${header[@]+"${header[@]}"} "$instance$1" -o "$folder/$2" || fail "$instance$1 does not answer with a document. Is the instance ready?"
}
fetch /api/openapi api.json
fetch /management/openapi management.json

# A disabled plugin's endpoints are not in the document, and would pass without being read.
for manifest in "$base"/plugin-modules/*/src/main/resources/io/thespace/*/plugin.json; do
  id=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1])).id' "$manifest")
  grep -q "\"/api/plugins/$id/" "$folder/api.json" || fail "The bundled plugin $id is not enabled. Enable it with POST /api/control-center/plugins/enable."
done

status=0
cd "$folder"
echo 'extends: ["spectral:oas"]' > ruleset.yaml
npx --yes "$spectral" lint --ruleset ruleset.yaml --fail-severity warn api.json management.json || status=1

# Redocly's exit status counts errors only, and it writes one report for each document.
for document in api.json management.json; do
  REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true \
    npx --yes "$redocly" lint --extends=recommended --format=json "$document" > report.json 2> redocly.log || true
  node -e '
    const { totals, problems } = JSON.parse(require("fs").readFileSync("report.json"));
    for (const { severity, ruleId, message, location } of problems) {
      console.log(`${process.argv[1]} ${location[0]?.pointer} ${severity} ${ruleId} ${message}`);
    }
    console.log(`Redocly: ${process.argv[1]}: ${totals.errors} errors, ${totals.warnings} warnings, ${totals.ignored} ignored`);
    process.exit(totals.errors + totals.warnings + totals.ignored > 0 ? 1 : 0);
  ' "$document" || { status=1; [ -s report.json ] || cat redocly.log >&2; }
done
exit $status
