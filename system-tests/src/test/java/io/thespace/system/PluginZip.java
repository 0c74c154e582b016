package io.thespace.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A plugin's archive, to be varied and signed. Immutable. */
final class PluginZip {

    /** Whom the shared stage trusts. */
    static final String PUBLISHER = "tests";

    private static final KeyPair KEYS = keys();

    private final Map<String, byte[]> files;

    private PluginZip(Map<String, byte[]> files) {
        this.files = files;
    }

    /** What the platform is told of the publisher. */
    static String publishers() {
        return PUBLISHER + "="
                + Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
    }

    /** The notice board, version 1.0.0. */
    static PluginZip example() {
        return of("example-plugin");
    }

    /** The plugin that fails in every way, version 1.0.0; fails nowhere as it is. */
    static PluginZip failing() {
        return of("failing-plugin");
    }

    private static PluginZip of(String module) {
        return read(
                Path.of(System.getProperty("space.root"), "plugin-modules", module, "target", module + "-1.0.0.zip"));
    }

    static PluginZip read(Path zip) {
        try {
            return read(Files.readAllBytes(zip));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PluginZip read(byte[] zip) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PluginZip(files);
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    PluginZip with(String name, byte[] content) {
        Map<String, byte[]> more = new LinkedHashMap<>(files);
        more.put(name, content);
        return new PluginZip(more);
    }

    PluginZip without(String name) {
        Map<String, byte[]> less = new LinkedHashMap<>(files);
        less.remove(name);
        return new PluginZip(less);
    }

    /** With a changed {@code plugin.json}. */
    PluginZip manifest(Consumer<ObjectNode> change) {
        ObjectNode manifest = (ObjectNode) Json.read(new String(files.get("plugin.json"), StandardCharsets.UTF_8));
        change.accept(manifest);
        return with("plugin.json", manifest.toString().getBytes(StandardCharsets.UTF_8));
    }

    PluginZip version(String version) {
        return manifest(json -> json.put("version", version));
    }

    /** Of the failing plugin: what fails in a phase of its life. */
    PluginZip failingAt(String phase, String failure) {
        return with(
                "lib/mode.jar",
                zip(Map.of("failing.properties", (phase + "=" + failure).getBytes(StandardCharsets.UTF_8))));
    }

    /** Of the failing plugin: with a migration that works and one that fails after it. */
    PluginZip failingHalfWay() throws IOException {
        try (InputStream jar = Files.newInputStream(Path.of(
                System.getProperty("space.root"),
                "plugin-modules",
                "failing-plugin",
                "target",
                "failing-plugin-half-way.jar"))) {
            return with("lib/half-way.jar", jar.readAllBytes());
        }
    }

    /** With a changed jar: without those of its entries whose names begin so. */
    PluginZip withoutInJar(String jar, String prefix) {
        Map<String, byte[]> entries = new LinkedHashMap<>(read(files.get(jar)).files);
        entries.keySet().removeIf(name -> name.startsWith(prefix));
        return with(jar, zip(entries));
    }

    byte[] unsigned() {
        return zip(files);
    }

    /** Signed by the publisher whom the stage trusts. */
    byte[] signed() {
        return signed(PUBLISHER);
    }

    /** Signed with the trusted publisher's key in whatever name. */
    byte[] signed(String publisher) {
        try {
            ObjectNode digests = Json.MAPPER.createObjectNode();
            digests.put("publisher", publisher);
            ObjectNode of = digests.putObject("files");
            for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(file.getValue());
                of.put(file.getKey(), HexFormat.of().formatHex(digest));
            }
            byte[] text = digests.toString().getBytes(StandardCharsets.UTF_8);
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(KEYS.getPrivate());
            signature.update(text);
            return with("digests.json", text)
                    .with("digests.sig", Base64.getEncoder().encode(signature.sign()))
                    .unsigned();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signed, and then given one more file. */
    byte[] tampered() {
        byte[] signed = signed();
        return read(signed)
                .with("lib/more.jar", zip(Map.of("more.txt", new byte[1])))
                .unsigned();
    }

    static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
