package io.thespace.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.EndpointError;
import io.thespace.json.Json;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Upload;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A body of {@code multipart/form-data} (RFC 7578): one file, which lies on disk until the form is closed, and fields, which
 * become the members of a JSON body.
 */
final class Form implements AutoCloseable {

    /** The largest form that is read; what is made of the file has limits of its own. */
    static final long MOST_BYTES = 210_000_000;

    private static final int MOST_FIELD_BYTES = 8_192;
    private static final int MOST_PARTS = 20;

    private final ObjectNode fields = Json.MAPPER.createObjectNode();
    private Upload upload;

    private Form() {}

    /** Whether a request brings a form. */
    static boolean in(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.regionMatches(true, 0, "multipart/form-data", 0, 19);
    }

    /**
     * Reads a form.
     *
     * @throws Rejection when it is too large, malformed, or has a file where none belongs
     */
    static Form read(HttpServletRequest request, Endpoint<?> endpoint) throws IOException {
        if (request.getContentLengthLong() > MOST_BYTES) {
            throw new Rejection(
                    EndpointError.BODY_TOO_LARGE, "The body may have %d bytes at the most.".formatted(MOST_BYTES));
        }
        Form form = new Form();
        boolean read = false;
        try {
            int parts = 0;
            for (Part part : request.getParts()) {
                if (++parts > MOST_PARTS) {
                    throw new Rejection(
                            EndpointError.INVALID_REQUEST,
                            "The form may have %d parts at the most.".formatted(MOST_PARTS));
                }
                form.take(part, endpoint);
            }
            read = true;
            return form;
        } catch (ServletException | IllegalStateException e) {
            throw new Rejection(
                    EndpointError.INVALID_REQUEST,
                    "The form is malformed, or larger than %d bytes.".formatted(MOST_BYTES));
        } finally {
            if (!read) {
                form.close();
            }
        }
    }

    private void take(Part part, Endpoint<?> endpoint) throws IOException {
        String name = part.getName();
        try {
            if (part.getSubmittedFileName() == null) {
                put(name, text(part), endpoint.bodyType());
            } else if (name.equals(endpoint.upload()) && upload == null) {
                upload = store(part);
            } else {
                throw Rejection.of(
                        EndpointError.INVALID_REQUEST,
                        name,
                        "The form has one file, in the field \"%s\".".formatted(endpoint.upload()));
            }
        } finally {
            part.delete();
        }
    }

    private void put(String name, String value, Class<?> bodyType) {
        Class<?> type = Arrays.stream(bodyType.getRecordComponents())
                .filter(component -> snakeCase(component.getName()).equals(name))
                .<Class<?>>map(RecordComponent::getType)
                .findFirst()
                .orElse(String.class);
        if (type == List.class) {
            ArrayNode items = fields.putArray(name);
            Arrays.stream(value.split(",", -1))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .forEach(items::add);
        } else if (type == Boolean.class && (value.equals("true") || value.equals("false"))) {
            fields.put(name, Boolean.valueOf(value));
        } else {
            fields.put(name, value);
        }
    }

    private static String snakeCase(String javaName) {
        return javaName.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static String text(Part part) throws IOException {
        try (InputStream in = part.getInputStream()) {
            byte[] bytes = in.readNBytes(MOST_FIELD_BYTES + 1);
            if (bytes.length > MOST_FIELD_BYTES) {
                throw Rejection.of(
                        EndpointError.INVALID_REQUEST,
                        part.getName(),
                        "%s may have %d bytes at the most.".formatted(part.getName(), MOST_FIELD_BYTES));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static Upload store(Part part) throws IOException {
        Path file = Files.createTempFile("the-space-upload", ".part");
        boolean stored = false;
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(part.getInputStream(), digest);
                    OutputStream out = Files.newOutputStream(file)) {
                in.transferTo(out);
            }
            stored = true;
            return new Upload(part.getSubmittedFileName(), file, HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        } finally {
            if (!stored) {
                Files.deleteIfExists(file);
            }
        }
    }

    byte[] json() {
        return fields.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The file; null when none came. */
    Upload upload() {
        return upload;
    }

    @Override
    public void close() throws IOException {
        if (upload != null) {
            Files.deleteIfExists(upload.file());
        }
    }
}
