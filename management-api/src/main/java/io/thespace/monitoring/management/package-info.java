/** {@link io.thespace.monitoring} for the management API: only adapters, which may fail with what they adapt. */
package io.thespace.monitoring.management;
