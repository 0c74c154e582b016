/**
 * The table of endpoints and the pipeline of every call, independent of its protocol: role, parameters, body,
 * validation, page, idempotency key, handler, answer.
 *
 * <p>Invariants: a handler runs only for a caller with the declared role and with a body that satisfies its
 * constraints, with the caller's tenant bound; an idempotency key's answer is stored in the transaction of its effect.
 * Every expected failure is a {@link io.thespace.plugin.api.Rejection}; any other exception is a defect.
 */
package io.thespace.endpoint;
