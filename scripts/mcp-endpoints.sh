#!/usr/bin/env bash
# Walks the MCP server over plain HTTP: its health, its tools, a call, calls that are refused, and a context for a call.
# Usage: TOKEN=… scripts/mcp-endpoints.sh [URL]   (URL: http://localhost:8080 unless given)
set -euo pipefail

url=${1:-http://localhost:8080}
: "${TOKEN:?Set TOKEN to an access token (POST /api/auth/login).}"

# walk STATUS METHOD PATH [BODY]: makes a call and ends the script unless it has the status.
walk() {
  local expected=$1 method=$2 path=$3 status
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
walk 201 POST /api/mcp/contexts '{"parts": [{"name": "query", "data": "morning call"}]}'
context=$(printf '%s' "$answer" | grep -o '"context_id":"[^"]*"' | cut -d '"' -f 4)
walk 200 GET "/api/mcp/contexts/$context"
walk 200 POST /api/mcp/tools/memory_search/invoke "{\"context_id\": \"$context\"}"
walk 204 DELETE "/api/mcp/contexts/$context"
walk 404 GET "/api/mcp/contexts/$context"
echo 'The tools answer.'
