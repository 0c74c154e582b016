package io.thespace.gateway.forward;

import io.thespace.gateway.AddressRule;
import io.thespace.log.Log;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The resolved addresses of the upstreams' hosts. Names are resolved and checked ahead of requests, and connections are
 * made to exactly the checked addresses: a changed DNS record has no effect until it is checked again (DNS rebinding).
 * A host with any forbidden address is not used at all.
 */
public final class Addresses {

    private static final Log LOG = Log.of(Addresses.class);
    private static final long FRESH = Duration.ofSeconds(10).toNanos();
    private static final long STALE = Duration.ofMinutes(5).toNanos();
    /** The maximum wait for a new host, so that a route works as soon as its creation is confirmed. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AddressRule rule;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Set<String> asking = ConcurrentHashMap.newKeySet();

    /**
     * The resolution of a host.
     *
     * @param addresses empty when the host may not be used, or is not found
     */
    private record Known(List<InetAddress> addresses, long at) {}

    public Addresses(AddressRule rule) {
        this.rule = rule;
    }

    /**
     * Returns one of a host's addresses.
     *
     * @throws UnknownHostException when none is known, or none may be used
     */
    InetAddress of(String host) throws UnknownHostException {
        Known found = known.get(host);
        if (found == null || found.addresses().isEmpty()) {
            throw new UnknownHostException(host);
        }
        return found.addresses()
                .get(ThreadLocalRandom.current().nextInt(found.addresses().size()));
    }

    /**
     * Resolves new and expired hosts, and removes those no longer needed. Waits briefly for new ones. Waits a little
     * for what is new.
     */
    public void refresh(Collection<String> hosts, Executor executor) {
        known.keySet().retainAll(hosts);
        CompletableFuture<?>[] news = hosts.stream()
                .filter(host -> {
                    Known before = known.get(host);
                    return before == null || System.nanoTime() - before.at() > FRESH;
                })
                .filter(asking::add)
                .map(host -> {
                    CompletableFuture<Void> asked = ask(host, executor);
                    return known.containsKey(host) ? CompletableFuture.completedFuture(null) : asked;
                })
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(news).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            LOG.warning("A name of an upstream is not resolved yet", "cause", String.valueOf(e.getMessage()));
        }
    }

    private CompletableFuture<Void> ask(String host, Executor executor) {
        try {
            return CompletableFuture.runAsync(() -> resolve(host), executor);
        } catch (RejectedExecutionException e) {
            asking.remove(host);
            return CompletableFuture.failedFuture(e);
        }
    }

    private void resolve(String host) {
        try {
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            List<InetAddress> addresses = Arrays.asList(InetAddress.getAllByName(bare));
            List<InetAddress> refused =
                    addresses.stream().filter(one -> !rule.allows(one)).toList();
            if (!refused.isEmpty()) {
                LOG.warning(
                        "An upstream is not used: it " + AddressRule.REFUSED, "host", host, "address", refused.get(0));
            }
            known.put(host, new Known(refused.isEmpty() ? List.copyOf(addresses) : List.of(), System.nanoTime()));
        } catch (UnknownHostException e) {
            LOG.warning("The name of an upstream is not found", "host", host);
            known.compute(
                    host,
                    (name, before) -> before != null && System.nanoTime() - before.at() < STALE
                            ? before
                            : new Known(List.of(), System.nanoTime()));
        } finally {
            asking.remove(host);
        }
    }
}
