/** The product's own log lines: one event a line, with the request, the tenant and the subject, and no secret. */
package io.thespace.log;
