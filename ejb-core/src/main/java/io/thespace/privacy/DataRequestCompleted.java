package io.thespace.privacy;

import java.util.UUID;

/** A data request is completed: type {@code data_request_completed}. It does not say whom it was about. */
record DataRequestCompleted(UUID requestId, String kind) {

    static final String TYPE = "data_request_completed";
}
