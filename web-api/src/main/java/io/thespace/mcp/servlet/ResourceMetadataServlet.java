package io.thespace.mcp.servlet;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.json.Json;
import io.thespace.wire.AllowedMethods;
import io.thespace.wire.PublicAddress;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Publishes the authorization servers of the MCP server (RFC 9728, OAuth 2.0 Protected Resource Metadata). */
@WebServlet(
        urlPatterns = {ResourceMetadataServlet.PATH, ResourceMetadataServlet.PATH + McpServlet.PATH},
        asyncSupported = true)
public class ResourceMetadataServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    static final String PATH = "/.well-known/oauth-protected-resource";

    /** The document's own address, for {@code WWW-Authenticate} (RFC 9728, section 5.1). */
    static String address(HttpServletRequest request) {
        return PublicAddress.of(request) + PATH + McpServlet.PATH;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!AllowedMethods.reads(request, response)) {
            return;
        }
        byte[] body = Json.MAPPER.writeValueAsBytes(metadata(PublicAddress.of(request)));
        response.setContentType("application/json");
        response.setContentLength(body.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(body);
        }
    }

    private static Map<String, Object> metadata(String address) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("resource", address + McpServlet.PATH);
        metadata.put("resource_name", "The Space");
        Optional.ofNullable(Configuration.get().get(Key.EXTERNAL_ISSUER))
                .ifPresent(issuer -> metadata.put("authorization_servers", List.of(issuer)));
        metadata.put("bearer_methods_supported", List.of("header"));
        metadata.put("resource_documentation", address + "/api/docs");
        return metadata;
    }
}
