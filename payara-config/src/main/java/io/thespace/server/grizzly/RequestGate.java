package io.thespace.server.grizzly;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.DataChunk;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.memory.Buffers;

/**
 * A filter between the parsed request and the servlet container: rejects requests that the container would answer
 * without the application, and sets the error body of responses that the server sends while the application is not
 * available. Responses of the application are recognized by their request id. It passes data that servlets cannot
 * access to the application as request attributes.
 */
final class RequestGate extends BaseFilter {

    private static final Logger LOG = Logger.getLogger("io.thespace.server.Edge");

    /** An attribute: that Content-Length was dropped beside Transfer-Encoding; set by {@link ParserRefusals}. */
    static final String LENGTH_DROPPED = "io.thespace.lengthDropped";

    /**
     * An attribute: a {@link Runnable} that closes the connection, since servlets cannot. The application reads it by
     * this name.
     */
    private static final String CUT = "io.thespace.cut";

    /**
     * An attribute of a request with a chunked body: its {@link ChunkedBody}. The application reads it by this name.
     */
    private static final String BODY_LENGTH = "io.thespace.bodyLength";

    private static final String PASSED = "io.thespace.passed";
    private static final String ANSWERED = "io.thespace.answered";

    @Override
    public NextAction handleRead(FilterChainContext ctx) throws IOException {
        if (!(ctx.getMessage() instanceof HttpContent content)
                || !(content.getHttpHeader() instanceof HttpRequestPacket request)) {
            return ctx.getInvokeAction();
        }
        if (request.getAttribute(PASSED) != null) {
            received(request, content);
            return ctx.getInvokeAction();
        }
        if (request.getAttribute(ANSWERED) != null) {
            content.recycle();
            return ctx.getStopAction();
        }
        Refusal refusal = head(request).fault();
        if (refusal == null) {
            request.setAttribute(PASSED, true);
            Connection<?> connection = ctx.getConnection();
            request.setAttribute(CUT, (Runnable) connection::closeSilently);
            if (request.isChunked()) {
                request.setAttribute(BODY_LENGTH, new ChunkedBody());
                received(request, content);
            }
            return ctx.getInvokeAction();
        }
        request.setAttribute(ANSWERED, true);
        HttpResponsePacket response = request.getResponse();
        request.getProcessingState().setKeepAlive(false);
        Buffer body = prepare(refusal, request, response);
        log(refusal, response);
        ctx.write(HttpContent.builder(response).content(body).last(true).build());
        ctx.notifyDownstream(HttpServerFilter.RESPONSE_COMPLETE_EVENT);
        ctx.getConnection().closeSilently();
        content.recycle();
        // Not a stop action: the parser would continue with the rest of the same buffer.
        NextAction end = ctx.getSuspendAction();
        ctx.completeAndRecycle();
        return end;
    }

    @Override
    public NextAction handleWrite(FilterChainContext ctx) {
        if (!(ctx.getMessage() instanceof HttpPacket packet)
                || !(packet.getHttpHeader() instanceof HttpResponsePacket response)) {
            return ctx.getInvokeAction();
        }
        HttpRequestPacket request = response.getRequest();
        boolean last = packet instanceof HttpContent content && content.isLast();
        if (request.getAttribute(ANSWERED) != null) {
            // The rest of the server's response after its first part.
            ctx.setMessage(HttpContent.builder(response)
                    .content(Buffers.EMPTY_BUFFER)
                    .last(last)
                    .build());
        } else if (byServer(response)) {
            request.setAttribute(ANSWERED, true);
            Refusal refusal = Refusal.byServer(response.getStatus());
            Buffer body = prepare(refusal, request, response);
            ctx.setMessage(
                    HttpContent.builder(response).content(body).last(last).build());
        }
        return ctx.getInvokeAction();
    }

