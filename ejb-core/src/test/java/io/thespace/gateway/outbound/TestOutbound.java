package io.thespace.gateway.outbound;

import io.thespace.gateway.AddressRule;
import io.thespace.gateway.generation.GenerationLog;
import io.thespace.gateway.live.TestGateway;

/** Requests to servers outside, on the loopback interface, for tests of other packages. */
public final class TestOutbound implements AutoCloseable {

    private final TestGateway gateway = new TestGateway(new GenerationLog());

    /** The requests. */
    public OutboundRequests requests() {
        return requests(TestGateway.LOOPBACK);
    }

    OutboundRequests requests(AddressRule rule) {
        return new OutboundRequests(gateway.gateway(), rule);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
