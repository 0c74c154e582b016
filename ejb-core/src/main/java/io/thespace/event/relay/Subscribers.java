package io.thespace.event.relay;

import java.util.List;

/** A capability that has subscribers. Each bean of this type is asked by the {@link EventRelay}. */
public interface Subscribers {

    /** Those that this node can deliver to now. */
    List<Subscriber> subscribers();
}
