package io.thespace.mcp;

import io.thespace.plugin.api.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Some tools, by name. A cursor is the last name of its page: it gives access to nothing that the list does not.
 *
 * @param nextCursor null on the last page
 */
public record ToolPage(List<McpTool> tools, String nextCursor) {

    private static final int MAX_CURSOR = 256;

    /** The first page of tools that are in order. */
    static ToolPage of(List<McpTool> all, int size) {
        if (all.size() <= size) {
            return new ToolPage(all, null);
        }
        String last = all.get(size - 1).name();
        return new ToolPage(
                all.subList(0, size),
                Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The name after which a page begins.
     *
     * @throws Rejection {@code CURSOR_INVALID}
     */
    static String lastName(String cursor) {
        try {
            String name = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (cursor.length() <= MAX_CURSOR && name.matches("[a-z0-9_-]+")) {
                return name;
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
