/** What the gateway offers over HTTP: its routes for administrators, and the declarations of what {@code GatewayServlet} carries. */
package io.thespace.gateway.rest;
