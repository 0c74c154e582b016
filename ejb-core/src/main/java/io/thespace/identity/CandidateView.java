package io.thespace.identity;

import java.util.UUID;

/**
 * A user whose password has to be verified.
 *
 * @param passwordHash a PHC string
 * @param synthetic whether this is a simulated user
 */
public record CandidateView(
        UUID userId, String email, String passwordHash, boolean platformAdmin, String status, boolean synthetic) {

    /** Whether they may sign in anywhere. */
    public boolean active() {
        return User.ACTIVE.equals(status);
    }

    @Override
    public String toString() {
        return "CandidateView[" + userId + "]";
    }
}
