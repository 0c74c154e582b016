#!/bin/sh
# The dearest small requests of the instance that ./deploy.sh runs, by processor time: benchmarks/costs.sh
# SPACE_ADMIN_PASSWORD signs in; SPACE_ACCESS_TOKEN_SECONDS of that instance must outlast the run (7200 does).
# What the requests store stays: use a throw-away instance.
set -eu
cd "$(dirname "$0")/.."
./mvnw -q -pl benchmarks -am -DskipTests package dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
export SPACE_HOME="${SPACE_HOME:-$PWD/.space}"
exec java -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath.txt)" io.thespace.benchmark.CostBenchmark "$@"
