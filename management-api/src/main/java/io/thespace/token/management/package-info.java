/** {@link io.thespace.token} for the management API: only adapters, which may fail with what they adapt. */
package io.thespace.token.management;
