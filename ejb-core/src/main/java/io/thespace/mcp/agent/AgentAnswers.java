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
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The answers of agents by idempotency key. Unlike the pipeline's, a key is not claimed during the call: a transaction
 * would be active as long as models answer.
 */
@ApplicationScoped
class AgentAnswers {

    /** The maximum time that a call waits for another one with the same key, which holds it for one short transaction. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** @param answer null for none */
    private record Found(Answer answer) {}

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
        return Optional.ofNullable(answered(actor, key, fingerprint, () -> null));
    }

    /**
     * Stores an answer.
     *
     * @return that answer, or the one of a concurrent call with the key that was stored before
     */
    Answer store(Actor actor, String key, byte[] fingerprint, Answer answer) {
        return answered(actor, key, fingerprint, () -> {
            statements.insert(List.of(IdempotencyKeys.stored(actor, key, fingerprint, answer, false)));
            return answer;
        });
    }

    /** The stored answer, or what is done without one, in one transaction that has the key. */
    private Answer answered(Actor actor, String key, byte[] fingerprint, Supplier<Answer> otherwise) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Found found = required(() -> {
                IdempotencyKeys.Claim claim = keys.claim(actor, key, fingerprint);
                if (!claim.granted()) {
                    return null;
                }
                return new Found(claim.answer() == null ? otherwise.get() : claim.answer());
            });
            if (found != null) {
                return found.answer();
            }
            if (System.nanoTime() - end > 0) {
                throw Rejection.later(
                        EndpointError.KEY_IN_USE,
                        "A call with this Idempotency-Key is still running. Send it again in a moment.",
                        Duration.ofSeconds(1));
            }
            rest();
        }
    }

    /** No connection is held meanwhile. */
    private static void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.rejection(e);
        }
    }

    private <T> T required(Callable<T> work) {
        try {
            return transactions.required(work);
        } catch (Exception e) {
            throw Failures.rejection(e);
        }
    }
}
