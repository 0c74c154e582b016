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
 * @param userId the caller; null for the platform itself and for an unknown caller
 * @param role the caller's role
 * @param signInId the caller's sign-in
 * @param address the client's address
 * @param synthetic whether the caller was a simulated user
 * @param method the HTTP method; {@code JMX} for an operation of the server's console
 * @param path the route's template
 * @param source the plugin, or the group of the platform's endpoints, that the route belongs to
 * @param action the endpoint's name among actions; null for none
 * @param resource the values of the path's parameters
 * @param outcome {@code done}, {@code replayed}, {@code refused} or {@code failed}
 * @param status the response status of a success
 * @param kind the kind of refusal or failure
 * @param error its code
 * @param requestDigest of the decoded request's body; null when it had none, when it was not read, and for calls that
 *     need no credentials, whose bodies contain credentials
 * @param answerDigest of the response body
 * @param beforeDigest of the resource before the change, where the use case provides it
 * @param afterDigest of the resource after the change, where the use case provides it
 * @param previous the hash of the previous record; empty for the first one
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
