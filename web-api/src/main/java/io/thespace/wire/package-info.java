/**
 * HTTP, once, for everything under {@code /api}: request ids, security headers, CORS, body limits, content negotiation,
 * tokens, and the error body, also for what the container refuses. {@code /services/{plugin}} is {@code
 * /api/plugins/{plugin}} by another name.
 *
 * <p>Invariants: every response carries {@code X-Request-Id}; every error is the family's JSON (or RFC 9457's) with that
 * id, and never a class name or a stack trace. A request whose body has not arrived holds no thread.
 */
package io.thespace.wire;
