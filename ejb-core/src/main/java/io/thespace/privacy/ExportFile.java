package io.thespace.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thespace.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Collects the records of one source, whose connection must not be written to meanwhile. They are in a file that is
 * unlinked when it is opened, so that a process that dies leaves nothing; memory contains one part at most.
 */
final class ExportFile implements BiConsumer<String, Object>, AutoCloseable {

    private static final int PART_BYTES = 1024 * 1024;

    /** A record as an export holds it. */
    private record Line(String source, String store, Object record) {}

    private final String source;
    /** Its own, so that no plugin's classes are remembered. */
    private final ObjectMapper mapper = Json.separate();

    private final FileChannel file;
    private final List<Integer> lengths = new ArrayList<>();
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private final Map<String, Long> records = new TreeMap<>();

    ExportFile(String source) throws IOException {
        this.source = source;
        Path path = Files.createTempFile("the-space-export", ".json");
        this.file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public void accept(String store, Object row) {
        try {
            byte[] line = mapper.writeValueAsBytes(new Line(source, store, row));
            if (part.size() > 0 && part.size() + line.length > PART_BYTES) {
                flush();
            }
            if (part.size() > 0) {
                part.write(',');
                part.write('\n');
            }
            part.writeBytes(line);
            records.merge(store, 1L, Long::sum);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A record of %s cannot be written as JSON".formatted(store), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the number of records per store. */
    Map<String, Long> records() {
        return records;
    }

    /** Passes the parts in order, each as the members of a JSON array. */
    void parts(BiConsumer<Integer, String> sink) throws IOException {
        if (part.size() > 0) {
            flush();
        }
        file.position(0);
        for (int i = 0; i < lengths.size(); i++) {
            ByteBuffer bytes = ByteBuffer.allocate(lengths.get(i));
            while (bytes.hasRemaining()) {
                if (file.read(bytes) < 0) {
                    throw new IOException("The export ends too early");
                }
            }
            sink.accept(i + 1, new String(bytes.array(), StandardCharsets.UTF_8));
        }
    }

    private void flush() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(part.toByteArray());
        lengths.add(bytes.remaining());
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        part.reset();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
