/** Workflows, their runs and tasks over HTTP. */
package io.thespace.workflow.rest;
