/**
 * A plugin that misbehaves in every way that the platform has to stand. Each {@link io.thespace.failing.Failure} is an
 * endpoint, and may also happen in a phase of the plugin's life that {@code failing.properties} names.
 */
package io.thespace.failing;
