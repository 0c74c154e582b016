package io.thespace.plugin;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of queries about plugins and of changes to them. */
public enum PluginError implements ErrorCode {
    PLUGIN_MISSING(Kind.INVALID, "The request does not name a plugin."),
    UNKNOWN_PLUGIN(Kind.NOT_FOUND, "There is no plugin with this id."),
    UNKNOWN_EXPORT(Kind.NOT_FOUND, "There is no export with this id."),
    OUT_OF_SERVICE(
            Kind.UNAVAILABLE,
            "The plugin is out of service; GET /api/control-center/plugins shows the reason to administrators."),
    ARCHIVE_MISSING(
            Kind.INVALID, "The request has no archive, or the archive cannot be fetched from the given location."),
    ARCHIVE_TOO_LARGE(Kind.TOO_LARGE, "The archive, or what is in it, is larger than its limit."),
    ARCHIVE_INVALID(Kind.INVALID, "The archive is not a valid plugin: its structure, manifest or classes are invalid."),
    SIGNATURE_INVALID(Kind.INVALID, "The archive is not signed by a publisher that this platform trusts."),
    BUNDLED(Kind.CONFLICT, "The plugin is part of the platform and can be disabled, but not replaced or removed."),
    VERSION_CONFLICT(Kind.CONFLICT, "This version, or a later one, is installed already."),
    REQUIREMENT_UNMET(
            Kind.CONFLICT, "The plugin does not work with this platform, or with the plugins installed here."),
    PERMISSION_NEEDED(Kind.CONFLICT, "The plugin asks for permissions that were not granted."),
    TRANSITION_REFUSED(Kind.CONFLICT, "The plugin's state does not allow this."),
    DEPENDED_ON(Kind.CONFLICT, "An enabled plugin depends on this one."),
    CHANGE_UNDER_WAY(Kind.CONFLICT, "Another change of plugins is under way; try again."),
    STEP_FAILED(Kind.CONFLICT, "A step of the change failed; the previous state is kept.");

    private final Kind kind;
    private final String summary;

    PluginError(Kind kind, String summary) {
        this.kind = kind;
        this.summary = summary;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String summary() {
        return summary;
    }

    /** Refusals of an endpoint. */
    @Refusals
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Refuses {
        PluginError[] value();
    }
}
