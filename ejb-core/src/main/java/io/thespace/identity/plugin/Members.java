package io.thespace.identity.plugin;

import io.thespace.identity.Memberships;
import io.thespace.identity.PersonView;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Directory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The directory that plugins see: the members of the actor's own organization. */
@ApplicationScoped
public class Members implements Directory {

    @Inject
    Memberships memberships;

    @Override
    public Optional<Person> find(Actor actor, UUID userId) {
        return memberships.find(actor, userId).map(Members::person);
    }

    @Override
    public List<Person> administrators(Actor actor) {
        return memberships.administrators(actor).stream().map(Members::person).toList();
    }

    private static Person person(PersonView view) {
        return new Person(view.userId(), view.name());
    }
}
