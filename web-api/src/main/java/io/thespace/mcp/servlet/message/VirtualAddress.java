package io.thespace.mcp.servlet.message;

import jakarta.servlet.http.HttpServletRequest;

/** Addresses of virtual servers. */
public final class VirtualAddress {

    /** The path prefix of a virtual server's name. */
    public static final String PATH = "/api/mcp/servers";

    private VirtualAddress() {}

    /** The virtual server that a request's address names, whether there is one or not; null for the platform's own. */
    public static String server(HttpServletRequest request) {
        if (!PATH.equals(request.getServletPath())) {
            return null;
        }
        String rest = request.getPathInfo();
        return rest == null ? "" : rest.substring(1);
    }
}
