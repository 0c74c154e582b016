/**
 * What Payara's HTTP listeners need beyond their settings (ADR 0040): the requests that the server would answer by itself are
 * refused in the form of the product's APIs. Runs in the server and knows nothing but Grizzly; no class of the product's.
 */
package io.thespace.server.grizzly;
