package io.thespace.dashboard.servlet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the dashboard, ready to be sent.
 *
 * @param zipped the same with gzip
 * @param tag its entity tag, in quotes
 * @param cacheControl unlimited for a name that changes with the content, otherwise revalidation at each use
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PageFile(String mediaType, byte[] bytes, byte[] zipped, String tag, String cacheControl) {

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain;charset=utf-8");

    /** As esbuild writes them, for example {@code main-KC6LZAGM.js}. */
    private static final Pattern HASHED = Pattern.compile(".*-[A-Z0-9]{8}\\.(js|css|js\\.LEGAL\\.txt)");

    /** A file by its name and content. */
    static PageFile of(String name, byte[] bytes) {
        return new PageFile(
                MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1)),
                bytes,
                zip(bytes),
                '"' + HexFormat.of().formatHex(digest(bytes), 0, 16) + '"',
                HASHED.matcher(name).matches() ? "public, max-age=31536000, immutable" : "no-cache");
    }

    /** Whether a file of this name may be one of the dashboard's. */
    static boolean isName(String name) {
        return name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
                && MEDIA_TYPES.containsKey(name.substring(name.lastIndexOf('.') + 1));
    }

    /** Whether a client that sent this {@code Accept-Encoding} takes gzip (RFC 9110, section 12.5.3). */
    static boolean takesGzip(String accepted) {
        if (accepted == null) {
            return false;
        }
        for (String coding : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = coding.strip().split(";", 2);
            if (parts[0].strip().equals("gzip")) {
                return parts.length == 1 || !parts[1].strip().matches("q\\s*=\\s*0(\\.0*)?");
            }
        }
        return false;
    }

    /** Whether the client has this file already, by its {@code If-None-Match}. */
    boolean isKnown(String tags) {
        return tags != null && (tags.contains(tag) || tags.strip().equals("*"));
    }

    private static byte[] zip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream(bytes.length / 3);
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
