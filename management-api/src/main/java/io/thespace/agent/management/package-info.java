/** {@link io.thespace.agent} for the management API: only adapters, which may fail with what they adapt. */
package io.thespace.agent.management;
