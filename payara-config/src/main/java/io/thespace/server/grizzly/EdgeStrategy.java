package io.thespace.server.grizzly;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.IOStrategy;
import org.glassfish.grizzly.Processor;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;

/**
 * The stock I/O strategy of Payara's listeners, which puts {@link ParserRefusals} and {@link RequestGate} into a
 * listener's filter chain at its first event. The setting {@code io-strategy} of a transport accepts a custom class;
 * Payara has no setting for filters of an HTTP listener.
 */
@SuppressWarnings("rawtypes") // as IOStrategy declares them
public final class EdgeStrategy implements IOStrategy {

    private static final EdgeStrategy INSTANCE = new EdgeStrategy();

    /** The listener of the admin console, which has its own protocol. */
    private static final String ADMIN = "admin-listener";

    private final IOStrategy stock = WorkerThreadIOStrategy.getInstance();

    private EdgeStrategy() {}

    /** Called by Grizzly. */
    public static EdgeStrategy getInstance() {
        return INSTANCE;
    }

    @Override
    public boolean executeIoEvent(Connection connection, IOEvent event) throws IOException {
        guard(connection);
        return stock.executeIoEvent(connection, event);
    }

    @Override
    public boolean executeIoEvent(Connection connection, IOEvent event, boolean enabled) throws IOException {
        guard(connection);
        return stock.executeIoEvent(connection, event, enabled);
    }

    @Override
    public Executor getThreadPoolFor(Connection connection, IOEvent event) {
        return stock.getThreadPoolFor(connection, event);
    }

    @Override
    public ThreadPoolConfig createDefaultWorkerPoolConfig(Transport transport) {
        return stock.createDefaultWorkerPoolConfig(transport);
    }

    private static void guard(Connection connection) {
        Transport transport = connection.getTransport();
        if (!guarded(transport.getProcessor())) {
            install(transport);
        }
        // A listening socket keeps the chain of its start, and gives it to the connections that it accepts.
        if (guarded(transport.getProcessor())
                && connection.getProcessor() instanceof FilterChain
                && !guarded(connection.getProcessor())) {
            connection.setProcessor(transport.getProcessor());
        }
    }

    private static boolean guarded(Processor processor) {
        return processor instanceof FilterChain chain && chain.size() > 1 && chain.get(1) instanceof ParserRefusals;
    }

    private static synchronized void install(Transport transport) {
        if (!(transport.getProcessor() instanceof FilterChain chain)
                || guarded(chain)
                || transport.getKernelThreadPoolConfig().getPoolName().startsWith(ADMIN)) {
            return;
        }
        ParserRefusals refusals = new ParserRefusals();
        FilterChainBuilder guarded = FilterChainBuilder.stateless();
        for (Filter filter : chain) {
            if (filter instanceof org.glassfish.grizzly.http.server.HttpServerFilter) {
                guarded.add(new RequestGate());
            }
            guarded.add(filter);
            if (filter == chain.get(0)) {
                guarded.add(refusals);
            }
            if (filter instanceof HttpServerFilter parser) {
                parser.getMonitoringConfig().addProbes(refusals.probe());
            }
        }
        transport.setProcessor(guarded.build());
    }
}
