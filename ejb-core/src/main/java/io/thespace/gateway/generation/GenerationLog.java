package io.thespace.gateway.generation;

import io.thespace.gateway.GenerationEnded;
import io.thespace.log.Log;
import io.thespace.metrics.Meters;
import io.thespace.plugin.api.Actor;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What this node has still to write of the models' work. Whoever adds to it never waits; while the database is away it waits
 * here, and what comes when too much does is lost. So is what waits when the node is killed: a second's.
 */
@ApplicationScoped
public class GenerationLog {

    static final int MAX_WAITING = 10_000;

    private static final Log LOG = Log.of(GenerationLog.class);

    private record Waiting(Actor actor, GenerationEnded ended) {}

    private final BlockingDeque<Waiting> queue = new LinkedBlockingDeque<>(MAX_WAITING);
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
        if (!queue.offerLast(new Waiting(actor, ended))) {
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
        // No more than was there at the beginning: the next second is for those that come meanwhile.
        for (int left = queue.size(); left > 0; left--) {
            Waiting next = queue.pollFirst();
            try (Tenant tenant = Tenant.bind(next.actor().orgId())) {
                generations.record(next.actor(), next.ended());
                away = false;
            } catch (RuntimeException e) {
                if (!away) {
                    LOG.warning("Generations wait to be written", "cause", String.valueOf(e.getMessage()));
                }
                away = true;
                if (!queue.offerFirst(next)) {
                    dropped.incrementAndGet();
                }
                return;
            }
        }
    }
}
