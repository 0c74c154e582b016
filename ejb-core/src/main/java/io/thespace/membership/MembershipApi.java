package io.thespace.membership;

import io.thespace.invitation.ValidationRequest;
import io.thespace.invitation.ValidationView;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** The membership backend's API, below its URL. Public for the servers' REST clients only. */
@Path(MembershipApi.VALIDATE)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface MembershipApi {

    /** The path of {@link #validate}. */
    String VALIDATE = "/api/membership/validate-invitation";

    /** Validates an invitation. */
    @POST
    CompletionStage<ValidationView> validate(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam("X-Request-Id") String requestId,
            ValidationRequest request);
}
