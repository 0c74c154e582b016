package io.thespace.dashboard.build;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/** An archive of npm's registry: for what is not on Maven Central. */
final class NpmArchive {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    /** The size of a block of a tar archive (POSIX.1-1988, ustar). */
    private static final int BLOCK_BYTES = 512;

    private static final int NAME_BYTES = 100;
    private static final int SIZE_OFFSET = 124;
    private static final int SIZE_BYTES = 12;

    private final byte[] bytes;

    private NpmArchive(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Fetches an archive.
     *
     * @param integrity its SHA-512 in Base64, as npm's lock files have it
     */
    static NpmArchive fetch(URI address, String integrity) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpResponse<byte[]> response = client.send(
                HttpRequest.newBuilder(address).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(address + " answered " + response.statusCode() + ".");
        }
        return of(address.toString(), response.body(), integrity);
    }

    /** An archive whose content has this SHA-512. */
    static NpmArchive of(String name, byte[] bytes, String integrity) throws IOException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-512").digest(bytes);
            if (!MessageDigest.isEqual(hash, Base64.getDecoder().decode(integrity))) {
                throw new IOException(name + " does not have the expected SHA-512.");
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-512", e);
        }
        return new NpmArchive(bytes);
    }

    /** The content of a file in it. */
    byte[] file(String path) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new GZIPInputStream(new ByteArrayInputStream(bytes))))) {
            byte[] header = new byte[BLOCK_BYTES];
            while (true) {
                in.readFully(header);
                int size =
                        Integer.parseInt(text(header, SIZE_OFFSET, SIZE_BYTES).strip(), 8);
                if (text(header, 0, NAME_BYTES).equals(path)) {
                    return in.readNBytes(size);
                }
                in.skipNBytes((size + BLOCK_BYTES - 1L) / BLOCK_BYTES * BLOCK_BYTES);
            }
        } catch (EOFException | NumberFormatException e) {
            throw new IOException("The archive has no file " + path + ".", e);
        }
    }

    private static String text(byte[] header, int offset, int length) {
        String field = new String(header, offset, length, StandardCharsets.US_ASCII);
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }
}
