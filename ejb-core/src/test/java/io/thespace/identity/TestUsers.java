package io.thespace.identity;

import io.thespace.plugin.api.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The users of a {@link TestDatabase}, for tests of other capabilities; each call is a transaction. */
public final class TestUsers extends Users {

    private final TestDatabase database;

    public TestUsers(TestDatabase database) {
        this.database = database;
    }

    /** The entities that this needs, and some more. */
    public static Class<?>[] entities(Class<?>... more) {
        List<Class<?>> all = new ArrayList<>(List.of(more));
        all.addAll(List.of(User.class, Membership.class, Organization.class));
        return all.toArray(new Class<?>[0]);
    }

    @Override
    public Optional<CandidateView> candidate(Actor actor, String email) {
        return database.in(null, em -> TestIdentity.users(em).candidate(actor, email));
    }
}
