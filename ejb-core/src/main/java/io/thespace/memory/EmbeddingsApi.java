package io.thespace.memory;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The embeddings endpoint of an OpenAI-compatible server, below its base URL. Public for the servers' REST clients only. */
@Path("/embeddings")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface EmbeddingsApi {

    /** Texts to embed. */
    record Question(String model, List<String> input) {}

    /** The vectors, in any order. */
    record Answer(List<Vector> data) {}

    /**
     * A vector.
     *
     * @param index of its text in the question
     */
    record Vector(Integer index, List<Float> embedding) {}

    /**
     * Embeds texts.
     *
     * @param authorization null for no such header
     */
    @POST
    CompletionStage<Answer> embed(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, Question question);
}
