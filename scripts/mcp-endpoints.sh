#!/usr/bin/env bash
# Walks the tools of the MCP server over plain HTTP: its health, the list, a call, and calls that are refused.
# Usage: TOKEN=… scripts/mcp-endpoints.sh [URL]   (URL: http://localhost:8080 unless given)
set -euo pipefail

url=${1:-http://localhost:8080}
: "${TOKEN:?Set TOKEN to an access token (POST /api/auth/login).}"

# walk STATUS METHOD PATH [BODY]: makes a call and ends the script unless it has the status.
walk() {
  local expected=$1 method=$2 path=$3 answer status
  answer=$(curl --silent --show-error --max-time 30 --write-out '\n%{http_code}' -X "$method" \
    -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' ${4+--data "$4"} "$url$path")
  status=${answer##*$'\n'}
  printf '%s %-6s %s\n' "$status" "$method" "$path"
  if [ "$status" != "$expected" ]; then
    echo "Expected $expected: ${answer%$'\n'*}" >&2
    exit 1
  fi
}

walk 200 GET /api/mcp/health
walk 200 GET /api/mcp/tools
walk 200 POST /api/mcp/tools/memory_search/invoke '{"arguments": {"query": "morning call"}}'
walk 400 POST /api/mcp/tools/memory_search/invoke '{"colour": "red"}'
walk 404 POST /api/mcp/tools/no_such_tool/invoke '{"arguments": {}}'
echo 'The tools answer.'
