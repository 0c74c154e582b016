/** Builds the dashboard's files; none of it is part of the archive. */
package io.thespace.dashboard.build;
