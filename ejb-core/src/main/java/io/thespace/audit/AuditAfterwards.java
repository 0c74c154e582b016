package io.thespace.audit;

import io.thespace.log.Log;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import io.thespace.worker.Workers;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes audit records outside the transaction of the call. Records of refused calls are written asynchronously, by one thread
 * on one connection, so that a flood of refusals cannot use up the pool.
 */
@ApplicationScoped
public class AuditAfterwards {

    private static final Log LOG = Log.of(AuditAfterwards.class);
    private static final int MAX_WAITING = 10_000;
    private static final int BATCH = 200;

    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MAX_WAITING);
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicBoolean losing = new AtomicBoolean();

    @Inject
    private AuditTrail trail;

    @Resource
    private ManagedThreadFactory threads;

    private Workers worker;

    /** A record that is not yet written. */
    private record Waiting(AuditDraft draft, AuditEntry entry) {}

    @PostConstruct
    void start() {
        worker = new Workers("audit", 1, 1, threads);
    }

    @PreDestroy
    void stop() {
        worker.close();
    }

    /** Records effects of other transactions. A call does not succeed until its record is written. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public void done(AuditDraft draft, AuditedAnswer answer) {
        try (Tenant tenant = Tenant.bind(draft.orgId())) {
            trail.append(List.of(draft.done(answer)));
        }
    }

    /** Queues the record of a refused call. Never fails. */
    public void refused(AuditDraft draft, Rejection refusal) {
        soon(draft, draft.refused(refusal));
    }

    /** Queues the record of a call that an upstream answered. Never fails. */
    public void passedOn(AuditDraft draft, int status) {
        soon(draft, draft.done(new AuditedAnswer(status, false, null)));
    }

    private void soon(AuditDraft draft, AuditEntry entry) {
        if (!queue.offer(new Waiting(draft, entry))) {
            lost(1, "more come than can be written");
            return;
        }
        write();
    }

    private void write() {
        if (writing.compareAndSet(false, true)) {
            try {
                worker.execute(this::drain);
            } catch (RejectedExecutionException e) {
                writing.set(false);
                lost(queue.size(), String.valueOf(e.getMessage()));
            }
        }
    }

    private void drain() {
        try {
            List<Waiting> batch = new ArrayList<>();
            while (next(batch)) {
                append(batch);
                batch.clear();
            }
        } finally {
            writing.set(false);
        }
        // A record queued after the last poll and before the flag was cleared would otherwise wait.
        if (!queue.isEmpty()) {
            write();
        }
    }

    /** The next ones of one chain. */
    private boolean next(List<Waiting> batch) {
        for (Waiting waiting = queue.peek();
                waiting != null
                        && batch.size() < BATCH
                        && (batch.isEmpty()
                                || Objects.equals(
                                        waiting.draft().orgId(),
                                        batch.get(0).draft().orgId()));
                waiting = queue.peek()) {
            batch.add(queue.remove());
        }
        return !batch.isEmpty();
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private void append(List<Waiting> batch) {
        try (Tenant tenant = Tenant.bind(batch.get(0).draft().orgId())) {
            trail.append(batch.stream().map(Waiting::entry).toList());
            if (losing.compareAndSet(true, false)) {
                LOG.info("Audit records of refused calls are written again");
            }
        } catch (RuntimeException e) {
            lost(batch.size(), String.valueOf(e.getMessage()));
        }
    }

    private void lost(int count, String cause) {
        if (losing.compareAndSet(false, true)) {
            LOG.warning("Audit records of refused calls are dropped", "first", count, "cause", cause);
        }
    }
}
