package io.thespace.jaxrs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.EndpointError;
import io.thespace.json.Json;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Upload;
import io.thespace.wire.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.EntityPart;
import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Providers;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
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
 * A body of {@code multipart/form-data} (RFC 7578): one file, which lies on disk until the exchange is over, and fields,
 * which become the members of a JSON body.
 */
final class Form {

    /** The name of the part that is a file. */
    static final String FILE = "file";

    /** The largest form that is read; what is made of the file has limits of its own. */
    static final long MAX_BYTES = 210_000_000;

    private static final int MAX_FIELD_BYTES = 8_192;
    private static final int MAX_PARTS = 20;
    private static final GenericType<List<EntityPart>> PARTS = new GenericType<>() {};

    private final ObjectNode fields = Json.MAPPER.createObjectNode();
    private final Exchange exchange;
    private Upload upload;

    private Form(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Reads a form.
     *
     * @throws Rejection when it is too large, malformed, or has a file where none belongs
     */
    static Form read(Exchange exchange, Providers providers, InputStream in, Endpoint<?> endpoint) throws IOException {
        if (exchange.request().getContentLengthLong() > MAX_BYTES) {
            throw tooLarge();
        }
        Form form = new Form(exchange);
        List<EntityPart> parts = parts(exchange.request(), providers, in);
        if (parts.isEmpty()) {
            throw malformed();
        }
        if (parts.size() > MAX_PARTS) {
            throw new Rejection(EndpointError.INVALID_REQUEST, "The form has more than %d parts.".formatted(MAX_PARTS));
        }
        for (EntityPart part : parts) {
            form.take(part, endpoint);
        }
        return form;
    }

    private static List<EntityPart> parts(HttpServletRequest request, Providers providers, InputStream in)
            throws IOException {
        try {
            MediaType type = MediaType.valueOf(request.getContentType());
            // RESTEasy answers 500 to a form without a boundary.
            if (!type.getParameters().containsKey("boundary")) {
                throw malformed();
            }
            MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
            headers.putSingle("Content-Type", request.getContentType());
            MessageBodyReader<List<EntityPart>> reader = reader(providers, type);
            return reader.readFrom(listClass(), PARTS.getType(), new Annotation[0], type, headers, new Bounded(in));
        } catch (WebApplicationException | IllegalArgumentException | IllegalStateException e) {
            throw malformed();
        } catch (RuntimeException e) {
            // Parsers throw different exceptions; a rejection of the platform may be the cause.
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof Rejection rejection) {
                    throw rejection;
                }
            }
            throw malformed();
        }
    }

    @SuppressWarnings("unchecked") // The class of a list of parts, the type of PARTS.
    private static Class<List<EntityPart>> listClass() {
        return (Class<List<EntityPart>>) PARTS.getRawType();
    }

    private static MessageBodyReader<List<EntityPart>> reader(Providers providers, MediaType type) {
        return providers.getMessageBodyReader(listClass(), PARTS.getType(), new Annotation[0], type);
    }

    private static Rejection malformed() {
        return new Rejection(
                EndpointError.INVALID_REQUEST, "The form is malformed, or larger than %d bytes.".formatted(MAX_BYTES));
    }

    private static Rejection tooLarge() {
        return new Rejection(EndpointError.BODY_TOO_LARGE, "The body exceeds %d bytes.".formatted(MAX_BYTES));
    }

    private void take(EntityPart part, Endpoint<?> endpoint) throws IOException {
        String name = part.getName();
        if (part.getFileName().isEmpty()) {
            put(name, text(part), endpoint.bodyType());
        } else if (name.equals(endpoint.upload()) && upload == null) {
            upload = store(part);
        } else {
            throw Rejection.of(
                    EndpointError.INVALID_REQUEST,
                    name,
                    "The form has one file, in the field \"%s\".".formatted(endpoint.upload()));
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
        } else if (type == Integer.class && value.matches("-?\\d{1,9}")) {
            fields.put(name, Integer.valueOf(value));
        } else {
            fields.put(name, value);
        }
    }

    private static String snakeCase(String javaName) {
        return javaName.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static String text(EntityPart part) throws IOException {
        try (InputStream in = part.getContent()) {
            byte[] bytes = in.readNBytes(MAX_FIELD_BYTES + 1);
            if (bytes.length > MAX_FIELD_BYTES) {
                throw Rejection.of(
                        EndpointError.INVALID_REQUEST,
                        part.getName(),
                        "%s exceeds %d bytes.".formatted(part.getName(), MAX_FIELD_BYTES));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private Upload store(EntityPart part) throws IOException {
        Path file = Files.createTempFile("the-space-upload", ".part");
        exchange.deleteAfterwards(file);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(part.getContent(), digest);
                    OutputStream out = Files.newOutputStream(file)) {
                in.transferTo(out);
            }
            return new Upload(
                    part.getFileName().orElseThrow(), file, HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    byte[] json() {
        return fields.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the file; null without one. */
    Upload upload() {
        return upload;
    }

    /** A stream that fails after {@link #MAX_BYTES}. */
    private static final class Bounded extends FilterInputStream {

        private long left = MAX_BYTES;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            int bytes = super.read(into, at, length);
            count(Math.max(bytes, 0));
            return bytes;
        }

        private void count(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw tooLarge();
            }
        }
    }
}
