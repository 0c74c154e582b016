package io.thespace.identity.signin;

import io.thespace.identity.access.Grant;

/**
 * The result of presenting a refresh token.
 *
 * @param grant the next access token's content; null unless renewed
 * @param successor the refresh token that was issued before, sealed; null when a new one is issued
 */
public record Renewal(Outcome outcome, Grant grant, String successor) {

    /** The outcome. */
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
