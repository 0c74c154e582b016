package io.thespace.system;

import io.thespace.configuration.Key;
import io.thespace.launcher.Instance;
import io.thespace.launcher.WildFlyHome;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.arquillian.test.spi.LifecycleMethodExecutor;
import org.jboss.arquillian.test.spi.TestMethodExecutor;
import org.jboss.arquillian.test.spi.TestResult;
import org.jboss.arquillian.test.spi.TestRunnerAdaptor;
import org.jboss.arquillian.test.spi.TestRunnerAdaptorBuilder;

/**
 * WildFly, started by Arquillian, with the real EAR deployed to it, and beside it the tests of {@link InsideIT}. Arquillian's
 * JUnit extension deploys anew for each test class; here its life cycle is driven by hand, so that one deployment serves
 * them all.
 */
final class ArquillianServer implements AutoCloseable {

    private final TestRunnerAdaptor arquillian;

    private ArquillianServer(TestRunnerAdaptor arquillian) {
        this.arquillian = arquillian;
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
            server.arquillian.beforeClass(InsideIT.class, LifecycleMethodExecutor.NO_OP);
            return server;
        } catch (Exception | Error e) {
            server.arquillian.shutdown();
            throw e;
        }
    }

    /** Runs a test of {@link InsideIT} in the server. */
    TestResult run(Object test, Method method) throws Exception {
        arquillian.before(test, method, LifecycleMethodExecutor.NO_OP);
        try {
            return arquillian.test(new TestMethodExecutor() {
                @Override
                public String getMethodName() {
                    return method.getName();
                }

                @Override
                public Method getMethod() {
                    return method;
                }

                @Override
                public Object getInstance() {
                    return test;
                }

                @Override
                public void invoke(Object... parameters) {
                    throw new IllegalStateException(method.getName() + " is to run in the server, not here");
                }
            });
        } finally {
            arquillian.after(test, method, LifecycleMethodExecutor.NO_OP);
        }
    }

    @Override
    public void close() throws Exception {
        try {
            arquillian.afterClass(InsideIT.class, LifecycleMethodExecutor.NO_OP);
            arquillian.afterSuite();
        } finally {
            arquillian.shutdown();
        }
    }
}
