package io.thespace.hub.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendClassLoaderTest {

    private static final String PROVIDER = "META-INF/services/jakarta.enterprise.concurrent.spi.ThreadContextProvider";

    /** A service of the application. */
    public interface Service {}

    public static final class Provider implements Service {}

    @TempDir
    Path folder;

    @Test
    void hidesProvidersOfThreadContextsOnly() throws Exception {
        write(PROVIDER, "a.b.C");
        write("META-INF/services/" + Service.class.getName(), Provider.class.getName());
        try (URLClassLoader application = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            assertThat(application.getResources(PROVIDER).hasMoreElements()).isTrue();

            SendClassLoader loader = new SendClassLoader(application);
            assertThat(loader.getResource(PROVIDER)).isNull();
            assertThat(loader.getResources(PROVIDER).hasMoreElements()).isFalse();
            assertThat(ServiceLoader.load(Service.class, loader))
                    .hasOnlyElementsOfType(Provider.class)
                    .hasSize(1);
            assertThat(loader.loadClass(Provider.class.getName())).isSameAs(Provider.class);
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
