/** The dashboard's pages as a user of a browser sees them. */
package io.thespace.system.browser;
