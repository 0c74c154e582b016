package io.thespace.identity.signin;

import io.thespace.identity.access.Grant;

/**
 * What became of a refresh token that a client presented.
 *
 * @param grant the next access token's content; null unless renewed
 * @param successor the refresh token that the client got before, sealed; null when it gets a new one
 */
public record Renewal(Outcome outcome, Grant grant, String successor) {

    /** What became of it. */
    public enum Outcome {
        /** It is used up, now or moments ago by the same client, and the next one is good. */
        RENEWED,
        /** This token was never issued. */
        UNKNOWN,
        /** It expired, or its sign-in ended, or its user may no longer sign in. */
        ENDED,
        /** It had been used before; its sign-in has therefore been revoked, with all its tokens. */
        REUSED
    }

    static Renewal refused(Outcome outcome) {
        return new Renewal(outcome, null, null);
    }
}
