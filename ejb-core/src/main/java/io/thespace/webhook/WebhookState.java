package io.thespace.webhook;

import java.util.Locale;

/** The state of a webhook. */
enum WebhookState {
    /** Its last attempt was successful, or there was none. */
    ACTIVE,
    /** Its last attempt failed. */
    FAILING,
    /** The platform stopped the deliveries. */
    PAUSED,
    /** An administrator stopped the deliveries. */
    DISABLED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
