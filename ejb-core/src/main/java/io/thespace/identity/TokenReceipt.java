package io.thespace.identity;

/**
 * What a client shows from now on.
 *
 * @param tokenType {@code Bearer}
 * @param expiresIn how many seconds the access token is good for
 * @param refreshToken good once, for the next receipt
 */
public record TokenReceipt(String accessToken, String tokenType, int expiresIn, String refreshToken) {

    @Override
    public String toString() {
        return "TokenReceipt[]";
    }
}
