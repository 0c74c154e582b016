package io.thespace.mcp;

import io.thespace.plugin.api.Rejection;
import jakarta.annotation.Nullable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * Some entries of a list of the MCP server. A cursor is the last name of its page: it gives access to nothing that the list does
 * not.
 *
 * @param nextCursor null on the last page
 */
public record McpPage<T>(List<T> items, @Nullable String nextCursor) {

    /** The entries of a page. */
    static final int SIZE = 50;

    private static final int MAX_CURSOR = 2048;

    /**
     * A page of a list.
     *
     * @param all in the order of their names
     * @param cursor null for the first page
     * @throws Rejection {@code CURSOR_INVALID}
     */
    public static <T> McpPage<T> of(List<T> all, Function<T, String> name, String cursor) {
        return of(all, name, cursor, SIZE);
    }

    static <T> McpPage<T> of(List<T> all, Function<T, String> name, String cursor, int size) {
        List<T> rest = all;
        if (cursor != null) {
            String last = lastName(cursor);
            rest = all.stream()
                    .filter(one -> name.apply(one).compareTo(last) > 0)
                    .toList();
        }
        if (rest.size() <= size) {
            return new McpPage<>(rest, null);
        }
        byte[] last = name.apply(rest.get(size - 1)).getBytes(StandardCharsets.UTF_8);
        return new McpPage<>(
                rest.subList(0, size), Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }

    private static String lastName(String cursor) {
        try {
            if (cursor.length() <= MAX_CURSOR) {
                String name = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                if (name.matches("[!-~]+")) {
                    return name;
                }
            }
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
        throw refused(null);
    }

    private static Rejection refused(Throwable cause) {
        Rejection refusal = new Rejection(
                McpError.CURSOR_INVALID, "The cursor is not one that this list answered with; start again without it.");
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }
}
