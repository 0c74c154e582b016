package io.thespace.webhook;

/**
 * A webhook with a secret that was just set.
 *
 * @param secret the signing secret; returned only here
 */
public record WebhookSecretView(WebhookView webhook, String secret) {

    /** For the documentation. */
    public static final WebhookSecretView EXAMPLE =
            new WebhookSecretView(WebhookView.EXAMPLE, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    /** Without the secret. */
    @Override
    public String toString() {
        return "WebhookSecretView[" + webhook.id() + "]";
    }
}
