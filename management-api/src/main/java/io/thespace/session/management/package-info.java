/** {@link io.thespace.session} for the management API: only adapters, which may fail with what they adapt. */
package io.thespace.session.management;
