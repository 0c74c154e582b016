package io.thespace.auth.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.BindableService;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;

/**
 * Answers {@code INVALID_ARGUMENT} to messages that are not valid protobuf, where grpc-java answers {@code UNKNOWN},
 * and to texts with a NUL character, which PostgreSQL does not store.
 */
final class StorableMessages implements ServerInterceptor {

    /** A service that gets only such messages. */
    static ServerServiceDefinition guard(BindableService service) {
        StorableMessages checks = new StorableMessages();
        ServerServiceDefinition typed = ServerInterceptors.intercept(service, checks);
        // Around the parser: what it throws would else end the call as UNKNOWN.
        return ServerInterceptors.intercept(ServerInterceptors.useInputStreamMessages(typed), checks);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {

            private boolean refused;

            @Override
            public void onMessage(Q message) {
                if (message instanceof Message typed && holdsNul(typed)) {
                    refuse("A text of the message holds a NUL character.");
                    return;
                }
                try {
                    super.onMessage(message);
                } catch (StatusRuntimeException e) {
                    refuse("The message is malformed: send protobuf as the service's description has it.");
                }
            }

            private void refuse(String why) {
                refused = true;
                call.close(Status.INVALID_ARGUMENT.withDescription(why), new Metadata());
            }

            @Override
            public void onHalfClose() {
                if (!refused) {
                    super.onHalfClose();
                }
            }
        };
    }

    private static boolean holdsNul(Message message) {
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            List<?> values = field.getValue() instanceof List<?> list ? list : List.of(field.getValue());
            for (Object value : values) {
                if ((value instanceof String text && text.indexOf('\0') >= 0)
                        || (value instanceof Message inner && holdsNul(inner))) {
                    return true;
                }
            }
        }
        return false;
    }
}
