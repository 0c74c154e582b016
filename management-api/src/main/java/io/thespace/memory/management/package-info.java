/** {@link io.thespace.memory} for the management API: only adapters, which may fail with what they adapt. */
package io.thespace.memory.management;
