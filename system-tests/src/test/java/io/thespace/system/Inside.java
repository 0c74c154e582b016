package io.thespace.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thespace.configuration.Key.ServerKind;
import java.lang.reflect.Method;
import org.jboss.arquillian.test.spi.TestResult;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Sends each test of a class into the server of the {@link Stage}, where Arquillian runs it. Arquillian's own JUnit
 * extension would do so too, but start one more server for it.
 */
final class Inside implements InvocationInterceptor {

    /** Set by Arquillian for what it runs in the server. */
    private static final String ARRIVED = "insideArquillian";

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (context.getConfigurationParameter(ARRIVED).isPresent()) {
            invocation.proceed();
            return;
        }
        invocation.skip();
        assumeTrue(Stage.KIND == ServerKind.WILDFLY, "Arquillian drives WildFly only");
        TestResult result = Stage.shared().arquillian().run(context.getRequiredTestInstance(), method.getExecutable());
        if (result.getThrowable() != null) {
            throw result.getThrowable();
        }
    }
}
