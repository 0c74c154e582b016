package io.thespace.sdk;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A record of the audit. Digests are SHA-256 in hexadecimal.
 *
 * @param position in its chain, counted from 1 without gaps
 * @param time when it was recorded
 * @param orgId the organization whose chain it is in; null for the platform's
 * @param userId who; null for the platform itself and for a caller who is not known
 * @param role as what
 * @param signInId by which sign-in
 * @param address from where
 * @param synthetic whether it was a simulated user
 * @param method what; {@code JMX} for an operation of the server's console
 * @param path the route's template
 * @param source the plugin, or the group of the platform's endpoints, that the route belongs to
 * @param action the endpoint's name among actions; null for none
 * @param resource what the path's parameters named
 * @param outcome {@code done}, {@code replayed}, {@code refused} or {@code failed}
 * @param status of the answer to a success
 * @param kind what sort of refusal or failure it was
 * @param error its code
 * @param requestDigest of the decoded request's body; null when it had none, when it was not read, and for calls that need
 *     no credentials, whose bodies carry some
 * @param answerDigest of the answer's body
 * @param beforeDigest of the resource before the change, where the use case tells it
 * @param afterDigest of the resource after the change, where the use case tells it
 * @param previous the hash of the record before; empty for the first of all
 * @param hash of {@code previous} and this record
 */
public record AuditEvent(
        long position,
        UUID id,
        Instant time,
        UUID orgId,
        UUID userId,
        String role,
        UUID signInId,
        String address,
        boolean synthetic,
        String method,
        String path,
        String source,
        String action,
        Map<String, Object> resource,
        String outcome,
        Integer status,
        String kind,
        String error,
        String requestId,
        String requestDigest,
        String answerDigest,
        String beforeDigest,
        String afterDigest,
        String previous,
        String hash) {}
