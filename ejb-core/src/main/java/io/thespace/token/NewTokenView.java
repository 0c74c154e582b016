package io.thespace.token;

/**
 * A token that was just made.
 *
 * @param accessToken its text, which is told this once
 */
public record NewTokenView(TokenView token, String accessToken) {

    @Override
    public String toString() {
        return "NewTokenView[" + token.id() + "]";
    }
}
