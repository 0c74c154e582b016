package io.thespace.wire;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.LongSupplier;

/**
 * Functions of the listeners of Payara Server and Micro for a request, through the attributes that {@code
 * io.thespace.server.grizzly.RequestGate} sets. Other servers need neither (ADR 0035, 0040).
 */
public final class PayaraListener {

    private PayaraListener() {}

    /**
     * Returns the length of a request's body in bytes; -1 while it is not known. Must be called on the request's own
     * thread. To be asked for on the request's own thread.
     */
    public static LongSupplier bodyLength(HttpServletRequest request) {
        if (request.getHeader("Transfer-Encoding") == null) {
            long declared = Math.max(0, request.getContentLengthLong());
            return () -> declared;
        }
        return request.getAttribute("io.thespace.bodyLength") instanceof LongSupplier received ? received : () -> -1;
    }

    /**
     * Returns an operation that closes a request's connection at once, whatever was written of the response; null where
     * the server does not support it. Must be called on the request's own thread. To be asked for on the request's own
     * thread.
     */
    public static Runnable cut(ServletRequest request) {
        return request.getAttribute("io.thespace.cut") instanceof Runnable cut ? cut : null;
    }
}
