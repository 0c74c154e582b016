package io.thespace.json;

import jakarta.annotation.Nullable;
import java.util.Optional;

/**
 * JSON merge patches (RFC 7396) as records: a member is an {@link Optional} that is null when it was left out, and empty when
 * it was null. One that cannot be cleared is an {@code Optional<@NotNull …>}.
 */
public final class MergePatch {

    private MergePatch() {}

    /**
     * A member after a patch.
     *
     * @param patch null when it stays as it is, empty when it is cleared
     * @return null for none
     */
    @Nullable
    public static <T> T merged(@Nullable T before, Optional<T> patch) {
        return patch == null ? before : patch.orElse(null);
    }
}
