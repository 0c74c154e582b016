/**
 * The API's documentation: an OpenAPI 3.1 document at {@code /api/openapi} and Swagger UI at {@code /api/docs}.
 *
 * <p>Invariants: the document is derived from the live {@link io.thespace.endpoint.Routes} and from nothing else, so it
 * lists every endpoint that answers and no other; its schemas name members as {@link io.thespace.json.Json} writes them;
 * every example in it satisfies its schema. Everything the page needs lies in the archive. No class of a plugin is held
 * after a document is made, so that a plugin's class loader can go.
 *
 * <p>What may fail: making the document, when an endpoint declares a type or an example that JSON cannot express. That is
 * a defect of the endpoint's author, and the call of {@code /api/openapi} fails with it.
 */
package io.thespace.openapi;
