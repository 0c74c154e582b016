package io.thespace.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.transaction.Insertion;
import io.thespace.transaction.TransactionStatements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.Map;

/**
 * Remembers the answers of calls by their idempotency keys. The key, a digest of the request and the answer are stored in the
 * transaction of the effect: either all are there or none. A refusal has no effect and is not stored; the same key may be used again
 * after it.
 */
@ApplicationScoped
public class IdempotencyKeys {

    private static final String CLAIM =
            "select claimed, fingerprint, status, media_type, body, headers from core.claim_idempotency_key(?, ?, ?)";

    private static final String INSERT = "insert into core.idempotency_keys"
            + " (org_id, principal, key, fingerprint, status, media_type, body, headers, of_run)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)";

    private static final ObjectReader HEADERS = Json.MAPPER.readerForMapOf(String.class);

    private TransactionStatements statements;

    IdempotencyKeys() {}

    @Inject
    IdempotencyKeys(TransactionStatements statements) {
        this.statements = statements;
    }

    /**
     * The result of claiming a key.
     *
     * @param granted false while another call with the key is running
     * @param answer the response stored for the key; null when the call has to be executed
     */
    public record Claim(boolean granted, Answer answer) {}

    /**
     * Claims a key until the end of the active transaction.
     *
     * @param fingerprint a digest of all that makes the request what it is
     * @throws Rejection {@code KEY_REUSED} when the key stands for another request
     */
    public Claim claim(Actor actor, String key, byte[] fingerprint) {
        return statements.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
                statement.setObject(1, actor.orgId());
                statement.setObject(2, actor.userId());
                statement.setString(3, key);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    if (!row.getBoolean(1)) {
                        return new Claim(false, null);
                    }
                    byte[] stored = row.getBytes(2);
                    if (stored == null) {
                        return new Claim(true, null);
                    }
                    if (!Arrays.equals(stored, fingerprint)) {
                        throw new Rejection(
                                EndpointError.KEY_REUSED,
                                "This Idempotency-Key was used before with another request. Use a new key for a new request.");
                    }
                    return new Claim(
                            true,
                            new Answer(
                                    row.getInt(3), row.getString(4), row.getBytes(5), headers(row.getString(6)), true));
                }
            }
        });
    }

    /**
     * The row that stores an answer for a key.
     *
     * @param ofRun whether a step of a workflow's run sent the key, which is then kept until the run has ended
     */
    public static Insertion stored(Actor actor, String key, byte[] fingerprint, Answer answer, boolean ofRun) {
        return Insertion.of(
                INSERT,
                "add_answer",
                actor.orgId(),
                actor.userId(),
                key,
                fingerprint,
                answer.status(),
                answer.mediaType(),
                answer.body(),
                text(answer.headers()),
                ofRun);
    }

    private static String text(Map<String, String> headers) {
        try {
            return Json.MAPPER.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Headers cannot be written as JSON", e);
        }
    }

    private static Map<String, String> headers(String text) {
        try {
            return HEADERS.readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored headers cannot be read", e);
        }
    }
}
