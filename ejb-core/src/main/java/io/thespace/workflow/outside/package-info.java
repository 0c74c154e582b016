/**
 * Steps of workflows whose effect is outside of the platform: HTTP requests through the gateway's routes, and calls to
 * language models.
 *
 * <p>Invariants: the permissions and limits of a route or model for the user on whose behalf the run acts apply to a
 * step, too. The response is bounded in size and time.
 *
 * <p>Failures: such an effect is not rolled back with the step. A step that is repeated, after a failure or the loss of
 * its node, repeats the request with the same idempotency key.
 */
package io.thespace.workflow.outside;
