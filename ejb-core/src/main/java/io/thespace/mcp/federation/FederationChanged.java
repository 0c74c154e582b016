package io.thespace.mcp.federation;

/** Fired by a use case after which servers, or what is in service of them, are others. */
public record FederationChanged() {}
