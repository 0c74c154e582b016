package io.thespace.wire;

import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.Rejection;
import java.util.Locale;

/**
 * The media types that an {@code Accept} header allows (RFC 9110, section 12.5.1).
 *
 * @param header its text; null for none, which allows everything
 */
public record Accepted(String header) {

    private static final String PROBLEM = "application/problem+json";
    private static final String JSON = "application/json";

    /** Whether a body of this type may be sent; {@code *}{@code /*} stands for a type that depends on the path. */
    public boolean allows(String mediaType) {
        return "*/*".equals(mediaType) || quality(mediaType) > 0;
    }

    /**
     * Refuses a type that the caller takes neither as it is nor as a problem.
     *
     * @throws Rejection {@code NOT_ACCEPTABLE}
     */
    public void check(String mediaType) {
        if (!allows(mediaType) && !allows(PROBLEM)) {
            throw new Rejection(
                    EndpointError.NOT_ACCEPTABLE,
                    "This endpoint answers with " + mediaType + "; send Accept for that.");
        }
    }

    /** Whether the client prefers RFC 9457's format to the family's own. */
    boolean prefersProblem() {
        return header != null
                && header.toLowerCase(Locale.ROOT).contains(PROBLEM)
                && quality(PROBLEM) >= quality(JSON)
                && quality(PROBLEM) > 0
                && !(header.toLowerCase(Locale.ROOT).contains(JSON)
                        && quality(PROBLEM) == quality(JSON)
                        && header.indexOf(JSON) < header.indexOf(PROBLEM));
    }

    /** The quality of the most specific range that matches; 0 for none. */
    private double quality(String mediaType) {
        if (header == null || header.isBlank()) {
            return 1;
        }
        String plain = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        String family = plain.substring(0, plain.indexOf('/')) + "/*";
        int specific = -1;
        double quality = 0;
        for (String range : header.toLowerCase(Locale.ROOT).split(",", 64)) {
            String[] parts = range.strip().split(";", -1);
            String type = parts[0].strip();
            int rank = type.equals(plain) ? 2 : type.equals(family) ? 1 : type.equals("*/*") ? 0 : -1;
            if (rank > specific) {
                specific = rank;
                quality = quality(parts);
            }
        }
        return quality;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
