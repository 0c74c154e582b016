/** {@link io.thespace.directive} for the management API: only adapters, which may fail with what they adapt. */
package io.thespace.directive.management;
