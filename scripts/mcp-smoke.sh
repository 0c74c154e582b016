#!/usr/bin/env bash
# Speaks both wires of the MCP server with curl: opens a session, lists the tools, calls one, and closes it.
# Usage: TOKEN=… scripts/mcp-smoke.sh [URL]   (URL: http://localhost:8080/api/mcp unless given)
set -euo pipefail

url=${1:-http://localhost:8080/api/mcp}
: "${TOKEN:?Set TOKEN to an access token (POST /api/auth/login) or a personal access token.}"

headers=$(mktemp)
trap 'rm -f "$headers"' EXIT

# post BODY HEADER…: sends a message and prints the answer; a status of 400 or more ends the script.
post() {
  local body=$1
  shift
  local options=()
  for header in "$@"; do options+=(-H "$header"); done
  curl --silent --show-error --fail-with-body --max-time 30 --dump-header "$headers" \
    -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
    -H 'Accept: application/json, text/event-stream' ${options[@]+"${options[@]}"} --data "$body" "$url"
  echo
}

# expect TEXT ANSWER: ends the script unless the answer has the text.
expect() {
  case $2 in
    *"$1"*) ;;
    *) echo "There is no $1 in the answer: $2" >&2; exit 1 ;;
  esac
}

echo '# 2025-11-25: a session'
answer=$(post '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"mcp-smoke","version":"1"}}}')
expect '"protocolVersion":"2025-11-25"' "$answer"
session=$(tr -d '\r' < "$headers" | sed -n 's/^[Mm]cp-[Ss]ession-[Ii]d: //p')
in_session=("Mcp-Session-Id: $session" 'MCP-Protocol-Version: 2025-11-25')
post '{"jsonrpc":"2.0","method":"notifications/initialized"}' "${in_session[@]}" > /dev/null
answer=$(post '{"jsonrpc":"2.0","id":2,"method":"tools/list"}' "${in_session[@]}")
expect '"tools":' "$answer"
echo "$answer" | grep -o '"name":"[a-z0-9_-]*","title"' | sed 's/"name":"//; s/","title"//'
answer=$(post '{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"memory_search","arguments":{"query":"smoke"}}}' "${in_session[@]}")
expect '"isError":false' "$answer"
echo "$answer"
curl --silent --show-error --fail-with-body --max-time 30 -X DELETE \
  -H "Authorization: Bearer $TOKEN" -H "Mcp-Session-Id: $session" "$url"

echo '# 2026-07-28: stateless'
meta='"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}'
stateless=('MCP-Protocol-Version: 2026-07-28')
answer=$(post "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\",\"params\":{$meta}}" "${stateless[@]}" 'Mcp-Method: server/discover')
expect '2026-07-28' "$answer"
answer=$(post "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"memory_search\",\"arguments\":{\"query\":\"smoke\"},$meta}}" \
  "${stateless[@]}" 'Mcp-Method: tools/call' 'Mcp-Name: memory_search')
expect '"isError":false' "$answer"
echo "$answer"
echo 'The MCP server answers on both wires.'
