package io.thespace.identity;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The memberships of a {@link TestDatabase}, for tests of other capabilities; each call is a transaction. */
public final class TestMemberships extends Memberships {

    private final TestDatabase database;

    public TestMemberships(TestDatabase database) {
        this.database = database;
    }

    @Override
    public void checkInvitable(Actor actor, MemberOrder order) {
        database.in(actor.orgId(), em -> {
            TestIdentity.memberships(em).checkInvitable(actor, order);
            return null;
        });
    }

    /** The ids of the newest organizations. */
    public List<UUID> organizations(Actor actor, int most) {
        return database.in(
                actor.orgId(),
                em ->
                        TestIdentity.organizations(em)
                                .list(actor, new PageRequest(most, Optional.empty()))
                                .items()
                                .stream()
                                .map(OrganizationView::id)
                                .toList());
    }
}
