package io.thespace.endpoint;

import io.thespace.audit.AuditAfterwards;
import io.thespace.audit.AuditedAnswer;
import io.thespace.audit.AuditedWork;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Lets the effect of a call, its audit record and its idempotency key become true together, or none of them. */
@ApplicationScoped
class CallTransaction {

    /** How long a call waits for another one with the same idempotency key before it is refused. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private IdempotencyKeys keys;
    private AuditedWork work;
    private AuditAfterwards afterwards;

    CallTransaction() {}

    @Inject
    CallTransaction(IdempotencyKeys keys, AuditedWork work, AuditAfterwards afterwards) {
        this.keys = keys;
        this.work = work;
        this.afterwards = afterwards;
    }

    /**
     * Runs a call's effect, once for its idempotency key.
     *
     * @param body decoded; null without one
     * @throws Rejection {@code KEY_IN_USE}, {@code KEY_REUSED}
     */
    Answer run(CallContext call, Object body, Callable<Answer> effect) throws Exception {
        Endpoint<?> endpoint = call.route().endpoint();
        String key = endpoint.idempotent() ? call.request().idempotencyKey() : null;
        Fingerprint fingerprint = new Fingerprint(call, body);
        if (call.draft() != null && endpoint.role() != null && body != null) {
            call.draft().asked(fingerprint.ofContent());
        }
        if (key == null) {
            return audited(call, () -> Optional.of(effect.call())).orElseThrow();
        }
        byte[] request = fingerprint.ofRequest();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Answer> answer = audited(call, () -> keys.once(call.actor(), key, request, effect));
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() - end > 0) {
                throw Rejection.later(
                        EndpointError.KEY_IN_USE,
                        "A call with this Idempotency-Key is still running. Send it again in a moment.",
                        Duration.ofSeconds(1));
            }
            // No connection is held meanwhile, so that waiting calls cannot starve the one they wait for.
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Does something and records the answer that comes of it, if one does. */
    private Optional<Answer> audited(CallContext call, Callable<Optional<Answer>> effect) throws Exception {
        if (call.draft() == null) {
            return effect.call();
        }
        if (!call.route().endpoint().ownTransactions()) {
            return work.within(call.draft(), effect, answer -> answer.map(CallTransaction::audited));
        }
        Optional<Answer> answer = effect.call();
        if (answer.isPresent()) {
            afterwards.done(call.draft(), audited(answer.get()));
        }
        return answer;
    }

    private static AuditedAnswer audited(Answer answer) {
        return new AuditedAnswer(
                answer.status(),
                answer.replayed(),
                HexFormat.of().formatHex(Fingerprint.sha256().digest(answer.body())));
    }
}
