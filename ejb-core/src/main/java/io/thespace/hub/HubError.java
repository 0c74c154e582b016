package io.thespace.hub;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of the hub, in the order of the checks. */
public enum HubError implements ErrorCode {
    ORIGIN_REFUSED(Kind.FORBIDDEN, "The Origin header names an origin that is not allowed."),
    NOT_A_WEBSOCKET(Kind.INVALID, "The request is not a WebSocket handshake."),
    NODE_FULL(Kind.UNAVAILABLE, "The node has the maximum number of open WebSockets."),
    TOO_MANY_SOCKETS(Kind.LIMITED, "The caller has the maximum number of open WebSockets."),
    INVALID_FRAME(Kind.INVALID, "The frame is malformed or of an unknown type."),
    TOO_MANY_MESSAGES(Kind.LIMITED, "The caller's message limit is used up."),
    ANOTHER_SUBJECT(Kind.FORBIDDEN, "The new token is for another user or organization."),
    TOO_MANY_CHANNELS(Kind.LIMITED, "The WebSocket has joined the maximum number of channels."),
    CHANNEL_NOT_FOUND(Kind.NOT_FOUND, "There is no such channel in this organization."),
    NOT_AUTHORIZED(Kind.FORBIDDEN, "The channel does not exist, or the caller may not use it."),
    READ_ONLY(Kind.FORBIDDEN, "The caller may read this channel but not write to it."),
    CHANNEL_EXISTS(Kind.CONFLICT, "The organization has a channel with this id."),
    CHANNELS_FULL(Kind.CONFLICT, "The organization has the maximum number of channels."),
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
