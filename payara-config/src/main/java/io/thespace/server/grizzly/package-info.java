/**
 * Extensions of Payara's HTTP listeners (ADR 0040): requests that the server would answer by itself are rejected in the
 * error format of the product's APIs. Runs in the server and depends on Grizzly only, not on classes of the product.
 */
package io.thespace.server.grizzly;
