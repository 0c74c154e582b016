package io.thespace.event.relay;

import java.util.List;

/** A capability that has subscribers. Each bean of this type is queried by the {@link EventRelay}. */
public interface Subscribers {

    /** Returns the subscribers to which this node can deliver now. */
    List<Subscriber> subscribers();
}
