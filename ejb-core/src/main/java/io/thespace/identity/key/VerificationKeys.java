package io.thespace.identity.key;

import io.thespace.identity.IdentityError;
import io.thespace.log.Log;
import io.thespace.plugin.api.Rejection;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * An issuer's public keys, by key id, fetched anew when they are old, and when a token names one that is not among them;
 * the latter only so often, so that forged key ids do not hammer the source.
 */
public final class VerificationKeys {

    private static final Log LOG = Log.of(VerificationKeys.class);

    /** The id of a key that has none. */
    public static final String NAMELESS = "";

    private final Supplier<Map<String, PublicKey>> source;
    private final long freshNanoseconds;
    private final long pauseNanoseconds;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Fetched fetched;
    private boolean failing; // guarded by fetching

    /**
     * Keys from a source.
     *
     * @param source may fail; keys fetched before then remain valid
     * @param fresh the time for which fetched keys are not fetched again
     * @param pause the minimum time between two fetches
     */
    public VerificationKeys(Supplier<Map<String, PublicKey>> source, Duration fresh, Duration pause) {
        this.source = source;
        this.freshNanoseconds = fresh.toNanos();
        this.pauseNanoseconds = pause.toNanos();
    }

    /**
     * The result of the last fetch.
     *
     * @param keys null before the first success
     */
    private record Fetched(Map<String, PublicKey> keys, long at) {

        boolean within(long nanoseconds) {
            return System.nanoTime() - at < nanoseconds;
        }
    }

    /**
     * The key with an id; or the only one, when the token or that key names none.
     *
     * @param kid may be null
     * @throws Rejection {@code IDENTITY_UNAVAILABLE} when no keys could ever be fetched
     */
    public Optional<PublicKey> find(String kid) {
        Optional<PublicKey> key = pick(current(freshNanoseconds, false), kid);
        return key.isPresent() ? key : pick(current(pauseNanoseconds, true), kid);
    }

    /** All keys, at most as old as the pause. */
    public Map<String, PublicKey> all() {
        return current(pauseNanoseconds, true);
    }

    private static Optional<PublicKey> pick(Map<String, PublicKey> keys, String kid) {
        PublicKey named = kid == null ? null : keys.get(kid);
        if (named == null && keys.size() == 1 && (kid == null || keys.containsKey(NAMELESS))) {
            named = keys.values().iterator().next();
        }
        return Optional.ofNullable(named);
    }

    private Map<String, PublicKey> current(long nanoseconds, boolean wait) {
        Fetched now = fetched;
        if (now == null || !now.within(nanoseconds)) {
            if (wait || now == null || now.keys() == null) {
                fetching.lock();
            } else if (!fetching.tryLock()) {
                return now.keys();
            }
            try {
                now = fetched;
                long enough = now != null && now.keys() == null ? pauseNanoseconds : nanoseconds;
                if (now == null || !now.within(enough)) {
                    now = fetch(now);
                    fetched = now;
                }
            } finally {
                fetching.unlock();
            }
        }
        if (now.keys() == null) {
            throw new Rejection(
                    IdentityError.IDENTITY_UNAVAILABLE,
                    "The issuer's keys cannot be fetched, so the access token cannot be verified. Try again later.");
        }
        return now.keys();
    }

    private Fetched fetch(Fetched before) {
        try {
            Fetched now = new Fetched(Map.copyOf(source.get()), System.nanoTime());
            failing = false;
            return now;
        } catch (RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.warning("The keys that verify access tokens cannot be fetched at the moment", "cause", e);
            }
            return new Fetched(before == null ? null : before.keys(), System.nanoTime());
        }
    }
}
