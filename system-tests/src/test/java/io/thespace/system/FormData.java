package io.thespace.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** A body of {@code multipart/form-data}: fields, and one file. */
final class FormData {

    private static final String BOUNDARY = "a-boundary-that-no-file-holds";

    private final ByteArrayOutputStream form = new ByteArrayOutputStream();

    /** With fields. */
    FormData(String... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            line("--" + BOUNDARY);
            line("Content-Disposition: form-data; name=\"%s\"".formatted(namesAndValues[i]));
            line("");
            line(namesAndValues[i + 1]);
        }
    }

    /** Adds the file. */
    FormData file(String fileName, byte[] content) {
        line("--" + BOUNDARY);
        line("Content-Disposition: form-data; name=\"file\"; filename=\"%s\"".formatted(fileName));
        line("Content-Type: application/octet-stream");
        line("");
        form.writeBytes(content);
        line("");
        return this;
    }

    private void line(String line) {
        form.writeBytes((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Posts it.
     *
     * @throws IOException when no answer came
     */
    Answer post(Caller caller, String path) throws IOException {
        line("--" + BOUNDARY + "--");
        return caller.trySend(
                "POST",
                path,
                BodyPublishers.ofByteArray(form.toByteArray()),
                "multipart/form-data; boundary=" + BOUNDARY);
    }
}
