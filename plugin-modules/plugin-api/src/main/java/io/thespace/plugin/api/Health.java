package io.thespace.plugin.api;

/**
 * The health of a plugin.
 *
 * @param ok whether it can do its work
 * @param reason the cause, for an administrator; null when it is healthy
 */
public record Health(boolean ok, String reason) {

    public static final Health OK = new Health(true, null);

    public static Health failing(String reason) {
        return new Health(false, reason);
    }
}
