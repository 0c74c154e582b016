/** JTA transactions of callers that are not session beans, and the platform's own statements on their connections. */
package io.thespace.transaction;
