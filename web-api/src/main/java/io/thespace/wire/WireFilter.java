package io.thespace.wire;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.endpoint.CallContext;
import io.thespace.endpoint.Failures;
import io.thespace.log.Log;
import io.thespace.metrics.Meters;
import io.thespace.request.RequestLog;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sets the headers of every response, answers CORS preflights, and turns failures that nothing else handled into the error body. */
@WebFilter(
        urlPatterns = "/*",
        asyncSupported = true,
        dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ASYNC})
public class WireFilter implements Filter {

    private static final Log LOG = Log.of(WireFilter.class);

    private static final String EXPOSED =
            "X-Request-Id, X-Session-Id, Retry-After, RateLimit, RateLimit-Policy, X-RateLimit-Limit, X-RateLimit-Remaining,"
                    + " X-RateLimit-Reset, Idempotency-Replayed, Location, ETag, Allow, Link, Content-Disposition,"
                    + " Mcp-Session-Id, WWW-Authenticate";

    @Inject
    private Meters meters;

    @Inject
    private RequestLog requests;

    @Inject
    private Handshake handshake;

    @Inject
    private WaitingBodies bodies;

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        Exchange exchange = Exchange.of(request, response);
        if (request.getDispatcherType() == DispatcherType.ASYNC
                && exchange.readAhead() != null
                && !exchange.readAhead().begin()) {
            return;
        }
        if (request.getAttribute(ReadAhead.REFUSED) != null) {
            request.startAsync().setTimeout(1);
            return;
        }
        Exchange.bind(exchange);
        Log.actor(exchange.anonymous());
        boolean waits = false;
        try {
            if (exchange.body() != null) {
                chain.doFilter(new BufferedRequest(request, exchange.body()), response);
                return;
            }
            exchange.writeHeaders();
            RequestHead.check(request, response);
            if (preflight(request, response)) {
                return;
            }
            JsonBody.checkMediaType(request);
            waits = bodies.readAhead(exchange, request, response);
            if (!waits) {
                chain.doFilter(Handshake.concerns(request) ? handshake.admit(exchange, request) : request, response);
            }
        } catch (IOException e) {
            // The caller disconnected, or sent its body too slowly: there is no client to respond to.
            LOG.info("The connection was lost", "cause", String.valueOf(e.getMessage()));
            throw e;
        } catch (RuntimeException | ServletException | LinkageError | VirtualMachineError e) {
            if (response.isCommitted()) {
                throw e;
            }
            response.resetBuffer();
            exchange.refuse(Failures.rejection(e));
        } finally {
            if (!waits && !exchange.handedOver()) {
                exchange.completed(meters, requests);
            }
            exchange.leave();
            CallContext.leave();
            Exchange.bind(null);
            Log.actor(null);
            if (waits) {
                exchange.readAhead().release();
            }
        }
    }

    /** Whether this was a CORS preflight, which is answered here (Fetch standard, section 3.2). */
    private static boolean preflight(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return false;
        }
        response.addHeader("Vary", "Origin");
        boolean allowed = Configuration.get().get(Key.CORS_ORIGINS).contains(origin);
        if (allowed) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Expose-Headers", EXPOSED);
        }
        String wanted = request.getHeader("Access-Control-Request-Method");
        if (!"OPTIONS".equals(request.getMethod()) || wanted == null) {
            return false;
        }
        if (allowed) {
            response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
            response.setHeader(
                    "Access-Control-Allow-Headers",
                    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID,"
                            + " MCP-Protocol-Version, Mcp-Method, Mcp-Name, Mcp-Session-Id, X-Request-Id, X-Session-Id");
            response.setHeader("Access-Control-Max-Age", "600");
        }
        response.setStatus(204);
        return true;
    }
}
