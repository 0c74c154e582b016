/**
 * Dashboard modules of plugins: ES modules from their archives.
 *
 * <p>Invariants: only files below a plugin's {@code ui/}, and only of media types that a module needs, are served, and
 * only while the plugin is enabled; a file is never interpreted, and never allowed to act as a page of its own.
 */
package io.thespace.ui;
