package io.thespace.configuration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of calls in any window of a number of seconds.
 *
 * @param calls at least 1; 100,000 at the most in configuration
 * @param seconds at least 1; 3600 at the most in configuration, 86,400 elsewhere
 */
public record Rate(long calls, int seconds) {

    private static final Pattern ENTRY = Pattern.compile(
            "((?:read|write|costly|gateway)\\.(?:admin|user|guest|anonymous))=(?:unlimited|(\\d{1,6})/(\\d{1,4}))");

    /** The default limits of the gateway. */
    private static final Map<String, Rate> GATEWAY = Map.of(
            "gateway.admin", new Rate(1000, 60),
            "gateway.user", new Rate(100, 60),
            "gateway.guest", new Rate(20, 60));

    /** Parses the configured limits, by class and role: {@code write.user}. */
    static Map<String, Rate> read(List<String> entries) {
        Map<String, Rate> rates = new LinkedHashMap<>(GATEWAY);
        for (String entry : entries) {
            Matcher parts = ENTRY.matcher(entry);
            if (!parts.matches()) {
                throw new IllegalArgumentException(
                        "must be entries such as write.user=100/60 or gateway.guest=unlimited"
                                + " (read, write, costly or gateway; admin, user, guest or anonymous; calls/seconds), not "
                                + entry);
            }
            if (parts.group(2) == null) {
                rates.remove(parts.group(1));
                continue;
            }
            Rate rate = new Rate(Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
            if (rate.calls < 1 || rate.calls > 100_000 || rate.seconds < 1 || rate.seconds > 3600) {
                throw new IllegalArgumentException("allows 1 to 100000 calls in 1 to 3600 seconds, not " + entry);
            }
            rates.put(parts.group(1), rate);
        }
        return Map.copyOf(rates);
    }
}
