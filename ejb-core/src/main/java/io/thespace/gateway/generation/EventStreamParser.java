package io.thespace.gateway.generation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Parses an event stream as its bytes arrive (WHATWG HTML, section 9.2.6, "Interpreting an event stream"). The {@code id} and
 * {@code retry} fields are ignored, since a generation never reconnects. Not thread-safe.
 */
public final class EventStreamParser {

    private static final String DEFAULT_TYPE = "message";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Receives the events in their order. */
    public interface Listener {

        /**
         * An event.
         *
         * @param type its {@code event} field; {@code message} without one
         * @param data its {@code data} fields, joined by line feeds
         */
        void event(String type, String data);
    }

    private final Listener listener;
    private final int maxBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private boolean started;
    private boolean afterCarriageReturn;

    /** @param maxBytes the size of a line, and of the data of an event in characters, that ends the parsing */
    public EventStreamParser(int maxBytes, Listener listener) {
        this.maxBytes = maxBytes;
        this.listener = listener;
    }

    /** Parses the next bytes of the stream; false when a line or an event is larger than the maximum. */
    public boolean feed(byte[] bytes) {
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte one = bytes[i];
            if (one == '\n' && afterCarriageReturn) {
                from = i + 1;
            } else if (one == '\n' || one == '\r') {
                line.write(bytes, from, i - from);
                from = i + 1;
                endLine();
            }
            afterCarriageReturn = one == '\r';
        }
        line.write(bytes, from, bytes.length - from);
        return line.size() <= maxBytes && data.length() <= maxBytes;
    }

    /**
     * Dispatches an event whose empty line is missing. The specification discards it, because a stream that broke off may have
     * lost a part of it; to be called only when the enclosing HTTP message is complete.
     */
    public void end() {
        if (line.size() > 0) {
            endLine();
        }
        dispatch();
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (!started) {
            started = true;
            text = text.length() > 0 && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        }
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        if (field.equals("data")) {
            data.append(value).append('\n');
        } else if (field.equals("event")) {
            type = value;
        }
    }

    private void dispatch() {
        if (data.length() > 0) {
            String whole = data.substring(0, data.length() - 1);
            data.setLength(0);
            listener.event(type.isEmpty() ? DEFAULT_TYPE : type, whole);
        }
        type = "";
    }
}
