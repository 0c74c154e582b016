package io.thespace.webhook;

import java.util.List;
import java.util.UUID;

/**
 * Where the requests of a webhook go.
 *
 * @param secrets that each is signed with
 */
public record WebhookTarget(UUID id, String url, List<String> secrets) {

    public WebhookTarget {
        secrets = List.copyOf(secrets);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "WebhookTarget[" + id + "]";
    }
}
