/** Invitations over HTTP. */
package io.thespace.invitation.rest;
