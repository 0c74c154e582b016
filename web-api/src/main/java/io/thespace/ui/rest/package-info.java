/** The plugins' parts of the dashboard over HTTP. */
package io.thespace.ui.rest;
