package io.thespace.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Endpoint;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GovernedInterceptorTest {

    private final GovernedInterceptor interceptor = new GovernedInterceptor();

    public void admitted() {}

    public void another() {}

    private static Method method(String name) throws NoSuchMethodException {
        return GovernedInterceptorTest.class.getMethod(name);
    }

    /** An invocation of a method, as the container passes it. */
    private record Invocation(Method method) implements InvocationContext {

        @Override
        public Object getTarget() {
            return null;
        }

        @Override
        public Object getTimer() {
            return null;
        }

        @Override
        public Method getMethod() {
            return method;
        }

        @Override
        public Constructor<?> getConstructor() {
            return null;
        }

        @Override
        public Object[] getParameters() {
            return new Object[0];
        }

        @Override
        public void setParameters(Object[] parameters) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Object> getContextData() {
            return Map.of();
        }

        @Override
        public Object proceed() {
            return "reached";
        }
    }

    private static CallContext call(Method method) {
        Endpoint<Void> endpoint = Endpoint.get("/x").summary("X").open().handler(new MethodHandler<>() {
            @Override
            public Method method() {
                return method;
            }

            @Override
            public Object body(Object[] arguments) {
                return null;
            }

            @Override
            public Object handle(Call<Void> call) {
                return null;
            }
        });
        return new CallContext(
                new Route("/api/x", Mount.of("X"), endpoint),
                Actor.anonymous("test", null, null),
                Request.of(Map.of()));
    }

    @AfterEach
    void leave() {
        CallContext.leave();
    }

    @Test
    void aMethodThatNothingAdmittedIsNotReached() throws Exception {
        Invocation invocation = new Invocation(method("admitted"));
        assertThatThrownBy(() -> interceptor.govern(invocation)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCallThatWasAdmittedToAnotherMethodIsNotReached() throws Exception {
        call(method("another")).arrive();
        Invocation invocation = new Invocation(method("admitted"));
        assertThatThrownBy(() -> interceptor.govern(invocation))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without being admitted");
    }

    @Test
    void insideThePipelineTheMethodIsReached() throws Exception {
        CallContext call = call(method("admitted"));
        call.enter();
        call.arrive();
        assertThat(interceptor.govern(new Invocation(method("admitted")))).isEqualTo("reached");
    }
}
