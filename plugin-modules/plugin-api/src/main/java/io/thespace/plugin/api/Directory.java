package io.thespace.plugin.api;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Looks people of the actor's own organization up. */
public interface Directory {

    /**
     * A member of the organization.
     *
     * @param name as shown to others
     */
    record Person(UUID userId, String name) {}

    Optional<Person> find(Actor actor, UUID userId);

    /** The members who administer the organization or the platform, by name; at most 1,000. */
    List<Person> administrators(Actor actor);
}
