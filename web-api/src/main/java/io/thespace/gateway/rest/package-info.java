/**
 * The HTTP API of the gateway: its routes for administrators, and the declarations of the endpoints that {@code
 * GatewayServlet} forwards.
 */
package io.thespace.gateway.rest;
