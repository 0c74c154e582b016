package io.thespace.mcp.federation;

import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Request to register a server: a remote one, an HTTP API, or a virtual one, whichever of the three members there is. It stays of its kind.
 *
 * @param name among all servers; a virtual server's address is {@code /api/mcp/servers/} and its name
 * @param title for people; the name when left out
 * @param description for people; empty when left out
 * @param enabled whether it is in service; true when left out
 */
public record McpServerOrder(
        @NotNull
                @Pattern(
                        regexp = "[a-z][a-z0-9-]{0,62}",
                        message = "must be up to 63 lower-case letters, digits and hyphens, the first a letter")
                String name,
        @Size(max = 100) String title,
        @Size(max = 1_000) String description,
        Boolean enabled,
        @Valid RemoteOrder remote,
        @Valid OpenApiOrder openapi,
        @Valid VirtualOrder virtual) {

    /** For the documentation. */
    public static final McpServerOrder EXAMPLE = new McpServerOrder(
            "files", "Files", "The files of the research department.", true, RemoteOrder.EXAMPLE, null, null);

    /** Returns a copy in which defaults replace omitted members, except the credential. */
    McpServerOrder complete() {
        return new McpServerOrder(
                name,
                title == null || title.isBlank() ? name : title.strip(),
                description == null ? "" : description.strip(),
                enabled == null || enabled,
                remote == null ? null : remote.complete(),
                openapi == null ? null : openapi.complete(),
                virtual == null ? null : virtual.complete());
    }

    /** Returns the kind, by the name of its member. */
    String kind() {
        return remote != null ? "remote" : openapi != null ? "openapi" : "virtual";
    }

    /** Returns the number of kinds given. */
    long kinds() {
        return Stream.of(remote, openapi, virtual).filter(Objects::nonNull).count();
    }

    static Rejection invalid(List<FieldError> faults) {
        return Rejection.of(FederationError.SERVER_INVALID, faults);
    }
}
