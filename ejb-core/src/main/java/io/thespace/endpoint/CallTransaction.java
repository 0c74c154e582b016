package io.thespace.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.audit.AuditAfterwards;
import io.thespace.audit.AuditedAnswer;
import io.thespace.json.Json;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Rejection;
import io.thespace.transaction.Insertion;
import io.thespace.transaction.TransactionStatements;
import io.thespace.transaction.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Makes a call's effect, its audit record and its idempotency key durable together, or none of them. The one transaction boundary of
 * a call: what runs inside is plain calls, and session beans that join.
 *
 * <p>The boundary is not a session bean: no server undeploys an application while one of its session beans is being called, and a
 * plugin's handler may never return.
 */
@ApplicationScoped
class CallTransaction {

    /** The maximum time that a call waits for another one with the same idempotency key before it is rejected. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private Transactions transactions;
    private IdempotencyKeys keys;
    private TransactionStatements statements;
    private AuditAfterwards afterwards;
    private ApprovalCheck approvals;

    CallTransaction() {}

    @Inject
    CallTransaction(
            Transactions transactions,
            IdempotencyKeys keys,
            TransactionStatements statements,
            AuditAfterwards afterwards,
            ApprovalCheck approvals) {
        this.transactions = transactions;
        this.keys = keys;
        this.statements = statements;
        this.afterwards = afterwards;
        this.approvals = approvals;
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
        if (key == null && (call.draft() == null || endpoint.ownTransactions())) {
            return recorded(call, effect.call());
        }
        byte[] request = key == null ? null : fingerprint.ofRequest();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Answer answer = transactions.required(() -> once(call, key, request, () -> approved(call, body, effect)));
            if (answer != null) {
                return recorded(call, answer);
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

    /**
     * Makes a call in the active transaction.
     *
     * @param key null for none
     * @return null when another call with the key is running
     */
    private Answer once(CallContext call, String key, byte[] request, Callable<Answer> effect) throws Exception {
        List<Insertion> rows = new ArrayList<>(2);
        Answer answer = null;
        if (key != null) {
            IdempotencyKeys.Claim claim = keys.claim(call.actor(), key, request);
            if (!claim.granted()) {
                return null;
            }
            answer = claim.answer();
        }
        if (answer == null) {
            answer = effect.call();
            if (key != null) {
                rows.add(IdempotencyKeys.stored(call.actor(), key, request, answer, call.workflow() != null));
            }
        }
        if (call.draft() != null && !call.route().endpoint().ownTransactions()) {
            rows.add(call.draft().success(audited(answer)));
        }
        if (!rows.isEmpty()) {
            statements.insert(rows);
        }
        return answer;
    }

    /** Makes a call, unless it needs an approval. Rehearsals, which are not recorded, and simulated users need none. */
    private Answer approved(CallContext call, Object body, Callable<Answer> effect) throws Exception {
        Endpoint<?> endpoint = call.route().endpoint();
        if (!ApprovalCheck.mayWait(call.route())
                || call.draft() == null
                || call.actor().synthetic()) {
            return effect.call();
        }
        ObjectMapper mapper = call.route().mount().mapper();
        ObjectNode params = mapper.valueToTree(call.parameters());
        if (body != null) {
            params.setAll((ObjectNode) mapper.valueToTree(body));
        }
        Optional<ApprovalView> instead =
                approvals.inPlaceOf(call.actor(), call.route().group(), endpoint.action(), params, call.workflow());
        return instead.isEmpty()
                ? effect.call()
                : new Answer(202, "application/json", Json.MAPPER.writeValueAsBytes(instead.get()), Map.of(), false);
    }

    /** Records an answer whose transactions were the endpoint's own. */
    private Answer recorded(CallContext call, Answer answer) {
        if (call.draft() != null && call.route().endpoint().ownTransactions()) {
            afterwards.done(call.draft(), audited(answer));
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
