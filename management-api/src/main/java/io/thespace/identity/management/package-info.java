/** {@link io.thespace.identity} for the management API: only adapters, which may fail with what they adapt. */
package io.thespace.identity.management;
