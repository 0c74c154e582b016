package io.thespace.gateway.generation;

import io.thespace.gateway.GenerationEnded;
import io.thespace.log.Log;
import io.thespace.metrics.Meters;
import io.thespace.plugin.api.Actor;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What this node has still to write of the models' work. Whoever adds to it never waits; while the database is away it waits
 * here, and what comes when too much does is lost. So is what waits when the node is killed: a second's. An entry that cannot
 * be written while others can does not hold those up, and is dropped after {@value #MAX_TRIES} tries.
 */
@ApplicationScoped
public class GenerationLog {

    static final int MAX_WAITING = 10_000;

    /** How often an entry is tried while others are written. */
    static final int MAX_TRIES = 5;

    /** How many entries may fail one after the other before the rest waits for the next time. */
    private static final int MAX_FAILURES = 3;

    private static final Log LOG = Log.of(GenerationLog.class);

    /** @param failures how often it could not be written while others were */
    private record Waiting(Actor actor, GenerationEnded ended, int failures) {}

    private record Failed(Waiting waiting, RuntimeException cause) {}

    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MAX_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private boolean away;

    private Generations generations;
    private Meters meters;

    public GenerationLog() {}

    @Inject
    GenerationLog(Generations generations, Meters meters) {
        this.generations = generations;
        this.meters = meters;
    }

    /** Lets it be written soon. Never fails and never waits. */
    public void add(Actor actor, GenerationEnded ended) {
        meters.generated(ended.model(), ended.error() == null, ended.inputTokens(), ended.outputTokens());
        if (!queue.offer(new Waiting(actor, ended, 0))) {
            dropped.incrementAndGet();
        }
    }

    /** Writes what waits. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public synchronized void flush() {
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            LOG.warning("Generations were not counted, since too many wait to be written", "lost", lost);
        }
        List<Failed> failed = new ArrayList<>();
        boolean written = false;
        int inSuccession = 0;
        // Bounded by the initial size: records that arrive meanwhile are left to the next run, a second later.
        for (int left = queue.size(); left > 0 && inSuccession < MAX_FAILURES; left--) {
            Waiting next = queue.poll();
            try (Tenant tenant = Tenant.bind(next.actor().orgId())) {
                generations.record(next.actor(), next.ended());
                written = true;
                inSuccession = 0;
            } catch (RuntimeException e) {
                failed.add(new Failed(next, e));
                inSuccession++;
            }
        }
        for (Failed one : failed) {
            again(one.waiting(), written, one.cause());
        }
        away = !failed.isEmpty();
    }

    /** Puts an entry to the end, so that the next time begins with others. */
    private void again(Waiting one, boolean othersWritten, RuntimeException cause) {
        int failures = one.failures() + (othersWritten ? 1 : 0);
        if (failures >= MAX_TRIES) {
            LOG.error(
                    "Generation dropped, since it cannot be written",
                    cause,
                    "model",
                    one.ended().model());
            return;
        }
        if (!away) {
            LOG.warning("Generations wait to be written", "cause", String.valueOf(cause.getMessage()));
            away = true;
        }
        if (!queue.offer(new Waiting(one.actor(), one.ended(), failures))) {
            dropped.incrementAndGet();
        }
    }
}
