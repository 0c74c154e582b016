/** Approval rules over HTTP. */
package io.thespace.approval.rest;
