package io.thespace.dashboard.servlet;

import io.thespace.configuration.Configuration;
import io.thespace.wire.AllowedMethods;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves the dashboard: its page at {@code /}, and the files that the page loads below {@code /assets}. Pages within it are
 * in the URL's fragment, so no other path is taken from the APIs (ADR 0056).
 */
@WebServlet(
        urlPatterns = {"", "/assets/*"},
        asyncSupported = true)
public class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String PAGE = "/index.html";
    private static final String ASSETS = "/assets/";

    private final String policy = PagePolicy.of(Configuration.get());

    /** The archive's files only, so they are bounded. */
    private final transient Map<String, PageFile> files = new ConcurrentHashMap<>();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!AllowedMethods.reads(request, response)) {
            return;
        }
        PageFile file = file(request);
        if (file == null) {
            response.sendError(404);
        } else {
            write(file, request, response);
        }
    }

    private PageFile file(HttpServletRequest request) throws IOException {
        if (!request.getServletPath().equals("/assets")) {
            return read(PAGE);
        }
        String name = request.getPathInfo() == null ? "" : request.getPathInfo().substring(1);
        return PageFile.isName(name) ? read(ASSETS + name) : null;
    }

    private PageFile read(String path) throws IOException {
        PageFile known = files.get(path);
        if (known != null) {
            return known;
        }
        try (InputStream in = getServletContext().getResourceAsStream(path)) {
            if (in == null) {
                return null;
            }
            PageFile file = PageFile.of(path.substring(path.lastIndexOf('/') + 1), in.readAllBytes());
            files.put(path, file);
            return file;
        }
    }

    private void write(PageFile file, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("Cache-Control", file.cacheControl());
        response.setHeader("ETag", file.tag());
        response.addHeader("Vary", "Accept-Encoding");
        if (file.isKnown(request.getHeader("If-None-Match"))) {
            response.setStatus(304);
            return;
        }
        byte[] body = file.bytes();
        if (PageFile.takesGzip(request.getHeader("Accept-Encoding"))) {
            response.setHeader("Content-Encoding", "gzip");
            body = file.zipped();
        }
        response.setContentType(file.mediaType());
        response.setContentLength(body.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(body);
        }
    }
}
