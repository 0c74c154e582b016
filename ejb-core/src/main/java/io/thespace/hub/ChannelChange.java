package io.thespace.hub;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** A change of a channel. */
public record ChannelChange(@NotBlank @Size(max = 200) String name, @NotNull Visibility visibility) {

    /** For the documentation. */
    public static final ChannelChange EXAMPLE = new ChannelChange("Support", Visibility.PRIVATE);
}
