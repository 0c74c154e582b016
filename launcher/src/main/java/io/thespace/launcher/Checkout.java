package io.thespace.launcher;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder with the sources that this program was built from. */
final class Checkout {

    private Checkout() {}

    /** Returns the folder of {@code mvnw}. */
    static Path folder() {
        try {
            Path here = Path.of(Checkout.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            for (Path folder = here; folder != null; folder = folder.getParent()) {
                if (Files.isRegularFile(folder.resolve("mvnw"))) {
                    return folder;
                }
            }
            throw new LaunchFailure("Run the launcher from its checkout: no mvnw above " + here + ".");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
