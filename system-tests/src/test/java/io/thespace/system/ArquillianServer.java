package io.thespace.system;

import io.thespace.configuration.Key;
import io.thespace.launcher.Instance;
import io.thespace.launcher.WildFlyHome;
import java.io.File;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.spi.LifecycleMethodExecutor;
import org.jboss.arquillian.test.spi.TestRunnerAdaptor;
import org.jboss.arquillian.test.spi.TestRunnerAdaptorBuilder;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;

/**
 * WildFly, started by Arquillian, with the real EAR deployed to it. Arquillian's JUnit extension deploys anew for each test
 * class; here its life cycle is driven by hand, so that one deployment serves them all.
 */
final class ArquillianServer implements AutoCloseable {

    private final TestRunnerAdaptor arquillian;

    private ArquillianServer(TestRunnerAdaptor arquillian) {
        this.arquillian = arquillian;
    }

    /** What is deployed. */
    static final class Deployed {

        private Deployed() {}

        @Deployment(testable = false)
        public static EnterpriseArchive ear() {
            return ShrinkWrap.createFromZipFile(EnterpriseArchive.class, new File(System.getProperty("space.ear")));
        }
    }

    /** Starts the server with an instance's settings and deploys. */
    static ArquillianServer start(Instance instance, Map<String, String> settings) throws Exception {
        WildFlyHome home = WildFlyHome.of(instance);
        String properties = settings.entrySet().stream()
                .map(setting -> "\"-D" + setting.getKey() + "=" + setting.getValue() + "\"")
                .collect(Collectors.joining(" "));
        String ports = "-Djboss.http.port=%d -Djboss.management.http.port=%d"
                .formatted(
                        instance.configuration().get(Key.HTTP_PORT),
                        instance.configuration().get(Key.ADMIN_PORT));
        System.setProperty("space.wildfly.home", home.distribution().toString());
        System.setProperty("space.wildfly.options", String.join(" ", home.javaOptions()) + " " + properties);
        System.setProperty(
                "space.wildfly.arguments",
                "-Djboss.server.base.dir=%s -Djboss.server.log.dir=%s %s"
                        .formatted(home.base(), instance.logs(), ports));
        System.setProperty(
                "space.wildfly.management-port",
                String.valueOf(instance.configuration().get(Key.ADMIN_PORT)));
        ArquillianServer server = new ArquillianServer(TestRunnerAdaptorBuilder.build());
        try {
            server.arquillian.beforeSuite();
            server.arquillian.beforeClass(Deployed.class, LifecycleMethodExecutor.NO_OP);
            return server;
        } catch (Exception | Error e) {
            server.arquillian.shutdown();
            throw e;
        }
    }

    @Override
    public void close() throws Exception {
        try {
            arquillian.afterClass(Deployed.class, LifecycleMethodExecutor.NO_OP);
            arquillian.afterSuite();
        } finally {
            arquillian.shutdown();
        }
    }
}
