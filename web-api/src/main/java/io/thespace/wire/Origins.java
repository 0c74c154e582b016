package io.thespace.wire;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The browser origins that may call endpoints not protected by the same-origin policy (RFC 6454; RFC 6455, section
 * 10.2).
 */
public final class Origins {

    private static final Pattern LOOPBACK_ADDRESSES = Pattern.compile("127\\..*|::1|0:0:0:0:0:0:0:1");
    private static final Pattern LOOPBACK_HOSTS =
            Pattern.compile("(localhost|127\\.[0-9.]+|\\[::1\\])(:\\d+)?", Pattern.CASE_INSENSITIVE);

    private Origins() {}

    /**
     * Whether the origin is allowed: programs send none; a browser's page must be from this server, or from a
     * configured origin.
     */
    public static boolean allowed(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return origin == null || Configuration.get().get(Key.CORS_ORIGINS).contains(origin) || same(origin, request);
    }

    /**
     * As {@link #allowed}, also of a page whose own name was made to lead here (DNS rebinding): a browser on this machine then
     * names another host than this machine, which only a trusted proxy does otherwise.
     */
    public static boolean allowedHere(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return allowed(request)
                && (origin == null
                        || Configuration.get().get(Key.CORS_ORIGINS).contains(origin)
                        || proxied(request)
                        || leadsHere(request.getHeader("Host"), request.getLocalAddr()));
    }

    /** Whether a host's name may lead to an address: to a loopback address lead only the names that stand for one. */
    static boolean leadsHere(String host, String address) {
        return !LOOPBACK_ADDRESSES.matcher(address).matches()
                || LOOPBACK_HOSTS.matcher(host).matches();
    }

    private static boolean proxied(HttpServletRequest request) {
        return request.getHeader("X-Forwarded-For") != null
                && Configuration.get().get(Key.TRUSTED_PROXIES).contains(request.getRemoteAddr());
    }

    private static boolean same(String origin, HttpServletRequest request) {
        String host = request.getHeader("Host");
        try {
            URI page = URI.create(origin);
            return host != null
                    && page.getHost() != null
                    && authority(page, host).equals(host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The authority of a page, with its port exactly when {@code like} has one: a scheme's default port is optional.
     */
    private static String authority(URI page, String like) {
        int own = "https".equalsIgnoreCase(page.getScheme()) ? 443 : 80;
        int port = page.getPort() < 0 ? own : page.getPort();
        String host = page.getHost().toLowerCase(Locale.ROOT);
        return like.matches(".*:\\d+") || port != own ? host + ":" + port : host;
    }
}
