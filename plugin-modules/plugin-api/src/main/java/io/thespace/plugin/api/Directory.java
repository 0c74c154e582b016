package io.thespace.plugin.api;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The members of the actor's organization. Needs the permission {@code directory:read}. */
public interface Directory {

    /**
     * A member of the organization.
     *
     * @param name as shown to others
     */
    record Person(UUID userId, String name) {}

    Optional<Person> find(Actor actor, UUID userId);

    /** Returns the members who administer the organization or the platform, by name; at most 1,000. */
    List<Person> administrators(Actor actor);
}
