package io.thespace.plugin.api;

import java.net.URI;
import java.util.UUID;

/**
 * The organization of synthetic users. Its users sign in like any other user; their calls and events are marked
 * {@link Actor#synthetic}, and they belong to no other organization. Needs the permission {@code sandbox}.
 */
public interface Sandbox {

    /** The maximum number of synthetic users, of all plugins together. */
    int MAX_USERS = 1_000;

    /**
     * A synthetic user.
     *
     * @param password returned to the plugin and not stored; the same each time
     */
    record SyntheticUser(UUID userId, String email, String password) {}

    /** Returns the base URL of this node's own API, for example {@code http://127.0.0.1:8080}. */
    URI base();

    /** The sandbox organization, created on first use. */
    UUID orgId();

    /**
     * The plugin's synthetic user with this key, created on first use. Reuse keys: users are not deleted.
     *
     * @param key up to 48 lower-case letters, digits, {@code .}, {@code _} and {@code -}
     * @throws Rejection {@code CONFLICT} when there are {@link #MAX_USERS}
     */
    SyntheticUser user(String key);
}
