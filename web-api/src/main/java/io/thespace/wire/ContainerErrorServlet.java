package io.thespace.wire;

import io.thespace.endpoint.Family;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers for the container: what it refuses by itself, and every path that nothing else serves. */
@WebServlet(
        urlPatterns = {"/container-error", "/"},
        asyncSupported = true)
public class ContainerErrorServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String RETRY_AFTER_SECONDS = "5";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Integer status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int code = status == null ? 404 : status;
        String refused = (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        if (code == 400 && refused != null && !PathSegments.isUtf8(refused)) {
            // RESTEasy refuses such a path; Jersey finds no resource at it.
            code = 404;
        }
        Exchange exchange = Exchange.of(request, response);
        exchange.writeHeaders();
        if (status == null && isServedByAnother(request.getServletPath())) {
            // Payara lets requests in while it still maps the servlets of an application that starts.
            code = 503;
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        exchange.refuse(code, message(code, exchange.family()));
    }

    /** Whether a path belongs to another servlet, so that it is handled here only until that one is mapped. */
    private boolean isServedByAnother(String path) {
        return getServletContext().getServletRegistrations().values().stream()
                .flatMap(servlet -> servlet.getMappings().stream())
                .anyMatch(mapping -> mapping.length() > 2
                        && mapping.endsWith("/*")
                        && path.startsWith(mapping.substring(0, mapping.length() - 1)));
    }

    private static String message(int status, Family family) {
        return switch (status) {
            case 400 -> "The request is malformed.";
            case 403 -> "This is not allowed.";
            case 404 ->
                "There is nothing at this path. GET %s/openapi lists the endpoints there are."
                        .formatted(family.prefix());
            case 405, 501 -> "This method is not allowed here.";
            case 413 -> "The body is too large.";
            case 414 -> "The URL is too long.";
            case 431 -> "The headers are too large.";
            case 503 -> "The platform cannot serve at the moment; try again.";
            default -> status < 500 ? "The request cannot be served." : "Something went wrong on our side.";
        };
    }
}
