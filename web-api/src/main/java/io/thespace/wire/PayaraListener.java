package io.thespace.wire;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.LongSupplier;

/**
 * What the listeners of Payara Server and Micro tell of a request and do for it, by the attributes that
 * {@code io.thespace.server.grizzly.RequestGate} sets. Other servers need neither (ADR 0035, 0040).
 */
public final class PayaraListener {

    private PayaraListener() {}

    /** How many bytes a request's body has; -1 while only its end will tell. To be asked for on the request's own thread. */
    public static LongSupplier bodyLength(HttpServletRequest request) {
        if (request.getHeader("Transfer-Encoding") == null) {
            long declared = Math.max(0, request.getContentLengthLong());
            return () -> declared;
        }
        return request.getAttribute("io.thespace.bodyLength") instanceof LongSupplier received ? received : () -> -1;
    }

    /**
     * What closes a request's connection at once, whatever of the response was written; null where the server has nothing of the
     * kind. To be asked for on the request's own thread.
     */
    public static Runnable cut(ServletRequest request) {
        return request.getAttribute("io.thespace.cut") instanceof Runnable cut ? cut : null;
    }
}
