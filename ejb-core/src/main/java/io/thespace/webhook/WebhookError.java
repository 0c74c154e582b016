package io.thespace.webhook;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of webhooks, in the order of the checks. */
public enum WebhookError implements ErrorCode {
    INVALID_WEBHOOK(Kind.INVALID, "A member of the webhook cannot be used."),
    WEBHOOK_NOT_FOUND(Kind.NOT_FOUND, "There is no such webhook in this organization."),
    TOO_MANY_WEBHOOKS(Kind.CONFLICT, "The organization has the maximum number of webhooks."),
    WEBHOOK_DISABLED(Kind.CONFLICT, "The webhook is disabled or paused."),
    DELIVERY_NOT_FOUND(Kind.NOT_FOUND, "There is no such delivery of the webhook."),
    EVENT_NOT_KEPT(Kind.CONFLICT, "The delivery's event cannot be delivered again."),
    TESTS_UNDER_WAY(Kind.LIMITED, "The maximum number of webhook tests is running."),
    SECRET_SEALED(Kind.UNAVAILABLE, "The webhook's secret cannot be encrypted or decrypted on this node.");

    private final Kind kind;
    private final String summary;

    WebhookError(Kind kind, String summary) {
        this.kind = kind;
        this.summary = summary;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String summary() {
        return summary;
    }

    /** Refusals of an endpoint. */
    @Refusals
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Refuses {
        WebhookError[] value();
    }
}
