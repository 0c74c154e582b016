package io.thespace.event;

import java.util.List;

/** A capability that publishes events. Each bean of this type is queried by {@link EventTypes}. */
public interface EventPublisher {

    /** Returns the types that it publishes now. */
    List<PublishedType> types();
}
