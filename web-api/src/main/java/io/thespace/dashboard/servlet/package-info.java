/** Serves the files of the dashboard. */
package io.thespace.dashboard.servlet;
