package io.thespace.transaction;

import io.thespace.log.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;

/** Deletes rows that have expired, in batches until there are none; any number of nodes may do so. */
@ApplicationScoped
public class Purges {

    private static final Log LOG = Log.of(Purges.class);

    /** How many rows a transaction deletes, well within the time that a statement may take. */
    static final int BATCH = 10_000;

    /** So that a run ends; the next one deletes the rest. */
    private static final int MAX_BATCHES = 100;

    private PurgeBatch batch;

    Purges() {}

    @Inject
    Purges(PurgeBatch batch) {
        this.batch = batch;
    }

    /**
     * Calls a purge function of schema {@code core} until it returns less than a batch. A failure is logged: a timer that throws may
     * not be called again.
     *
     * @param function its name, a constant; its last parameter is how many rows it may delete
     * @param arguments those before the last
     */
    public void run(String function, Object... arguments) {
        Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = BATCH;
        try {
            int batches = 0;
            while (batch.delete(function, all) >= BATCH && batches < MAX_BATCHES) {
                batches++;
            }
        } catch (RuntimeException e) {
            LOG.warning("Expired rows could not be deleted", "function", function, "cause", e);
        }
    }
}
