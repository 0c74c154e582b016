package io.thespace.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** The scripts and data of the module payara-config. */
final class ServerFiles {

    static final List<String> EDGE_CLASSES = List.of(
            "EdgeStrategy",
            "ParserRefusals",
            "ParserRefusals$1",
            "ParserRefusals$Fault",
            "Refusal",
            "RequestGate",
            "RequestGate$ChunkedBody",
            "RequestHead");

    private ServerFiles() {}

    /** A file's text. */
    static String text(String name) {
        try (InputStream in = ServerFiles.class.getResourceAsStream("/io/thespace/server/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("payara-config has no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + name + " in payara-config", e);
        }
    }

    /** A file's text with its {@code ${…}} filled in. */
    static String text(String name, Map<String, String> values) {
        String text = text(name);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return text;
    }

    /** A file's lines without comments and blank lines. */
    static List<String> lines(String name) {
        return text(name)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** The classes that run in Payara, as a jar; the same bytes for the same classes. */
    static byte[] edgeLibrary() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            for (String name : EDGE_CLASSES) {
                String path = "io/thespace/server/grizzly/" + name + ".class";
                JarEntry entry = new JarEntry(path);
                entry.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
                jar.putNextEntry(entry);
                try (InputStream in = ServerFiles.class.getResourceAsStream("/" + path)) {
                    if (in == null) {
                        throw new IllegalArgumentException("payara-config has no " + path);
                    }
                    in.transferTo(jar);
                }
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read the classes of payara-config", e);
        }
        return bytes.toByteArray();
    }

    /** SHA-256 of some bytes, in hexadecimal. */
    static String fingerprint(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** SHA-256 of some texts, in hexadecimal. */
    static String fingerprint(String... texts) {
        MessageDigest digest = sha256();
        for (String text : texts) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of a file, in hexadecimal. */
    static String fingerprint(Path file) {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[65_536];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new LaunchFailure("Cannot read " + file + " (" + e + ").", e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
