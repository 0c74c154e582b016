package io.thespace.system;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** HTTP over a bare socket, for requests that no decent client would send. */
final class Wire {

    private static final int LIMIT_MILLIS = 30_000;

    private Wire() {}

    /** Sends a request without a body, for example {@code GET /api/health}, and some header lines. */
    static Answer request(Space space, String request, String... headers) {
        return send(
                space.base(),
                request + " HTTP/1.1\nHost: localhost\nConnection: close\n" + String.join("\n", headers),
                "");
    }

    /** Sends a request's head, with LF for line ends, and a body with its Content-Length unless the head names one. */
    static Answer send(URI base, String head, String body) {
        return send(base, head, body.getBytes(StandardCharsets.UTF_8));
    }

    static Answer send(URI base, String head, byte[] body) {
        String start = head.strip();
        boolean sized = start.toLowerCase(Locale.ROOT).contains("content-length:")
                || start.toLowerCase(Locale.ROOT).contains("transfer-encoding:");
        String whole = start + (body.length == 0 || sized ? "" : "\nContent-Length: " + body.length) + "\n\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(whole.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return send(base, bytes.toByteArray(), start.lines().findFirst().orElse(""));
    }

    /** Sends bytes as they are and reads one response. */
    static Answer send(URI base, byte[] bytes, String what) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), LIMIT_MILLIS);
            socket.setSoTimeout(LIMIT_MILLIS);
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
            } catch (SocketException e) {
                // A server may refuse, answer and close before all of it has been sent.
            }
            return parse(socket.getInputStream(), what);
        } catch (IOException e) {
            throw new UncheckedIOException(what, e);
        }
    }

    /** Sends bytes as they are and returns all that comes back until the server closes the connection. */
    static String untilClosed(URI base, String text) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), LIMIT_MILLIS);
            // Less than a server keeps an idle connection.
            socket.setSoTimeout(LIMIT_MILLIS / 2);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** Reads a response from text that a server sent. */
    static Answer answer(String text, String what) {
        try {
            return parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), what);
        } catch (IOException e) {
            throw new UncheckedIOException(what, e);
        }
    }

    private static Answer parse(InputStream in, String what) throws IOException {
        String statusLine = line(in);
        if (!statusLine.startsWith("HTTP/1.1 ")) {
            throw new IOException("No HTTP response to " + what + ": " + statusLine);
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        byte[] body = new byte[0];
        if (headers.containsKey("transfer-encoding")) {
            body = chunks(in);
        } else if (headers.containsKey("content-length") && !what.startsWith("HEAD ")) {
            body = in.readNBytes(Integer.parseInt(headers.get("content-length").get(0)));
        }
        return new Answer(what, status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.writeBytes(in.readNBytes(size));
            line(in);
        }
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("The connection was closed after: " + line);
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** A body in chunks of HTTP/1.1. */
    static byte[] chunked(byte[] body, int size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; at += size) {
            int length = Math.min(size, body.length - at);
            bytes.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            bytes.write(body, at, length);
            bytes.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        bytes.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }
}
