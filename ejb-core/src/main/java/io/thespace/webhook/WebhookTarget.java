package io.thespace.webhook;

import java.util.List;
import java.util.UUID;

/**
 * The target of a webhook's requests.
 *
 * @param secrets with which each request is signed
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
