package io.thespace.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The messages of a stream of server-sent events, as they come. The connection ends with it. */
final class McpStream implements AutoCloseable {

    private static final int LIMIT_SECONDS = 30;

    private final Stream<String> lines;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();

    McpStream(Stream<String> lines) {
        this.lines = lines;
        // Here, since a stream that was closed meanwhile cannot be read at all.
        Iterator<String> iterator = lines.iterator();
        Thread reader = new Thread(() -> read(iterator), "mcp stream");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Iterator<String> iterator) {
        try {
            while (iterator.hasNext()) {
                String line = iterator.next();
                if (line.startsWith("data:")) {
                    messages.add(Json.read(line.substring("data:".length())));
                }
            }
        } catch (UncheckedIOException e) {
            // The test or the server has closed the connection.
        }
        messages.add(Json.MAPPER.missingNode());
    }

    /** The next message; a missing one when the stream has ended. */
    JsonNode next() {
        try {
            JsonNode message = messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("No message within %d seconds".formatted(LIMIT_SECONDS));
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    @Override
    public void close() {
        lines.close();
    }
}
