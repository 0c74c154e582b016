package io.thespace.gateway;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.configuration.Network;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The addresses that upstreams may have: public ones, and those in {@link Key#GATEWAY_NETWORKS}. Protects the
 * platform's own stores, its neighbours and cloud metadata services against server-side request forgery (SSRF). A route
 * cannot reach the platform's own stores, its neighbours, or a cloud's metadata by accident or by guile (SSRF).
 */
@ApplicationScoped
public class AddressRule {

    public static final String REFUSED =
            "has an address that is not public; %s can allow its network".formatted(Key.GATEWAY_NETWORKS.name());

    /** IANA's special-purpose registries (RFC 6890) and the metadata addresses that lie outside of them. */
    private static final List<Network> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "168.63.129.16/32", // Azure's
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(Network::read)
            .toList();

    /** All of IPv6 that is meant for the whole net; what lies outside is special in one way or another. */
    private static final Network GLOBAL = Network.read("2000::/3");

    private final List<Network> allowed;

    AddressRule() {
        this(Configuration.get().get(Key.GATEWAY_NETWORKS));
    }

    public AddressRule(List<Network> allowed) {
        this.allowed = allowed;
    }

    /** Whether the gateway may connect there. */
    public boolean allows(InetAddress address) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return true;
        }
        if (address instanceof Inet6Address && !GLOBAL.contains(address)) {
            return false;
        }
        return SPECIAL.stream().noneMatch(network -> network.contains(address));
    }

    /** Parses a host that is an IP address literal, without a DNS query; empty for a name. */
    static Optional<InetAddress> literal(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        // Whatever begins like a number resolvers may read as one, in forms such as 0x7f.1 or 2130706433.
        if (!bare.contains(":") && !bare.matches("[0-9.]+|0[xX][0-9a-fA-F.xX]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(bare));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
