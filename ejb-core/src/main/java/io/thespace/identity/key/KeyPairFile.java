package io.thespace.identity.key;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * A key pair for signing, from a PKCS#8 PEM file.
 *
 * @param kid the key's id: the file's name without {@code .pem}
 */
public record KeyPairFile(String kid, PrivateKey privateKey, RSAPublicKey publicKey) {

    private static final String SUFFIX = ".pem";
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    /**
     * Every key pair in a folder, by name; there is at least one.
     *
     * @throws IllegalStateException with a sentence for the operator that names the folder or the file
     */
    static List<KeyPairFile> readAll(Path folder) {
        List<KeyPairFile> keys = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                keys.add(read(file));
            }
        } catch (NoSuchFileException e) {
            throw none(folder, e);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The signing keys in SPACE_HOME/keys (" + folder + ") cannot be read: " + e, e);
        }
        if (keys.isEmpty()) {
            throw none(folder, null);
        }
        keys.sort(Comparator.comparing(KeyPairFile::kid));
        return keys;
    }

    private static IllegalStateException none(Path folder, IOException cause) {
        return new IllegalStateException(
                "There is no signing key in SPACE_HOME/keys (" + folder
                        + "). Put an RSA private key of at least 2048 bits there, as PKCS#8 in a file named *.pem: docs/DEPLOYING.md"
                        + " describes how. deploy.sh creates one automatically.",
                cause);
    }

    private static KeyPairFile read(Path file) throws IOException {
        String name = file.getFileName().toString();
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("SPACE_HOME/keys/" + name + " is not a PKCS#8 private key in PEM.");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey privateKey = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(der));
            if (privateKey.getModulus().bitLength() < 2048) {
                throw new IllegalStateException("The key in SPACE_HOME/keys/" + name + " has fewer than 2048 bits.");
            }
            RSAPublicKey publicKey = (RSAPublicKey)
                    rsa.generatePublic(new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
            return new KeyPairFile(name.substring(0, name.length() - SUFFIX.length()), privateKey, publicKey);
        } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
            throw new IllegalStateException("SPACE_HOME/keys/" + name + " holds no RSA private key.", e);
        }
    }

    @Override
    public String toString() {
        return "KeyPairFile[" + kid + "]";
    }
}
