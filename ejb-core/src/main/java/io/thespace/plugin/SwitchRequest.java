package io.thespace.plugin;

import jakarta.annotation.Nullable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * The plugin to enable or disable.
 *
 * @param grant the permissions to grant when enabling
 */
public record SwitchRequest(
        @NotNull @Size(max = 48) String pluginId, @Nullable @Size(max = 50) List<@Size(max = 300) String> grant) {

    /** For the documentation. */
    public static final SwitchRequest EXAMPLE = new SwitchRequest("financial_business", null);
}
