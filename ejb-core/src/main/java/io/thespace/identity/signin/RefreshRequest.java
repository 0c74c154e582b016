package io.thespace.identity.signin;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Request to refresh an access token. */
public record RefreshRequest(@NotBlank @Size(max = 200) String refreshToken) {

    /** For the documentation. */
    public static final RefreshRequest EXAMPLE = new RefreshRequest(TokenReceipt.EXAMPLE.refreshToken());

    @Override
    public String toString() {
        return "RefreshRequest[]";
    }
}
