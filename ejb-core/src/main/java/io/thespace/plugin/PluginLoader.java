package io.thespace.plugin;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.PluginClassLoader;

/** Loads the classes of one version of one plugin: first from its own jars, else from what {@link ApiOnly} shows. */
final class PluginLoader extends PluginClassLoader {

    PluginLoader() {
        // No manager: it would only be asked for the classes of other plugins, and there are none to be seen.
        super(
                null,
                new DefaultPluginDescriptor(),
                new ApiOnly(PluginLoader.class.getClassLoader()),
                ClassLoadingStrategy.PDA);
    }

    /** Shows of the platform what plugins are compiled against, and nothing else. */
    private static final class ApiOnly extends ClassLoader {

        private static final List<String> SHOWN = List.of(
                "io.thespace.plugin.api.",
                "jakarta.validation.",
                "jakarta.annotation.",
                "com.fasterxml.jackson.annotation.");

        private final ClassLoader platform;

        ApiOnly(ClassLoader platform) {
            super(ClassLoader.getPlatformClassLoader());
            this.platform = platform;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals(Fence.class.getName()) || SHOWN.stream().anyMatch(name::startsWith)) {
                return platform.loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }

        @Override
        protected URL findResource(String name) {
            return null;
        }

        @Override
        protected Enumeration<URL> findResources(String name) throws IOException {
            return Collections.emptyEnumeration();
        }
    }
}
