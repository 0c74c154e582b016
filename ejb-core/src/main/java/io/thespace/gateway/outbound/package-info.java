/**
 * Requests of the platform itself to servers that organizations and administrators name: webhooks, remote MCP servers.
 *
 * <p>Invariants: the same rule of addresses and the same limits hold as for upstreams of routes; of an answer no more than the caller's
 * maximum is read.
 *
 * <p>What may fail: those servers, in every way; the failure is part of the answer.
 */
package io.thespace.gateway.outbound;
