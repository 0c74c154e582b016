/** Showing and accepting invitations over HTTP, and the membership backend that this node is. */
package io.thespace.membership.rest;
