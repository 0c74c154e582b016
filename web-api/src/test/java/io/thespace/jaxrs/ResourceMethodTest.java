package io.thespace.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.Open;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Parameter;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Role;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.junit.jupiter.api.Test;

class ResourceMethodTest {

    private static final UUID ID = UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e50");

    /** A body. */
    public record Note(String text) {
        public static final Note EXAMPLE = new Note("Milk");
    }

    /** What is listed. */
    public static class NotesQuery {
        @QueryParam("colour")
        @org.eclipse.microprofile.openapi.annotations.parameters.Parameter(description = "Of this colour.")
        String colour;

        @QueryParam("all")
        @DefaultValue("true")
        @org.eclipse.microprofile.openapi.annotations.parameters.Parameter(description = "Whether to list all.")
        boolean all;
    }

    /** Complete declarations. */
    @Path("v1/notes")
    @Tag(name = "Notes")
    @Produces(MediaType.APPLICATION_JSON)
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(role = Role.ADMIN)
    public static class Notes {

        @GET
        @Operation(summary = "List notes", description = "All of them.")
        @Requires(Permission.MEMORY_READ)
        public Page<Note> list(@BeanParam NotesQuery query) {
            return new Page<>(List.of(new Note(query.colour + query.all)), null);
        }

        @POST
        @Operation(summary = "Add a note")
        @APIResponse(responseCode = "201")
        @Idempotent
        @EndpointError.Refuses({EndpointError.BUSY, EndpointError.DEFECT})
        public Note create(Note note) {
            return note;
        }

        @DELETE
        @Path("{id}/pages/{path: .+}")
        @Operation(summary = "Delete a page")
        @Open
        public void delete(
                @PathParam("id")
                        @org.eclipse.microprofile.openapi.annotations.parameters.Parameter(
                                description = "The note.",
                                example = "019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e50")
                        UUID id,
                @PathParam("path")
                        @org.eclipse.microprofile.openapi.annotations.parameters.Parameter(description = "The page.")
                        String path) {
            throw new IllegalStateException(id + path);
        }
    }

    /** A method without a declaration of its callers. */
    @Path("v1/forgotten")
    @Tag(name = "Forgotten")
    @Produces(MediaType.APPLICATION_JSON)
    public static class Forgotten {
        @PUT
        @Operation(summary = "Change it")
        public void change() {}
    }

    /** Documents nothing. */
    @Path("v1/silent")
    @Tag(name = "Silent")
    @Produces(MediaType.APPLICATION_JSON)
    @Open
    public static class Silent {
        @GET
        public Note get() {
            return Note.EXAMPLE;
        }
    }

    private static ResourceMethod<?> method(Class<?> resource, String name) {
        return ResourceMethod.of(resource, type -> new Notes()).stream()
                .filter(one -> one.method().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Call<Note> call(Note body, Map<String, Object> parameters) {
        return new Call<>(null, body, parameters, null, Optional.empty(), Optional.empty(), null);
    }

    @Test
    void aPageOfAPermission() {
        Endpoint<?> endpoint = method(Notes.class, "list").endpoint();
        assertThat(endpoint.path()).isEqualTo("/v1/notes");
        assertThat(endpoint.role()).isEqualTo(Role.GUEST);
        assertThat(endpoint.permission()).isEqualTo(Permission.MEMORY_READ);
        assertThat(endpoint.answer().form()).isEqualTo(Endpoint.Shape.Form.PAGE);
        assertThat(endpoint.answer().type()).isEqualTo(Note.class);
        assertThat(endpoint.answer().example()).isEqualTo(Note.EXAMPLE);
        assertThat(endpoint.limit()).isEqualTo(LimitClass.READ);
        assertThat(endpoint.parameters())
                .containsExactlyInAnyOrder(
                        new Parameter("colour", Parameter.In.QUERY, String.class, "Of this colour.", null),
                        new Parameter("all", Parameter.In.QUERY, Boolean.class, "Whether to list all.", null));
    }

    @Test
    void aBodyThatIsCreatedOnce() {
        Endpoint<?> endpoint = method(Notes.class, "create").endpoint();
        assertThat(endpoint.role()).isEqualTo(Role.ADMIN);
        assertThat(endpoint.permission()).isNull();
        assertThat(endpoint.bodyType()).isEqualTo(Note.class);
        assertThat(endpoint.bodyExample()).isEqualTo(Note.EXAMPLE);
        assertThat(endpoint.answer().status()).isEqualTo(201);
        assertThat(endpoint.idempotent()).isTrue();
        assertThat(endpoint.limit()).isEqualTo(LimitClass.WRITE);
        assertThat(endpoint.refusals()).isEqualTo(List.of(EndpointError.BUSY, EndpointError.DEFECT));
    }

    @Test
    void anOpenTail() {
        Endpoint<?> endpoint = method(Notes.class, "delete").endpoint("/x");
        assertThat(endpoint.path()).isEqualTo("/x/v1/notes/{id}/pages/{path}");
        assertThat(endpoint.role()).isNull();
        assertThat(endpoint.hasTail()).isTrue();
        assertThat(endpoint.answer().status()).isEqualTo(204);
        assertThat(endpoint.parameters().get(0).example()).isEqualTo(ID);
    }

    @Test
    void aCallThatDidNotComeOverHttpFillsTheArguments() throws Exception {
        Page<?> page = (Page<?>) handle(method(Notes.class, "list"), call(null, Map.of("colour", "red")));
        assertThat(page.items().get(0)).isEqualTo(new Note("redtrue"));
        assertThat(handle(method(Notes.class, "create"), call(new Note("Tea"), Map.of())))
                .isEqualTo(new Note("Tea"));
        assertThatThrownBy(() -> handle(method(Notes.class, "delete"), call(null, Map.of("id", ID, "path", "a/b"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(ID + "a/b");
    }

    @SuppressWarnings("unchecked") // the call's body is what the method takes
    private static Object handle(ResourceMethod<?> method, Call<Note> call) throws Exception {
        return ((ResourceMethod<Note>) method).handle(call);
    }

    @Test
    void aMethodWithoutADeclarationIsRefused() {
        assertThatThrownBy(() -> method(Forgotten.class, "change").endpoint())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("declares neither @Requires nor @Open");
        assertThatThrownBy(() -> method(Silent.class, "get").endpoint())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@Operation");
    }
}
