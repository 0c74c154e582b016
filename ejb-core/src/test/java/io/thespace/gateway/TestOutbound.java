package io.thespace.gateway;

import io.thespace.configuration.Network;
import io.thespace.identity.Sealing;
import io.thespace.limit.NoQuotas;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Requests to servers outside, on the loopback interface, for tests of other packages. */
public final class TestOutbound implements AutoCloseable {

    private final AddressRule rule = new AddressRule(List.of(Network.read("127.0.0.1/32")));
    private final Gateway gateway = new Gateway(
            null, rule, null, new Sealing(new byte[32]), NoQuotas.limits(), new NoQuotas(), new GenerationLog(), null);
    private final ScheduledExecutorService sweep = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> sweeping;

    public TestOutbound() {
        gateway.start(Executors.defaultThreadFactory());
        sweeping = sweep.scheduleWithFixedDelay(gateway::sweep, 20, 20, TimeUnit.MILLISECONDS);
    }

    /** The requests. */
    public OutboundRequests requests() {
        return new OutboundRequests(gateway, rule);
    }

    @Override
    public void close() {
        sweeping.cancel(false);
        sweep.shutdownNow();
        gateway.stop();
    }
}
