#!/bin/sh
# How exactly two nodes on one Redis keep a limit, also when a node or Redis goes: benchmarks/limits.sh [seconds of the window]
# Starts PostgreSQL, Redis and two servers (SPACE_SERVER) in a folder of their own and clears them away.
set -eu
cd "$(dirname "$0")/.."
./mvnw -q -pl ear,benchmarks -am -DskipTests package
./mvnw -q -pl benchmarks -am -DskipTests package dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
exec java -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath.txt)" io.thespace.benchmark.LimitBenchmark \
  ear/target/the-space.ear "$@"
