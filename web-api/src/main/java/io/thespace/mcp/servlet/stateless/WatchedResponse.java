package io.thespace.mcp.servlet.stateless;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/** A response whose client may close the connection: on this wire that cancels the request. It shows when something is written. */
final class WatchedResponse extends HttpServletResponseWrapper {

    private final Runnable lost;

    /** @param lost may be called more than once */
    WatchedResponse(HttpServletResponse response, Runnable lost) {
        super(response);
        this.lost = lost;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        return new PrintWriter(super.getWriter()) {
            @Override
            public boolean checkError() {
                boolean failed = super.checkError();
                if (failed) {
                    lost.run();
                }
                return failed;
            }
        };
    }
}
