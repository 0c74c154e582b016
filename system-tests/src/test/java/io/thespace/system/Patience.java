package io.thespace.system;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Tries until something holds, and never longer than a limit. */
final class Patience {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private Patience() {}

    /**
     * Passes as soon as the assertion does; fails with what it last said when the limit is over. An attempt that began
     * in time is not the last one, however long it took: a slow machine gets one more.
     */
    static void within(Duration limit, ThrowingCallable assertion) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            boolean last = System.nanoTime() - end > 0;
            Throwable failure;
            try {
                assertion.call();
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted", e);
            } catch (Throwable e) {
                failure = e;
            }
            if (last) {
                throw new AssertionError("Not within " + limit.toMillis() + " ms: " + failure.getMessage(), failure);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
