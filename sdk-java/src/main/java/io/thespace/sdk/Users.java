package io.thespace.sdk;

import java.util.UUID;

/** {@code /management/v1/users}. */
public final class Users {

    private static final String PATH = "/users";

    private final Transport transport;

    Users(Transport transport) {
        this.transport = transport;
    }

    /** Lists the users, the most recently created first. */
    public Listing<User> list() {
        return new Listing<>(transport, PATH, User.class);
    }

    /** Invites a person, who becomes a user by accepting. */
    public NewInvitation invite(UserOrder order) {
        return transport.postOnce(PATH, order, NewInvitation.class);
    }

    public User get(UUID id) {
        return transport.get(PATH + "/" + id, User.class);
    }

    public User change(UUID id, UserChange change) {
        return transport.patch(PATH + "/" + id, change, User.class);
    }

    /** Removes a user from the organization, with their sign-ins and tokens there. */
    public void remove(UUID id) {
        transport.delete(PATH + "/" + id, null);
    }
}
