/** The embedded auth service: {@code ibex.auth.v1} over gRPC, which may fail with what it adapts. */
package io.thespace.auth.grpc;
