/** {@link io.thespace.analytics} for the management API: only adapters, which may fail with what they adapt. */
package io.thespace.analytics.management;
