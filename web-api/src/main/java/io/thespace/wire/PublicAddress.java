package io.thespace.wire;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** The public base URL of this server, without a path. */
public final class PublicAddress {

    private PublicAddress() {}

    /** As the request was sent; with the scheme of {@code X-Forwarded-Proto} when a trusted proxy wrote it. */
    public static String of(HttpServletRequest request) {
        String scheme = request.getScheme();
        String forwarded = request.getHeader("X-Forwarded-Proto");
        if (forwarded != null && Configuration.get().get(Key.TRUSTED_PROXIES).contains(request.getRemoteAddr())) {
            scheme = forwarded.strip().toLowerCase(Locale.ROOT).equals("https") ? "https" : "http";
        }
        String host = request.getHeader("Host");
        return scheme + "://"
                + (host != null && host.matches("[A-Za-z0-9._:\\[\\]-]{1,255}") ? host : request.getServerName());
    }
}
