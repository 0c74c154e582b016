/** The dashboard, notifications and preferences over HTTP. */
package io.thespace.dashboard.rest;
