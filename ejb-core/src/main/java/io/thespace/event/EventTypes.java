package io.thespace.event;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;

/** The types of the events that the platform and the plugins of this node publish. */
@ApplicationScoped
public class EventTypes {

    @Inject
    @Any
    private Instance<EventPublisher> publishers;

    /** All of them, by source and name. */
    public List<PublishedType> all() {
        return publishers.stream()
                .flatMap(publisher -> publisher.types().stream())
                .sorted(Comparator.comparing(PublishedType::source)
                        .thenComparing(published -> published.type().name()))
                .toList();
    }
}
