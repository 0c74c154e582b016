package io.thespace.hub.socket;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

/**
 * The application's class loader without its {@code ThreadContextProvider}s (Jakarta Concurrency); it has none.
 *
 * <p>For each frame sent, Tyrus restarts the session's idle timer, even when the timeout is 0, by submitting a task to a managed
 * scheduler. For each such task Payara Server loads the providers through the thread's context class loader, which searches
 * every archive of the application. Other servers do not load them while sending.
 */
final class SendClassLoader extends ClassLoader {

    private static final String PROVIDERS = "META-INF/services/jakarta.enterprise.concurrent.spi.";

    private final ClassLoader application;

    /** Has no parent: {@link java.util.ServiceLoader} would search each of them. */
    SendClassLoader(ClassLoader application) {
        super(null);
        this.application = application;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return application.loadClass(name);
    }

    @Override
    public URL getResource(String name) {
        return name.startsWith(PROVIDERS) ? null : application.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.startsWith(PROVIDERS) ? Collections.emptyEnumeration() : application.getResources(name);
    }
}
