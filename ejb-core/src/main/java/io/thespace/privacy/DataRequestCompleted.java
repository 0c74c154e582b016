package io.thespace.privacy;

import io.thespace.plugin.api.EventType;
import java.util.UUID;

/** A data request is completed: type {@code data_request_completed}. It does not identify the person. */
record DataRequestCompleted(UUID requestId, String kind) {

    static final EventType TYPE = new EventType(
            "data_request_completed",
            "A data request is completed; the subject is the request.",
            DataRequestCompleted.class);
}
