package io.thespace.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.HexFormat;
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
public record AuditEventView(
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
        @JsonRawValue String resource,
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
        String hash) {

    private static final String DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final String HASH = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752";

    /** For the documentation. */
    public static final AuditEventView EXAMPLE = new AuditEventView(
            1042,
            UUID.fromString("019a0000-0000-7000-8000-000000000040"),
            Instant.parse("2026-01-31T12:00:00Z"),
            UUID.fromString("019a0000-0000-7000-8000-000000000001"),
            UUID.fromString("019a0000-0000-7000-8000-000000000002"),
            "user",
            UUID.fromString("019a0000-0000-7000-8000-000000000003"),
            "192.0.2.7",
            false,
            "POST",
            "/api/plugins/financial_business/transfer",
            "financial_business",
            null,
            "{}",
            "done",
            200,
            null,
            null,
            "019a0000-0000-7000-8000-000000000030",
            DIGEST,
            DIGEST,
            null,
            null,
            HASH,
            HASH);

    /** As it is read from the database. */
    public AuditEventView(
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
            String resource,
            String outcome,
            Integer status,
            String kind,
            String error,
            String requestId,
            byte[] requestDigest,
            byte[] answerDigest,
            byte[] beforeDigest,
            byte[] afterDigest,
            byte[] previous,
            byte[] hash) {
        this(
                position,
                id,
                time,
                AuditRecord.PLATFORM.equals(orgId) ? null : orgId,
                userId,
                role,
                signInId,
                address,
                synthetic,
                method,
                path,
                source,
                action,
                resource,
                outcome,
                status,
                kind,
                error,
                requestId,
                hex(requestDigest),
                hex(answerDigest),
                hex(beforeDigest),
                hex(afterDigest),
                hex(previous),
                hex(hash));
    }

    private static String hex(byte[] digest) {
        return digest == null ? null : HexFormat.of().formatHex(digest);
    }
}
