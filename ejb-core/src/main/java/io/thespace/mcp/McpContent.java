package io.thespace.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The content of a resource, as a text or in base64 (RFC 4648, section 4).
 *
 * @param mediaType null for an empty one
 * @param text null for one that is not text
 * @param base64 null for a text
 */
public record McpContent(String uri, String mediaType, String text, String base64) {

    static McpContent of(String uri, String mediaType, byte[] bytes) {
        return mediaType == null || McpTool.textual(mediaType)
                ? new McpContent(uri, mediaType, new String(bytes, StandardCharsets.UTF_8), null)
                : new McpContent(uri, mediaType, null, Base64.getEncoder().encodeToString(bytes));
    }
}
