package io.thespace.plugin.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** An answer that is not JSON. */
public final class Content {

    /**
     * Content of the Model Context Protocol: as a tool's answer a JSON array of content blocks, as a prompt one of messages, each as
     * the protocol's schema has them.
     */
    public static final String MCP = "application/vnd.thespace.mcp-content+json";

    private final String mediaType;
    private final byte[] bytes;
    private final Map<String, String> headers;

    /**
     * A body of any media type.
     *
     * @param mediaType for example {@code text/calendar}
     * @param bytes the body; not copied, so not to be changed afterwards
     * @param headers further response headers, by name
     */
    public Content(String mediaType, byte[] bytes, Map<String, String> headers) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.headers = Map.copyOf(headers);
    }

    /** A text, in UTF-8. */
    public static Content text(String mediaType, String text) {
        return new Content(mediaType + ";charset=utf-8", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** A copy with an {@code ETag} of its bytes, so that clients can revalidate a cached copy. */
    public Content tagged() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            Map<String, String> more = new HashMap<>(headers);
            more.put("ETag", '"' + HexFormat.of().formatHex(digest, 0, 16) + '"');
            return new Content(mediaType, bytes, more);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    public String mediaType() {
        return mediaType;
    }

    public byte[] bytes() {
        return bytes;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
