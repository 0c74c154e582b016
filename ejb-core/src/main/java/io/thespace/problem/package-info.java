/** Problem details (RFC 9457), shared by HTTP responses and the errors of workflows. */
package io.thespace.problem;
