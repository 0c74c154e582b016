/**
 * The plugin API (SPI) that plugins compile against, and the only part of the platform that is visible to them.
 *
 * <p>A {@link Plugin} declares its {@link Endpoint}s as data. The platform derives everything else from the declaration:
 * routing under {@code /api/plugins/{id}}, authentication and roles, decoding and validation, idempotency keys, cursor
 * pages, error bodies, the OpenAPI operation and discovery. A handler therefore sees only calls that are well-formed and
 * allowed, as an {@link Actor} and a typed body.
 *
 * <p>Invariants: nothing here depends on HTTP, on a server or on the platform's own classes; every type is immutable; a
 * handler refuses by throwing {@link Rejection} before it changes anything.
 */
package io.thespace.plugin.api;
