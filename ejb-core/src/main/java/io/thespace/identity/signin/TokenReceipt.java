package io.thespace.identity.signin;

/**
 * The tokens of a client.
 *
 * @param tokenType {@code Bearer}
 * @param expiresIn the lifetime of the access token in seconds
 * @param refreshToken valid for one use
 */
public record TokenReceipt(String accessToken, String tokenType, int expiresIn, String refreshToken) {

    /** For the documentation. */
    public static final TokenReceipt EXAMPLE = new TokenReceipt(
            "eyJhbGciOiJSUzI1NiIsImtpZCI6IjIwMjYwMSJ9.eyJpc3MiOiJ0aGUtc3BhY2UifQ.c2lnbmF0dXJl",
            "Bearer",
            900,
            "AZK9pQAAcACAAAAAAAAAAQ.2m0v6Vq3zY1cKfJw8uXhD5tRbN7aLsEoGiPyQxWkT4U");

    @Override
    public String toString() {
        return "TokenReceipt[]";
    }
}
