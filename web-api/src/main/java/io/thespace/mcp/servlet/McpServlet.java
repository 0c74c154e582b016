package io.thespace.mcp.servlet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema;
import io.thespace.mcp.McpError;
import io.thespace.mcp.McpSessionView;
import io.thespace.mcp.federation.remote.Federation;
import io.thespace.mcp.servlet.message.JsonRpcErrors;
import io.thespace.mcp.servlet.message.JsonRpcMessage;
import io.thespace.mcp.servlet.message.Mapping;
import io.thespace.mcp.servlet.message.McpCall;
import io.thespace.mcp.servlet.message.VirtualAddress;
import io.thespace.mcp.servlet.session.ChangeStreams;
import io.thespace.mcp.servlet.session.EventStream;
import io.thespace.mcp.servlet.session.SessionWire;
import io.thespace.mcp.servlet.stateless.StatelessWire;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Rejection;
import io.thespace.wire.AllowedMethods;
import io.thespace.wire.BufferedRequest;
import io.thespace.wire.Callers;
import io.thespace.wire.Exchange;
import io.thespace.wire.JsonBody;
import io.thespace.wire.Origins;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * {@code /api/mcp}, and {@code /api/mcp/servers/…} for virtual servers: the Model Context Protocol over Streamable
 * HTTP. The wire of a request is determined by its headers, or else by its body.
 */
@WebServlet(
        urlPatterns = {McpServlet.PATH, VirtualAddress.PATH + "/*"},
        loadOnStartup = 1,
        asyncSupported = true)
