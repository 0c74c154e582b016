package io.thespace.plugin.api;

import java.net.URI;
import java.util.UUID;

/**
 * The organization of synthetic users. Its users sign in like everybody else; what they cause is marked
 * {@link Actor#synthetic}, and they belong nowhere else. Needs the permission {@code sandbox}.
 */
public interface Sandbox {

    /** How many synthetic users there are at the most, of all plugins. */
    int MAX_USERS = 1_000;

    /**
     * A synthetic user.
     *
     * @param password known to the plugin that asks and kept nowhere; the same each time
     */
    record SyntheticUser(UUID userId, String email, String password) {}

    /** Where this node's own API answers, for example {@code http://127.0.0.1:8080}. */
    URI base();

    /** The sandbox organization, made when it is first asked for. */
    UUID orgId();

    /**
     * The plugin's synthetic user with this key, made when there is none. Use keys again: users are not deleted.
     *
     * @param key up to 48 lower-case letters, digits, {@code .}, {@code _} and {@code -}
     * @throws Rejection {@code CONFLICT} when there are {@link #MAX_USERS}
     */
    SyntheticUser user(String key);
}
