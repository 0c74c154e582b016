package io.thespace.wire;

import jakarta.servlet.http.HttpServletRequest;

/** The requests whose bodies are streamed to an upstream: all that the gateway forwards, except its own endpoints. */
public final class Streamed {

    public static final String ROOT = "/api/v1/gateway";

    public static final String ECHO = ROOT + "/echo";

    public static final String GENERATE = ROOT + "/llm/generate";

    private Streamed() {}

    /** By the path as it was sent, which is what the gateway decides by. */
    static boolean is(HttpServletRequest request) {
        String path = request.getRequestURI();
        return ROOT.equals(request.getServletPath()) && !path.equals(ECHO) && !path.equals(GENERATE);
    }
}