    /**
     * Treats requests to upgrade to protocols other than WebSocket as plain HTTP/1.1, as any server may (RFC 9110,
     * section 7.8). Grizzly ignores Content-Length and Transfer-Encoding when there is an Upgrade header, so that a
     * body would not end, and loses the body of a request that is upgraded to HTTP/2 if it arrives after the head. That
     * way of upgrading is deprecated (RFC 9113, section 3.1).
     */
    @Override
    public NextAction handleEvent(FilterChainContext ctx, FilterChainEvent event) {
        if (event instanceof HttpEvents.IncomingHttpUpgradeEvent upgrade
                && upgrade.getHttpHeader() instanceof HttpRequestPacket request
                && !opensSocket(request)) {
            request.getUpgradeDC().recycle();
            request.setIgnoreContentModifiers(false);
        }
        return ctx.getInvokeAction();
    }

    private static void received(HttpRequestPacket request, HttpContent content) {
        if (request.isChunked() && request.getAttribute(BODY_LENGTH) instanceof ChunkedBody body) {
            body.received(content);
        }
    }

    /** Returns the length of a chunked body in bytes; -1 until its last chunk is received. */
    private static final class ChunkedBody implements LongSupplier {

        private long bytes;
        private volatile long length = -1;

        private void received(HttpContent content) {
            bytes += content.getContent().remaining();
            if (content.isLast()) {
                length = bytes;
            }
        }

        @Override
        public long getAsLong() {
            return length;
        }
    }

    private static boolean opensSocket(HttpRequestPacket request) {
        return request.getUpgradeDC().equalsIgnoreCase("websocket")
                && request.getMethod() == Method.GET
                && !request.isChunked()
                && request.getContentLength() <= 0;
    }

    private static boolean byServer(HttpResponsePacket response) {
        return !response.isCommitted()
                && !response.isAcknowledgement()
                && !response.isUpgrade()
                && response.getHeader("X-Request-Id") == null;
    }

    private static RequestHead head(HttpRequestPacket request) {
        Protocol protocol = request.getProtocol();
        return new RequestHead(
                request.getMethod().getMethodString(),
                path(request),
                values(request, Header.Host),
                values(request, Header.TransferEncoding),
                request.getAttribute(LENGTH_DROPPED) != null
                        || request.getHeaders().contains(Header.ContentLength),
                protocol == Protocol.HTTP_1_1 || protocol == Protocol.HTTP_1_0);
    }

    private static List<String> values(HttpRequestPacket request, Header header) {
        List<String> values = new ArrayList<>(1);
        request.getHeaders().values(header).forEach(value -> values.add(value.strip()));
        return values;
    }

    /** Returns the path undecoded, each byte as one character; empty when the parser has not reached it. */
    static String path(HttpRequestPacket request) {
        DataChunk uri = request.getRequestURIRef().getRequestURIBC();
        return uri.isNull() ? "" : uri.toString(StandardCharsets.ISO_8859_1);
    }

    private static Buffer prepare(Refusal refusal, HttpRequestPacket request, HttpResponsePacket response) {
        String path = path(request);
        String id = Refusal.requestId(request.getHeader("X-Request-Id"));
        byte[] body = refusal.body(path, id);
        HttpStatus.getHttpStatus(refusal.status()).setValues(response);
        response.getHeaders().clear();
        response.setCharacterEncoding(null);
        response.setContentType("application/json");
        response.setChunked(false);
        response.setContentLength(body.length);
        refusal.headers(path, id, body.length).forEach((name, value) -> {
            if (!name.startsWith("Content-") || name.equals("Content-Security-Policy")) {
                response.setHeader(name, value);
            }
        });
        return request.isHeadRequest() ? Buffers.EMPTY_BUFFER : Buffers.wrap(null, body);
    }

    private static void log(Refusal refusal, HttpResponsePacket response) {
        LOG.log(Level.INFO, "Request refused by the listener status={0} request_id={1} cause={2}", new Object[] {
            refusal.status(), response.getHeader("X-Request-Id"), refusal.message()
        });
    }
}
