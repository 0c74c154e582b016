package io.thespace.event;

import java.util.List;

/** A capability that publishes events. Each bean of this type is asked by {@link EventTypes}. */
public interface EventPublisher {

    /** What it publishes now. */
    List<PublishedType> types();
}
