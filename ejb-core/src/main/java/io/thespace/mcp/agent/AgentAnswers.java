package io.thespace.mcp.agent;

import io.thespace.endpoint.Answer;
import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Failures;
import io.thespace.endpoint.IdempotencyKeys;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.transaction.TransactionStatements;
import io.thespace.transaction.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The answers of agents by idempotency key. Unlike the pipeline's, a key is not claimed during the call: a transaction
 * would be active as long as models answer.
 */
@ApplicationScoped
class AgentAnswers {

    private Transactions transactions;
    private IdempotencyKeys keys;
    private TransactionStatements statements;

    AgentAnswers() {}

    @Inject
    AgentAnswers(Transactions transactions, IdempotencyKeys keys, TransactionStatements statements) {
        this.transactions = transactions;
        this.keys = keys;
        this.statements = statements;
    }

    /**
     * Returns the stored answer; empty without one.
     *
     * @throws Rejection {@code INVALID_KEY}, {@code KEY_REUSED}, {@code KEY_IN_USE}
     */
    Optional<Answer> find(Actor actor, String key, byte[] fingerprint) {
        if (!key.matches("[!-~]{1,255}")) {
            throw new Rejection(
                    EndpointError.INVALID_KEY, "Idempotency-Key must be 1 to 255 visible ASCII characters.");
        }
        return Optional.ofNullable(required(() -> claimed(actor, key, fingerprint)));
    }

    /**
     * Stores an answer.
     *
     * @return that answer, or the one of a concurrent call with the key that was stored before
     */
    Answer store(Actor actor, String key, byte[] fingerprint, Answer answer) {
        return required(() -> {
            Answer before = claimed(actor, key, fingerprint);
            if (before != null) {
                return before;
            }
            statements.insert(List.of(IdempotencyKeys.stored(actor, key, fingerprint, answer, false)));
            return answer;
        });
    }

    private Answer claimed(Actor actor, String key, byte[] fingerprint) {
        IdempotencyKeys.Claim claim = keys.claim(actor, key, fingerprint);
        if (!claim.granted()) {
            throw Rejection.later(
                    EndpointError.KEY_IN_USE,
                    "A call with this Idempotency-Key is still running. Send it again in a moment.",
                    Duration.ofSeconds(1));
        }
        return claim.answer();
    }

    private <T> T required(Callable<T> work) {
        try {
            return transactions.required(work);
        } catch (Exception e) {
            throw Failures.rejection(e);
        }
    }
}
