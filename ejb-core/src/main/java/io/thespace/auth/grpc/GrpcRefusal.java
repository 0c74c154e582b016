package io.thespace.auth.grpc;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.thespace.auth.AuthClient;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Rejection;

/** The one place where refusals become gRPC statuses. */
final class GrpcRefusal {

    private GrpcRefusal() {}

    static StatusRuntimeException of(Rejection rejection) {
        Metadata trailers = new Metadata();
        trailers.put(AuthClient.ERROR_CODE, rejection.code().name());
        return status(rejection.code().kind())
                .withDescription(rejection.getMessage())
                .asRuntimeException(trailers);
    }

    private static Status status(Kind kind) {
        return switch (kind) {
            case INVALID, NOT_ACCEPTABLE, TOO_LARGE, UNSUPPORTED_MEDIA_TYPE -> Status.INVALID_ARGUMENT;
            case UNAUTHENTICATED -> Status.UNAUTHENTICATED;
            case FORBIDDEN -> Status.PERMISSION_DENIED;
            case NOT_FOUND, GONE -> Status.NOT_FOUND;
            case METHOD_NOT_ALLOWED, NOT_CONFIGURED -> Status.UNIMPLEMENTED;
            case CONFLICT, CHANGED, MISMATCH -> Status.FAILED_PRECONDITION;
            case LIMITED -> Status.RESOURCE_EXHAUSTED;
            case UNAVAILABLE, UPSTREAM_FAILED -> Status.UNAVAILABLE;
            case UPSTREAM_LATE, TOO_SLOW -> Status.DEADLINE_EXCEEDED;
            case INTERNAL -> Status.INTERNAL;
        };
    }
}
