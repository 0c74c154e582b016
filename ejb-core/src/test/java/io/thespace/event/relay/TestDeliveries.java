package io.thespace.event.relay;

import io.thespace.event.EventView;
import java.util.UUID;

/** Deliveries of events outside of the relay. */
public final class TestDeliveries {

    private TestDeliveries() {}

    /** A delivery whose position is nowhere kept. */
    public static Delivery of(UUID orgId, EventView event) {
        Deliveries deliveries = new Deliveries() {
            @Override
            void delivered(Lease lease, long position, UUID of) {
                // There is no subscriber.
            }
        };
        return new Delivery(deliveries, null, 0, orgId, event);
    }
}
