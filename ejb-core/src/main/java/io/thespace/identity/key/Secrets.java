package io.thespace.identity.key;

import io.thespace.plugin.api.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Random secrets that all nodes share, such as the key that signs cursors. */
@ApplicationScoped
public class Secrets {

    @Inject
    PlatformSecrets stored;

    private final ConcurrentMap<String, byte[]> known = new ConcurrentHashMap<>();

    /**
     * The secret of a purpose: 32 random bytes, created on first use, the same on every node, and never changed.
     *
     * @param name of the purpose, for example {@code cursor-signing}; from a fixed set, since each is kept in memory
     */
    public byte[] secret(String name) {
        byte[] secret = known.get(name);
        if (secret == null) {
            secret = stored.obtain(Actor.platform(null, "secrets"), name);
            known.put(name, secret);
        }
        return secret.clone();
    }
}
