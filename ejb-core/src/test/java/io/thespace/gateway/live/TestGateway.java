package io.thespace.gateway.live;

import io.thespace.configuration.Network;
import io.thespace.gateway.AddressRule;
import io.thespace.gateway.generation.GenerationLog;
import io.thespace.identity.key.Sealing;
import io.thespace.limit.NoQuotas;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A running gateway to servers on the loopback interface, outside of a container. */
public final class TestGateway implements AutoCloseable {

    /** The addresses to which the gateway may connect. */
    public static final AddressRule LOOPBACK = new AddressRule(List.of(Network.read("127.0.0.1/32")));

    private final Gateway gateway;
    private final ScheduledExecutorService sweep = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> sweeping;

    public TestGateway(GenerationLog generations) {
        gateway = new Gateway(
                null, LOOPBACK, null, new Sealing(new byte[32]), NoQuotas.limits(), new NoQuotas(), generations, null);
        gateway.start(Executors.defaultThreadFactory());
        sweeping = sweep.scheduleWithFixedDelay(gateway::sweep, 20, 20, TimeUnit.MILLISECONDS);
    }

    public Gateway gateway() {
        return gateway;
    }

    @Override
    public void close() {
        sweeping.cancel(true);
        sweep.shutdownNow();
        gateway.stop();
    }
}
