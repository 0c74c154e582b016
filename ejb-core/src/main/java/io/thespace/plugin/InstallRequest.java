package io.thespace.plugin;

import jakarta.annotation.Nullable;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * The source of a plugin's archive (unless it is part of the request), and the permissions of the plugin.
 *
 * @param url the URL of the archive
 * @param sha256 the digest that it must have, in hexadecimal; needed with {@code url}
 * @param pluginId selects its latest archive in the catalogue folder
 * @param grant the permissions that are granted
 * @param enable whether to enable it at once
 */
public record InstallRequest(
        @Nullable @Size(max = 2000) String url,
        @Nullable @Pattern(regexp = "[0-9a-fA-F]{64}", message = "must be 64 hexadecimal digits") String sha256,
        @Nullable @Size(max = 48) String pluginId,
        @Nullable @Size(max = 50) List<@Size(max = 300) String> grant,
        @Nullable Boolean enable) {

    /** For the documentation. */
    public static final InstallRequest EXAMPLE = new InstallRequest(null, null, "notes", null, null);
}
