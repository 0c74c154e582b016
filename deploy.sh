#!/usr/bin/env bash
# Builds The Space when needed and runs it: see usage below. The work is done by the launcher module.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: ./deploy.sh [start] [--server payara|wildfly|micro] [--test-endpoints]
       ./deploy.sh stop
       ./deploy.sh status [--json]
       ./deploy.sh logs [-f]
       ./deploy.sh reset [--yes]     deletes the instance's data, keys and logs
       ./deploy.sh rotate-keys       adds a newer signing key
       ./deploy.sh organization <name> <email>          creates an organization and invites its first owner
       ./deploy.sh new-plugin <id> [folder]             creates a plugin project: docs/PLUGIN_AUTHORING.md
       ./deploy.sh new-publisher-key <name> [folder]    creates the key pair that signs plugins
       ./deploy.sh sign-plugin <zip> --key <file> --publisher <name>
       ./deploy.sh --containers      the same with Docker Compose (planned)
       ./deploy.sh --help

Settings are environment variables, for example SPACE_HOME, SPACE_HTTP_PORT, DATABASE_URL:
docs/CONFIGURATION.md lists them all. Needs a JDK 17 or newer, and nothing else.
TEXT
}
fail() { echo "deploy.sh: $*" >&2; exit 1; }

base=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export SPACE_HOME=${SPACE_HOME:-$base/.space}
command=start words=() json='' yes='' follow='' test_endpoints='' containers=''
while [ $# -gt 0 ]; do
  case $1 in
    start|stop|status|logs|reset|rotate-keys) command=$1 ;;
    organization|new-plugin|new-publisher-key|sign-plugin)
      command=$1; shift
      while [ $# -gt 0 ]; do
        case $1 in --help|-h) usage; exit 0 ;; *) words+=("$1"); shift ;; esac
      done
      break ;;
    --server) [ $# -ge 2 ] || { usage >&2; exit 2; }; export SPACE_SERVER=$2; shift ;;
    --server=*) export SPACE_SERVER=${1#*=} ;;
    --test-endpoints) test_endpoints=--test-endpoints ;;
    --containers) containers=1 ;;
    --json) json=--json ;;
    --yes) yes=--yes ;;
    -f) follow=-F ;;
    --help|-h) usage; exit 0 ;;
    *) echo "deploy.sh: unknown argument: $1" >&2; usage >&2; exit 2 ;;
  esac
  shift
done

if [ -n "$containers" ]; then
  docker info >/dev/null 2>&1 || fail "--containers needs a running Docker (or Podman's docker command): \"docker info\" fails."
  docker compose version >/dev/null 2>&1 || fail "--containers needs Compose: \"docker compose version\" fails."
  [ -f "$base/deploy/compose.yaml" ] || fail "--containers is not built yet; run ./deploy.sh without it."
  exec docker compose -f "$base/deploy/compose.yaml" up -d --build --wait
fi

if [ "$command" = logs ]; then
  log=$(cd "$SPACE_HOME/logs" 2>/dev/null && ls -t server.log micro.0.log 2>/dev/null | head -n 1) || true
  [ -n "$log" ] || fail "there is no log yet in $SPACE_HOME/logs."
  exec tail -n 200 $follow "$SPACE_HOME/logs/$log"
fi

# The JDK: JAVA_HOME, else the one on the path.
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
version=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1) || true
[ "${version:-0}" -ge 17 ] 2>/dev/null || fail "needs a JDK 17 or newer; $java is ${version:-not there}. Install one, or set JAVA_HOME to one."

# Whether a target is missing or a source is newer. Folders count too: their time changes when a file goes. The search is relative
# to the checkout, so that a name in the checkout's own path, such as src, target or .work, selects and excludes nothing.
stale() {
  [ -f "$1" ] || return 0
  local reference=$1
  [ ! "$2" -nt "$1" ] || reference=$2
  [ -n "$(cd "$base" && find . \( -name target -o -name '.?*' -o -path ./docs -o -path ./system-tests -o -path ./benchmarks \
      -o -path ./requests -o -path '*/src/test' \) -prune -o \( -path '*/src/*' -o -name pom.xml -o -path './data/*.json' \) -newer "$reference" -print -quit)" ]
}
build() { # module, its artifact
  local stamp=$base/$1/target/.deploy-built
  stale "$base/$2" "$stamp" || return 0
  echo "Building $1 ..." >&2
  local began
  began=$(mktemp)
  (cd "$base" && ./mvnw -q -B -DskipTests -pl "$1,launcher" -am package) || { rm -f "$began"; fail "the build failed."; }
  # As of its begin: a source that changed meanwhile is newer.
  touch -r "$began" "$stamp"
  rm -f "$began"
}
run() { "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m -Djdk.console=java.base -jar "$base/launcher/target/launcher.jar" "$@"; }

case $command in
  start)
    case ${SPACE_SERVER:-payara} in
      micro|MICRO) build micro micro/target/the-space.war ;;
      *) build ear ear/target/the-space.ear ;;
    esac
    [ -f "$base/launcher/target/launcher.jar" ] || build launcher launcher/target/launcher.jar
    run start $test_endpoints ;;
  organization|new-plugin|new-publisher-key|sign-plugin)
    if [ "$command" = new-plugin ]; then build plugin-modules/plugin-contract plugin-modules/plugin-contract/target/plugin-contract.jar
    else build launcher launcher/target/launcher.jar; fi
    # In the locale "C" Java would not know the letters of an organization's name.
    [ "$command" != organization ] || export LC_ALL=C.UTF-8
    run "$command" ${words[@]+"${words[@]}"} ;;
  stop|status|reset)
    # As built: they must work while the sources do not compile.
    [ -f "$base/launcher/target/launcher.jar" ] || build launcher launcher/target/launcher.jar
    run "$command" $json $yes ;;
  *)
    build launcher launcher/target/launcher.jar
    run "$command" ;;
esac