public class McpServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    static final String PATH = "/api/mcp";

    private static final String SESSION = "Mcp-Session-Id";
    private static final String VERSION = "MCP-Protocol-Version";
    private static final String VERSION_CLAIM = "io.modelcontextprotocol/protocolVersion";
    private static final List<String> METHODS = List.of("GET", "POST", "DELETE");
    private static final String ALLOWED = "DELETE, GET, OPTIONS, POST";

    @Inject
    private transient Callers callers;

    @Inject
    private transient Federation federation;

    @Inject
    private transient SessionWire sessions;

    @Inject
    private transient ChangeStreams streams;

    @Inject
    private transient StatelessWire stateless;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Exchange exchange = Exchange.of(request, response);
        try {
            if (!served(request)) {
                response.setHeader("Allow", ALLOWED);
                if (request.getMethod().equals("OPTIONS")) {
                    response.setStatus(204);
                    return;
                }
                throw AllowedMethods.refusal(request.getMethod(), ALLOWED);
            }
            if (!Origins.allowedHere(request)) {
                throw new Rejection(
                        McpError.ORIGIN_REFUSED,
                        "Pages of this origin may not call the MCP server. An operator can allow it:"
                                + " SPACE_CORS_ORIGINS.");
            }
            Actor actor = callers.holder(exchange);
            String server = VirtualAddress.server(request);
            if (server != null) {
                federation.admit(actor, server);
            }
            switch (request.getMethod()) {
                case "GET" -> listen(new McpCall(exchange, actor), request, response);
                case "DELETE" -> close(actor, request, response);
                default -> post(new McpCall(exchange, actor), request, response);
            }
        } catch (Rejection refusal) {
            byte[] body = exchange.prepare(refusal);
            if (refusal.code().kind() == Kind.UNAUTHENTICATED) {
                response.setHeader(
                        "WWW-Authenticate",
                        "Bearer realm=\"the-space\", resource_metadata=\"%s\""
                                .formatted(ResourceMetadataServlet.address(request)));
            }
            response.getOutputStream().write(body);
        }
    }

    /** Without sessions there is one method; GET and DELETE are of the wire that has them. */
    private static boolean served(HttpServletRequest request) {
        String method = request.getMethod();
        return method.equals("POST") || (METHODS.contains(method) && request.getHeader(SESSION) != null);
    }

    private void listen(McpCall call, HttpServletRequest request, HttpServletResponse response) throws IOException {
        call.exchange().accepted().check("text/event-stream");
        streams.open(call, session(call.actor(), request), request, response);
    }

    private void close(Actor actor, HttpServletRequest request, HttpServletResponse response) {
        McpSessionView session = session(actor, request);
        sessions.close(actor, session);
        streams.close(session);
        response.setStatus(204);
    }

    private void post(McpCall call, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        call.exchange().accepted().check("application/json");
        byte[] body = JsonBody.read(request, request.getInputStream());
        JsonRpcMessage.Reading reading = JsonRpcMessage.read(body);
        if (reading.refusal() != null) {
            error(response, reading.id(), reading.refusal());
            return;
        }
        JsonRpcMessage message = reading.message();
        try {
            if (speaksStateless(request, message)) {
                stateless.answer(
                        call,
                        String.valueOf(message.method()),
                        new AtOwnPath(new BufferedRequest(request, body)),
                        response);
            } else if (message.isRequest() && message.method().equals(McpSchema.METHOD_INITIALIZE)) {
                initialize(call.actor(), message, response);
            } else {
                inSession(call, message, request, response);
            }
        } catch (Rejection refusal) {
            if (refusal.code().kind() != Kind.INVALID) {
                throw refusal;
            }
            error(response, message.id(), refusal);
        }
    }

    /** Selects the wire: by the header of the version, then that of a session, then the content of the body. */
    private static boolean speaksStateless(HttpServletRequest request, JsonRpcMessage message) {
        String version = request.getHeader(VERSION);
        if (version != null && !version.startsWith("2024-") && !version.startsWith("2025-")) {
            return true;
        }
        if (request.getHeader(SESSION) != null) {
            return false;
        }
        JsonNode meta = message.params().path("_meta");
        return (version == null && request.getHeader("Mcp-Method") != null) || meta.has(VERSION_CLAIM);
    }

    private void initialize(Actor actor, JsonRpcMessage message, HttpServletResponse response) throws IOException {
        SessionWire.Opened opened = sessions.initialize(actor, message);
        response.setHeader(SESSION, opened.id().toString());
        write(response, 200, McpSchema.JSONRPCResponse.result(message.id(), opened.result()));
    }

    private void inSession(
            McpCall call, JsonRpcMessage message, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getHeader(SESSION) == null) {
            throw new Rejection(
                    McpError.MESSAGE_INVALID,
                    "Send initialize first, and then the Mcp-Session-Id that came with its answer.");
        }
        McpSessionView session = session(call.actor(), request);
        String version = request.getHeader(VERSION);
        if (version != null && !version.equals(session.protocolVersion())) {
            throw new Rejection(
                    McpError.MESSAGE_INVALID,
                    "This session speaks %s; MCP-Protocol-Version says otherwise."
                            .formatted(session.protocolVersion()));
        }
        if (message.isRequest()) {
            answer(call, session, message, response);
        } else {
            sessions.accept(call.in(session, null), message);
            response.setStatus(202);
        }
    }

    private void answer(McpCall call, McpSessionView session, JsonRpcMessage message, HttpServletResponse response)
            throws IOException {
        EventStream stream = call.exchange().accepted().allows("text/event-stream") ? new EventStream(response) : null;
        Optional<McpSchema.JSONRPCMessage> answer = sessions.answer(call.in(session, stream), message);
        if (answer.isEmpty()) {
            new EventStream(response).begin();
        } else if (stream != null && stream.begun()) {
            stream.send(answer.get());
        } else {
            write(response, 200, answer.get());
        }
    }

    /** The caller's own session. */
    private McpSessionView session(Actor actor, HttpServletRequest request) {
        return sessions.find(actor, request.getHeader(SESSION))
                .orElseThrow(() -> new Rejection(
                        McpError.SESSION_UNKNOWN,
                        "You have no such session; it may have ended. Send initialize again."));
    }

    /** Without an id where none could be read, as MCP's schema has it. */
    private static void error(HttpServletResponse response, Object id, Rejection refusal) throws IOException {
        ObjectNode message = Mapping.MAPPER.createObjectNode().put("jsonrpc", "2.0");
        if (id != null) {
            message.putPOJO("id", id);
        }
        message.putObject("error").put("code", JsonRpcErrors.of(refusal)).put("message", refusal.getMessage());
        write(response, 400, message);
    }

    private static void write(HttpServletResponse response, int status, Object message) throws IOException {
        byte[] body = Mapping.INSTANCE.writeValueAsBytes(message);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** A request as the SDK's servlet takes it, whatever virtual server its address names. */
    private static final class AtOwnPath extends HttpServletRequestWrapper {

        AtOwnPath(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRequestURI() {
            return PATH;
        }
    }
}
