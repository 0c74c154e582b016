/**
 * Every setting of the product, typed and validated in one place: {@link io.thespace.configuration.Key}.
 *
 * <p>Settings come from system properties, then environment variables. A wrong value stops the start with a sentence that
 * names the key; docs/CONFIGURATION.md lists them all, and a test compares the two.
 */
package io.thespace.configuration;
