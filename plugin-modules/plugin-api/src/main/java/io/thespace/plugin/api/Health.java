package io.thespace.plugin.api;

/**
 * How a plugin is.
 *
 * @param ok whether it can do its work
 * @param reason why not, for an administrator; null when it is well
 */
public record Health(boolean ok, String reason) {

    public static final Health OK = new Health(true, null);

    public static Health failing(String reason) {
        return new Health(false, reason);
    }
}
