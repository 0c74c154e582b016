/**
 * Steps of workflows whose effect is outside of the platform: HTTP requests by the gateway's routes, and questions to language
 * models.
 *
 * <p>Invariants: what a route or a model allows to the user for whom the run acts, and counts, holds for a step too. The answer is
 * bounded, and waited for within a limit.
 *
 * <p>May fail: such an effect is not rolled back with the step. A step that is done again, after a failure or the loss of its
 * node, asks again, with the same idempotency key.
 */
package io.thespace.workflow.outside;
