#!/bin/sh
# tools/call of the instance that ./deploy.sh runs, on both wires, beside servers of the official TypeScript SDKs: benchmarks/mcp.sh [clients] [seconds]
# The instance needs SPACE_PLUGIN_UNSIGNED=allow, SPACE_LIMITS=write.admin=unlimited and SPACE_ACCESS_TOKEN_SECONDS=7200;
# SPACE_ADMIN_PASSWORD signs in. The SDKs come from npm; NODE names the program of Node (20 or later) if it is not on the path.
set -eu
cd "$(dirname "$0")/.."
./mvnw -q -pl benchmarks,plugin-modules/failing-plugin -am -DskipTests package dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
program=
if npm --prefix benchmarks/mcp-typescript ci --silent --no-audit --no-fund; then
  program=benchmarks/mcp-typescript/server.js
else
  echo "The TypeScript SDKs are missing: they need npm (Debian: apt-get install npm) and a registry to fetch them from"
fi
export SPACE_HOME="${SPACE_HOME:-$PWD/.space}"
exec java -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath.txt)" io.thespace.benchmark.McpBenchmark \
  plugin-modules/failing-plugin/target/failing-plugin-1.0.0.zip "$program" "$@"
