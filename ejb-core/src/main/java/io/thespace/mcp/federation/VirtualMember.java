package io.thespace.mcp.federation;

import jakarta.annotation.Nullable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * The part of another server that a virtual server includes: its allow-lists. A list contains names, or prefixes of
 * names followed by {@code *}; one that is left out is empty.
 *
 * @param server a remote server, an HTTP API, or {@code the-space} for the platform's own
 * @param prefix precedes the names, with a hyphen, and the URIs, with a plus; when left out it is the server's name
 *     without hyphens, and nothing for the platform's own
 * @param tools by their names at the server
 * @param resources by their URIs at the server
 * @param prompts by their names at the server
 */
public record VirtualMember(
        @NotNull @Size(max = 63) String server,
        @Nullable
                @Pattern(
                        regexp = "[a-z][a-z0-9]{0,31}",
                        message = "must be up to 32 lower-case letters and digits, the first a letter")
                String prefix,
        @Size(max = 200) List<@NotNull @Size(min = 1, max = 128) String> tools,
        @Size(max = 200) List<@NotNull @Size(min = 1, max = 500) String> resources,
        @Size(max = 200) List<@NotNull @Size(min = 1, max = 128) String> prompts) {

    /** The name of the platform's own server. */
    public static final String OWN = "the-space";

    private static final int MAX_ENCODINGS = 4;

    /** For the documentation. */
    public static final VirtualMember EXAMPLE = new VirtualMember(
            "files", "files", List.of("read_file", "search_*"), List.of("file:///reports/*"), List.of());

    /** Returns a copy in which defaults replace omitted members; the prefix of the platform's own stays null. */
    VirtualMember complete() {
        String usual = own() ? null : server.replace("-", "");
        return new VirtualMember(
                server,
                prefix == null ? usual == null ? null : usual.substring(0, Math.min(32, usual.length())) : prefix,
                tools == null ? List.of() : List.copyOf(tools),
                resources == null ? List.of() : List.copyOf(resources),
                prompts == null ? List.of() : List.copyOf(prompts));
    }

    /** Whether it is the platform's own server. */
    public boolean own() {
        return server.equals(OWN);
    }

    /** Returns the name of a tool or prompt at the virtual server. */
    public String named(String name) {
        return prefix == null ? name : prefix + "-" + name;
    }

    /** The URI of a resource at the virtual server. */
    public String located(String uri) {
        return prefix == null ? uri : prefix + "+" + uri;
    }

    /** Whether the allow-list of resources has a URI. One that leads upwards could lead out of what a beginning allows. */
    public boolean allowsResource(String uri) {
        return !leadsUpwards(uri) && allows(resources, uri);
    }

    private static boolean leadsUpwards(String uri) {
        String decoded = uri;
        for (int i = 0; i < MAX_ENCODINGS; i++) {
            decoded = decoded.replaceAll("(?i)%2e", ".")
                    .replaceAll("(?i)%2f", "/")
                    .replaceAll("(?i)%5c", "/")
                    .replace("%25", "%");
        }
        return decoded.matches("(?s).*(^|[/\\\\])\\.{1,2}([/\\\\?#].*|$)");
    }

    /** Whether an allow-list has a name. */
    public static boolean allows(List<String> list, String name) {
        return list.stream()
                .anyMatch(one ->
                        one.endsWith("*") ? name.startsWith(one.substring(0, one.length() - 1)) : name.equals(one));
    }
}
