package io.thespace.gateway;

/** Fired by a use case after which the gateway's routes are others. */
record RoutesChanged() {}
