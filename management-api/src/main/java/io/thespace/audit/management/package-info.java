/** {@link io.thespace.audit} for the management API: only adapters, which may fail with what they adapt. */
package io.thespace.audit.management;
