package io.thespace.token;

/**
 * A token that was just made.
 *
 * @param accessToken its text, which is shown only once
 */
public record NewTokenView(TokenView token, String accessToken) {

    /** For the documentation. */
    public static final NewTokenView EXAMPLE = new NewTokenView(TokenView.EXAMPLE, Tokens.EXAMPLE);

    @Override
    public String toString() {
        return "NewTokenView[" + token.id() + "]";
    }
}
