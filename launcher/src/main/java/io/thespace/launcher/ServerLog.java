package io.thespace.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A server's log from a position on.
 *
 * @param file the log
 * @param from the position, the length at that time
 */
record ServerLog(Path file, long from) {

    private static final Pattern ERROR = Pattern.compile("(^|\\[|\\s)(SEVERE|ERROR|FATAL)\\b");
    private static final Pattern RECORD = Pattern.compile("^\\[?(#\\|)?\\[?20\\d\\d-\\d\\d-\\d\\d.*");
    private static final Pattern EXCEPTION = Pattern.compile("(Exception|Error)\\b|^Caused by:");
    private static final int MAX_LINES = 12;
    private static final int MAX_BYTES = 4_000_000;

    /** Returns the current length of a log. */
    static long length(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The first errors up to one with an exception, with its causes, without stack frames; empty when there is none. */
    String cause() {
        List<String> cause = new ArrayList<>();
        boolean within = false;
        for (String line : text().split("\\R", -1)) {
            boolean begins = RECORD.matcher(line).matches();
            if (begins) {
                if (cause.stream().anyMatch(shown -> EXCEPTION.matcher(shown).find())) {
                    break;
                }
                within = ERROR.matcher(line).find();
            }
            String shown = line.strip();
            boolean frame = shown.startsWith("at ") || shown.startsWith("... ");
            if (within && !frame && !shown.isEmpty() && !cause.contains(shown) && cause.size() < MAX_LINES) {
                cause.add(shown);
            }
        }
        return String.join("\n", cause);
    }

    /** Whether a line matches. */
    boolean contains(Pattern pattern) {
        return pattern.matcher(text()).find();
    }

    private String text() {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long length = log.length();
            // Shorter than before: it was rotated meanwhile.
            long start = from > length ? 0 : from;
            byte[] bytes = new byte[(int) Math.min(length - start, MAX_BYTES)];
            log.seek(start);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
