package io.thespace.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A wire of the Model Context Protocol, and how a tool is called on it. */
enum McpWire {
    /** The revision 2025-11-25. */
    SESSION,
    /** The revision 2026-07-28. */
    STATELESS;

    private static final String VERSION = "2025-11-25";
    private static final String STATELESS_VERSION = "2026-07-28";

    private static final String INITIALIZE =
            """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"%s","capabilities":{},\
            "clientInfo":{"name":"benchmark","version":"1"}}}"""
                    .formatted(VERSION);

    private static final String CALL =
            """
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"%s","arguments":{}%s}}""";

    private static final String META =
            """
            ,"_meta":{"io.modelcontextprotocol/protocolVersion":"%s","io.modelcontextprotocol/clientInfo":\
            {"name":"benchmark","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}"""
                    .formatted(STATELESS_VERSION);

    /**
     * The bytes of a request that calls a tool; on the wire with sessions in a session that this opens.
     *
     * @param token of the caller; null for none
     */
    byte[] call(URI server, String path, String tool, String token) throws IOException, InterruptedException {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n");
        if (token != null) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        String body;
        if (this == SESSION) {
            head.append("MCP-Protocol-Version: ").append(VERSION).append("\r\n");
            head.append("Mcp-Session-Id: ").append(session(server, path, token)).append("\r\n");
            body = CALL.formatted(tool, "");
        } else {
            head.append("MCP-Protocol-Version: ").append(STATELESS_VERSION).append("\r\n");
            head.append("Mcp-Method: tools/call\r\nMcp-Name: ").append(tool).append("\r\n");
            body = CALL.formatted(tool, META);
        }
        head.append("Content-Length: ").append(body.length()).append("\r\n\r\n");
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    private static String session(URI server, String path, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(INITIALIZE));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
        return response.headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow(() -> new IOException("No session: " + response.statusCode() + " " + response.body()));
    }
}
