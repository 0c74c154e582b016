package io.thespace.launcher;

import java.nio.file.Path;
import java.util.List;

/**
 * WildFly as the product runs it, for Arquillian, which starts the process itself.
 *
 * @param distribution shared with other instances; never written to
 * @param base the folder with the configuration, in SPACE_HOME
 * @param javaOptions of its JVM
 */
public record WildFlyHome(Path distribution, Path base, List<String> javaOptions) {

    /** Lays it out anew for an instance, whose server must not run. */
    public static WildFlyHome of(Instance instance) {
        WildFlyServer server = new WildFlyServer(instance);
        return new WildFlyHome(server.layOut(), server.base(), server.jvmOptions());
    }
}
