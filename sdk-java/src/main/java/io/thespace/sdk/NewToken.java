package io.thespace.sdk;

/**
 * A token that was just made.
 *
 * @param accessToken its text, which is shown only once
 */
public record NewToken(Token token, String accessToken) {

    @Override
    public String toString() {
        return "NewToken[" + token.id() + "]";
    }
}
