package io.thespace.plugin.api;

/** Handles the calls of an endpoint: calls one use case and returns its result. */
@FunctionalInterface
public interface Handler<B> {

    /**
     * Answers one call.
     *
     * @return the answer's body as declared, or {@link Content} for what is not JSON; null for an answer without a body
     * @throws Rejection to refuse
     * @throws Exception for a defect: logged, and answered with the request id only
     */
    Object handle(Call<B> call) throws Exception;
}
