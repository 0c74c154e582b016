package io.thespace.configuration;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The reverse proxies that are trusted to name the address for which they forward a request, in any spelling of theirs. */
public record TrustedProxies(Set<InetAddress> addresses) {

    /** No host name matches it, so that reading an address never asks a name server. */
    private static final Pattern LITERAL =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}|(?=[^:]*:)[0-9a-fA-F:][0-9a-fA-F:.]*");

    public TrustedProxies {
        addresses = Set.copyOf(addresses);
    }

    /**
     * Reads addresses like {@code 10.0.0.7} and {@code ::1}.
     *
     * @throws IllegalArgumentException with the reason
     */
    static TrustedProxies read(List<String> texts) {
        Set<InetAddress> addresses = new HashSet<>();
        for (String text : texts) {
            addresses.add(literal(text)
                    .orElseThrow(() ->
                            new IllegalArgumentException("must name IP addresses like 10.0.0.7 or ::1, not " + text)));
        }
        return new TrustedProxies(addresses);
    }

    /** Whether an address is that of a trusted proxy. */
    public boolean contains(String address) {
        return !addresses.isEmpty()
                && literal(address).filter(addresses::contains).isPresent();
    }

    /**
     * The caller's address: the last one that a trusted proxy named and that is none of theirs.
     *
     * @param peer the other end of the connection
     * @param forwarded the request's {@code X-Forwarded-For}, line by line: together they are one list (RFC 9110, section 5.3)
     */
    public String caller(String peer, List<String> forwarded) {
        if (!contains(peer)) {
            return peer;
        }
        String[] hops = String.join(",", forwarded).split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            String hop = hops[i].strip();
            if (!hop.isEmpty() && !contains(hop)) {
                return hop;
            }
        }
        return peer;
    }

    private static Optional<InetAddress> literal(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        if (!LITERAL.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
