package io.thespace.plugin.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer that is not JSON. */
public final class Content {

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
