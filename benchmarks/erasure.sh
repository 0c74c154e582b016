#!/bin/sh
# How long an erasure takes in the instance that ./deploy.sh runs: benchmarks/erasure.sh [rows] [events|memories|messages|turns]
# SPACE_ADMIN_PASSWORD signs in; SPACE_ACCESS_TOKEN_SECONDS of that instance must outlast the run (7200 does). Rows about nobody stay.
# On a machine that is busy give the instance SPACE_AUTH_DEADLINE_MILLIS=5000, too.
set -eu
cd "$(dirname "$0")/.."
./mvnw -q -pl benchmarks -am -DskipTests package dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
export SPACE_HOME="${SPACE_HOME:-$PWD/.space}"
exec java -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath.txt)" io.thespace.benchmark.ErasureBenchmark "$@"
