#!/bin/sh
# Idle WebSockets' memory and the fan-out of messages in the instance that ./deploy.sh runs: benchmarks/sockets.sh [idle] [receivers] [seconds]
# The instance needs SPACE_SOCKETS_PER_IDENTITY=20000, SPACE_SOCKET_FRAMES_PER_SECOND=10000 and SPACE_ACCESS_TOKEN_SECONDS=7200;
# SPACE_ADMIN_PASSWORD signs in. Socket.IO comes from npm; without npm the comparator is missing. Linux, with "ulimit -n" above the idle sockets.
set -eu
cd "$(dirname "$0")/.."
./mvnw -q -pl benchmarks -am -DskipTests package dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
program=
if command -v node >/dev/null && npm --prefix benchmarks/socket-io ci --silent; then
  program=benchmarks/socket-io/server.js
else
  echo "Socket.IO is missing: it needs Node with npm (Debian: apt-get install npm) and a registry to fetch it from"
fi
export SPACE_HOME="${SPACE_HOME:-$PWD/.space}"
exec java -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath.txt)" io.thespace.benchmark.SocketBenchmark "$program" "$@"
