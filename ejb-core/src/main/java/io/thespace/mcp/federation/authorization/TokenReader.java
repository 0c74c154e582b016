package io.thespace.mcp.federation.authorization;

import io.thespace.gateway.outbound.OutboundReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Reads a token endpoint's answer, up to a size. */
final class TokenReader implements OutboundReader {

    private static final int MAX_BYTES = 65_536;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private boolean tooLarge;

    @Override
    public synchronized void begin(int code, List<Map.Entry<String, String>> headers) {
        status = code;
    }

    @Override
    public synchronized Reading take(ByteBuffer part) {
        if (body.size() + part.remaining() > MAX_BYTES) {
            tooLarge = true;
            return Reading.REFUSED;
        }
        byte[] read = new byte[part.remaining()];
        part.get(read);
        body.writeBytes(read);
        return Reading.MORE;
    }

    synchronized int status() {
        return status;
    }

    /** The whole body; empty when it was larger than it may be. */
    synchronized String body() {
        return tooLarge ? "" : body.toString(StandardCharsets.UTF_8);
    }
}
