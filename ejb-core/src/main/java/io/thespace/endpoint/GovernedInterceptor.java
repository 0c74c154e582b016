package io.thespace.endpoint;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;

/** Takes the calls of resources through the {@link Pipeline}. */
@Governed
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class GovernedInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Pipeline pipeline;

    /**
     * Rejects every call that was not admitted to exactly this method, whatever way it took.
     */
    @AroundInvoke
    Object govern(InvocationContext invocation) throws Exception {
        CallContext call = CallContext.current();
        if (!(call.route().endpoint().handler() instanceof MethodHandler<?> admitted)
                || !admitted.method().equals(invocation.getMethod())) {
            throw new IllegalStateException(invocation.getMethod() + " was called without being admitted");
        }
        if (call.entered()) {
            return invocation.proceed();
        }
        pipeline.run(call, admitted.body(invocation.getParameters()), invocation::proceed);
        // The call's answer is serialised already; what writes the response takes that.
        return null;
    }
}
