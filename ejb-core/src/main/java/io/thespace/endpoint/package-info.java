/**
 * The table of endpoints and the one way a call takes through it, whatever protocol it came by: role, parameters, body,
 * validation, page, idempotency key, handler, answer.
 *
 * <p>Invariants: a handler runs only for a caller with the declared role and with a body that satisfies its constraints,
 * with the caller's tenant bound; an idempotency key's answer is stored in the transaction of its effect. Everything that
 * may fail arrives as a {@link io.thespace.plugin.api.Rejection}; any other exception is a defect.
 */
package io.thespace.endpoint;
