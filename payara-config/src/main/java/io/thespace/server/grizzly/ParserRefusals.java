package io.thespace.server.grizzly;

import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpProbe;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.memory.Buffers;

/**
 * A filter between the connection and the parser, which answers messages that it cannot parse with a status and an
 * empty body and closes the connection: adds a body to that response. A probe of the parser reports its errors, and
 * each head that it has read.
 */
final class ParserRefusals extends BaseFilter {

    private static final Logger LOG = Logger.getLogger("io.thespace.server.Edge");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([45]\\d\\d) ");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length[ \\t]*:");
    private static final Pattern EMPTY_LENGTH = Pattern.compile("(?i)\\r\\nContent-Length: *0(?=\\r\\n)");

    /** The last fault of the parser. */
    private final Attribute<Fault> fault = Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("io.thespace.fault");

    /** The buffer that this thread is parsing. */
    private static final ThreadLocal<Buffer> PARSED = new ThreadLocal<>();

    private record Fault(String path, String requestId, boolean head) {}

    @Override
    public NextAction handleWrite(FilterChainContext ctx) {
        if (!(ctx.getMessage() instanceof Buffer buffer)) {
            return ctx.getInvokeAction();
        }
        Fault refused = fault.remove(ctx.getConnection());
        if (refused == null) {
            return ctx.getInvokeAction();
        }
        String head = buffer.toStringContent(StandardCharsets.ISO_8859_1);
        Matcher status = STATUS.matcher(head);
        if (status.lookingAt() && head.endsWith("\r\n\r\n")) {
            Refusal refusal = Refusal.byServer(Integer.parseInt(status.group(1)));
            ctx.setMessage(Buffers.wrap(null, response(head, refusal, refused)));
            buffer.tryDispose();
        }
        return ctx.getInvokeAction();
    }

    private static byte[] response(String head, Refusal refusal, Fault refused) {
        byte[] body = refusal.body(refused.path(), refused.requestId());
        StringBuilder response = new StringBuilder(EMPTY_LENGTH.matcher(head).replaceAll(""));
        response.setLength(response.length() - 2);
        refusal.headers(refused.path(), refused.requestId(), body.length)
                .forEach((name, value) ->
                        response.append(name).append(": ").append(value).append("\r\n"));
        response.append("\r\n");
        if (!refused.head()) {
            response.append(new String(body, StandardCharsets.ISO_8859_1));
        }
        return response.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** For the parser of the same filter chain. */
    HttpProbe probe() {
        return new HttpProbe.Adapter() {
            @Override
            @SuppressWarnings("rawtypes") // as it is declared
            public void onDataReceivedEvent(Connection connection, Buffer buffer) {
                PARSED.set(buffer);
            }

            /** Setting "chunked" removes Content-Length, which would hide that both were present. */
            @Override
            @SuppressWarnings("rawtypes") // as it is declared
            public void onHeaderParseEvent(Connection connection, HttpHeader header, int size) {
                Buffer buffer = PARSED.get();
                PARSED.remove();
                if (header.isChunked() && header instanceof HttpRequestPacket request && buffer != null) {
                    String head =
                            buffer.toStringContent(StandardCharsets.ISO_8859_1, 0, Math.min(size, buffer.limit()));
                    if (LENGTH.matcher(head).find()) {
                        request.setAttribute(RequestGate.LENGTH_DROPPED, true);
                    }
                }
            }

            @Override
            @SuppressWarnings("rawtypes") // as it is declared
            public void onErrorEvent(Connection connection, HttpPacket packet, Throwable error) {
                if (packet.getHttpHeader() instanceof HttpRequestPacket request
                        && !request.getResponse().isCommitted()) {
                    String id = Refusal.requestId(request.getHeader("X-Request-Id"));
                    boolean head = request.getMethodDC().equals("HEAD");
                    fault.set(connection, new Fault(RequestGate.path(request), id, head));
                    LOG.log(Level.INFO, "Request refused by the parser request_id={0} cause={1}", new Object[] {
                        id, error.getMessage()
                    });
                }
            }
        };
    }
}
