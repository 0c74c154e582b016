/** Health and readiness over HTTP. */
package io.thespace.monitoring.rest;
