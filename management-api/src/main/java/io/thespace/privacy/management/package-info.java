/** {@link io.thespace.privacy} for the management API: only adapters, which may fail with what they adapt. */
package io.thespace.privacy.management;
