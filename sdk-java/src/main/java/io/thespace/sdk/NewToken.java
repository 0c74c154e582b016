package io.thespace.sdk;

/**
 * A token that was just made.
 *
 * @param accessToken its text, which is told this once
 */
public record NewToken(Token token, String accessToken) {

    @Override
    public String toString() {
        return "NewToken[" + token.id() + "]";
    }
}
