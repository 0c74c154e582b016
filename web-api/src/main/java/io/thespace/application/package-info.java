/** The Jakarta REST applications: which resources are served where, and by which providers. */
package io.thespace.application;
