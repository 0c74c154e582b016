/** What HTTP answers and the errors of workflows have in common: problem details (RFC 9457). */
package io.thespace.problem;
