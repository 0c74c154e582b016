#!/usr/bin/env bash
# Manages the models that callers may ask: list, show, register, upload, remove, predict.
# Usage: TOKEN=… scripts/model-manager.sh [--url URL] COMMAND
#   list                                      the models that the token's user may ask
#   show NAME                                 one with its inputs and outputs
#   register NAME KIND BASE_URL UPSTREAM      adds one (administrator); KIND is chat or embeddings; MODEL_KEY is its API key
#   upload NAME FILE                          adds an ONNX model, which runs in the platform's own process (administrator)
#   remove NAME                               takes one away (administrator)
#   predict NAME TEXT…                        asks a chat model the first text, or an embeddings model for vectors of all
#   predict NAME INPUTS                       asks an ONNX model: a JSON object with a value or lists of lists for each input
# URL is http://localhost:8080 unless given. Answers are JSON on standard output; a refusal ends the script with its sentence.
set -euo pipefail

url=http://localhost:8080
if [ "${1:-}" = --url ]; then
  url=${2:?--url needs a URL.}
  shift 2
fi
: "${TOKEN:?Set TOKEN to an access token (POST /api/auth/login).}"

usage() {
  sed -n '2,11p' "$0" | sed 's/^# //; s/^#//' >&2
  exit 2
}

# text VALUE: the value as a JSON string.
text() {
  local value=$1
  value=${value//\\/\\\\}
  value=${value//\"/\\\"}
  value=${value//$'\n'/\\n}
  value=${value//$'\r'/\\r}
  value=${value//$'\t'/\\t}
  printf '"%s"' "$value"
}

# call METHOD PATH [BODY]: makes a call and prints its answer. Token and body come through standard input, so that no list of
# processes shows them.
call() {
  local body=${3-}
  {
    printf 'header = "Authorization: Bearer %s"\n' "$TOKEN"
    if [ -n "$body" ]; then
      printf 'header = "Content-Type: application/json"\n'
      printf 'data-raw = %s\n' "$(text "$body")"
    fi
  } | curl --silent --show-error --fail-with-body --max-time 130 --config - -X "$1" "$url$2"
  echo
}

case ${1:-} in
  list)
    call GET /api/mcp/models
    ;;
  show)
    [ $# -eq 2 ] || usage
    call GET "/api/mcp/models/$2"
    ;;
  register)
    [ $# -eq 5 ] || usage
    key=
    if [ -n "${MODEL_KEY:-}" ]; then key=", \"api_key\": $(text "$MODEL_KEY")"; fi
    call POST /api/mcp/models \
      "{\"name\": $(text "$2"), \"kind\": $(text "$3"), \"base_url\": $(text "$4"), \"upstream_model\": $(text "$5")$key}"
    ;;
  upload)
    [ $# -eq 3 ] || usage
    [ -r "$3" ] || { echo "There is no readable file $3." >&2; exit 2; }
    printf 'header = "Authorization: Bearer %s"\n' "$TOKEN" |
      curl --silent --show-error --fail-with-body --max-time 130 --config - \
        --form-string "name=$2" --form-string kind=onnx --form "file=@\"$3\"" "$url/api/mcp/models"
    echo
    ;;
  remove)
    [ $# -eq 2 ] || usage
    call DELETE "/api/mcp/models/$2"
    ;;
  predict)
    [ $# -ge 3 ] || usage
    model=$(call GET "/api/mcp/models/$2") || { echo "$model" >&2; exit 1; }
    name=$2
    shift 2
    case $model in
      *'"kind":"embeddings"'*)
        texts=
        for one in "$@"; do texts="$texts${texts:+, }$(text "$one")"; done
        inputs="{\"texts\": [$texts]}"
        ;;
      *'"kind":"onnx"'*)
        inputs=$1
        ;;
      *)
        inputs="{\"prompt\": $(text "$1")}"
        ;;
    esac
    call POST "/api/mcp/models/$name/predict" "{\"inputs\": $inputs}"
    ;;
  *)
    usage
    ;;
esac
