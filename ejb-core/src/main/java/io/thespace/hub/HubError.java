package io.thespace.hub;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How the hub refuses, in the order of the checks. */
public enum HubError implements ErrorCode {
    ORIGIN_REFUSED(Kind.FORBIDDEN, "The browser's page comes from an origin that is not allowed here."),
    NOT_A_WEBSOCKET(Kind.INVALID, "The request does not ask for a WebSocket."),
    NODE_FULL(Kind.UNAVAILABLE, "The node has as many WebSockets as it may have."),
    TOO_MANY_SOCKETS(Kind.LIMITED, "The caller has as many WebSockets as one may have."),
    INVALID_FRAME(Kind.INVALID, "The frame is not one that the hub knows."),
    TOO_MANY_MESSAGES(Kind.LIMITED, "The caller has sent as many messages as one may."),
    ANOTHER_SUBJECT(Kind.FORBIDDEN, "The new token stands for somebody else."),
    TOO_MANY_CHANNELS(Kind.LIMITED, "The WebSocket is in as many channels as one may be in."),
    CHANNEL_NOT_FOUND(Kind.NOT_FOUND, "There is no such channel in this organization."),
    NOT_AUTHORIZED(Kind.FORBIDDEN, "The caller may not use this channel, or there is none."),
    READ_ONLY(Kind.FORBIDDEN, "The caller may read this channel but not write to it."),
    CHANNEL_EXISTS(Kind.CONFLICT, "The organization has a channel with this id."),
    CHANNELS_FULL(Kind.CONFLICT, "The organization has as many channels as one may have."),
    USER_UNKNOWN(Kind.NOT_FOUND, "The user is no member of this organization."),
    MEMBER_NOT_FOUND(Kind.NOT_FOUND, "The user is no member of this channel.");

    private final Kind kind;
    private final String summary;

    HubError(Kind kind, String summary) {
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
        HubError[] value();
    }
}
